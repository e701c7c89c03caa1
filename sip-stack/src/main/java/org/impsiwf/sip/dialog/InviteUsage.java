package org.impsiwf.sip.dialog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.sdp.SdpSession;

/**
 * One INVITE usage as it is stored, under its local tag.
 *
 * @param weCalled whether the first INVITE was ours, so that the Call-ID is
 * @param inviteCSeq number of the first INVITE
 * @param terms what the first INVITE says of the session timer, theirs or ours
 * @param timer runs while the dialog is confirmed and a timer was agreed on
 * @param updateAllowed whether the other side named UPDATE in Allow
 * @param offered whether their INVITE carried an offer
 * @param user who the other side is, as proven or as called; absent in records of old
 * @param focus the conference that we are the focus of in this dialog
 * @param flow names the connection (or UDP peer) that the other side was last heard on, used while it has no route set
 * @param node where its open transactions live; absent where nothing is shared
 */
public record InviteUsage(
        InviteUsageId id,
        boolean weCalled,
        Dialog dialog,
        long inviteCSeq,
        SdpSession sdp,
        TimerTerms terms,
        Optional<SessionTimer> timer,
        boolean updateAllowed,
        boolean offered,
        Optional<String> flow,
        Optional<NameAddr> user,
        Optional<SipUri> focus,
        Optional<String> node,
        UsageState state) {

    /** Their INVITE, to which 100 was sent. */
    public static InviteUsage called(
            InviteUsageId id,
            Dialog dialog,
            SdpSession sdp,
            TimerTerms terms,
            boolean updateAllowed,
            boolean offered,
            Optional<String> flow,
            NameAddr user,
            Instant giveUpAt) {
        return new InviteUsage(
                id,
                false,
                dialog,
                dialog.remoteCSeq(),
                sdp,
                terms,
                Optional.empty(),
                updateAllowed,
                offered,
                flow,
                Optional.of(user),
                Optional.empty(),
                Optional.empty(),
                new UsageState.Called(giveUpAt));
    }

    /** Our INVITE with an offer; it is cancelled when there is no final answer by {@code giveUpAt}. */
    public static InviteUsage calling(
            InviteUsageId id,
            Dialog dialog,
            SdpSession sdp,
            TimerTerms terms,
            Optional<SipUri> focus,
            Instant giveUpAt) {
        return new InviteUsage(
                id,
                true,
                dialog,
                dialog.localCSeq(),
                sdp,
                terms,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Optional.of(dialog.remote()),
                focus,
                Optional.empty(),
                new UsageState.Calling(giveUpAt, List.of()));
    }

    /** One more usage of the same INVITE, in a dialog of its own; empty once it has its final answer. */
    public Optional<InviteUsage> forked(InviteUsageId fork, String localTag) {
        return state instanceof UsageState.Called
                ? Optional.of(with(usage -> {
                    usage.id = fork;
                    usage.dialog = dialog.forked(localTag);
                }))
                : Optional.empty();
    }

    /** When the machine wants {@link UsageEvent.DeadlineReached}; empty when nothing is due. */
    public Optional<Instant> deadline() {
        return Stream.concat(state.deadline().stream(), timerDeadline().stream())
                .min(Instant::compareTo);
    }

    private Optional<Instant> timerDeadline() {
        if (!(state instanceof UsageState.Talking(Exchange exchange))) {
            return Optional.empty();
        }
        boolean refreshable = exchange instanceof Exchange.Quiet;
        return timer.map(t -> t.weRefresh() && refreshable ? t.refreshDue() : t.expiresAt());
    }

    /** What has to be done when it cannot be stored now, so that nothing comes of it. */
    public UsageOrder notOpened() {
        return weCalled
                ? new UsageOrder.Tell(new SipEvent.InviteRefused(id, InviteUsageMachine.refusedHere("Cut off")))
                : new UsageOrder.SendRefusal(Response.cutOff());
    }

    /** Whether the dialog is confirmed and nobody has ended it. */
    public boolean isTalking() {
        return state instanceof UsageState.Talking || state instanceof UsageState.Answered;
    }

    InviteUsage in(UsageState next) {
        return with(usage -> usage.state = next);
    }

    InviteUsage with(Dialog next) {
        return with(usage -> usage.dialog = next);
    }

    InviteUsage with(SdpSession next) {
        return with(usage -> usage.sdp = next);
    }

    InviteUsage timed(Optional<SessionTimer> next) {
        return with(usage -> usage.timer = next);
    }

    InviteUsage allowingUpdate(boolean allowed) {
        return with(usage -> usage.updateAllowed = allowed);
    }

    InviteUsage over(Optional<String> connection) {
        return with(usage -> usage.flow = connection);
    }

    InviteUsage asking(TimerTerms longer) {
        return with(usage -> usage.terms = longer);
    }

    /** Whatever focus we are from now on; as before when that is nothing new. */
    InviteUsage asFocus(Optional<SipUri> conference) {
        return with(usage -> usage.focus = conference.or(() -> focus));
    }

    InviteUsage invitingAgain(TimerTerms longer) {
        Dialog again = dialog.sending();
        return with(usage -> {
            usage.dialog = again;
            usage.inviteCSeq = again.localCSeq();
            usage.terms = longer;
        });
    }

    /** Whether a transaction of it is open, so that one node has what no record holds. */
    public boolean isOpen() {
        return switch (state) {
            case UsageState.Called c -> true;
            case UsageState.Answered a -> true;
            case UsageState.Calling c -> true;
            case UsageState.Cancelling c -> true;
            case UsageState.Talking(Exchange exchange) ->
                !(exchange instanceof Exchange.Quiet) && !(exchange instanceof Exchange.Yielding);
            case UsageState.Ending e -> true;
            case UsageState.Over o -> false;
        };
    }

    /** The same with its open transactions on that node. */
    public InviteUsage on(Optional<String> where) {
        Optional<String> next = isOpen() ? where : Optional.empty();
        return next.equals(node) ? this : with(usage -> usage.node = next);
    }

    private InviteUsage with(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        return changes.made();
    }

    /** What another usage is to have, at first all that this one has. */
    private final class Changes {
        private InviteUsageId id = InviteUsage.this.id;
        private Dialog dialog = InviteUsage.this.dialog;
        private long inviteCSeq = InviteUsage.this.inviteCSeq;
        private SdpSession sdp = InviteUsage.this.sdp;
        private TimerTerms terms = InviteUsage.this.terms;
        private Optional<SessionTimer> timer = InviteUsage.this.timer;
        private boolean updateAllowed = InviteUsage.this.updateAllowed;
        private Optional<String> flow = InviteUsage.this.flow;
        private Optional<SipUri> focus = InviteUsage.this.focus;
        private Optional<String> node = InviteUsage.this.node;
        private UsageState state = InviteUsage.this.state;

        private InviteUsage made() {
            return new InviteUsage(
                    id,
                    weCalled,
                    dialog,
                    inviteCSeq,
                    sdp,
                    terms,
                    timer,
                    updateAllowed,
                    offered,
                    flow,
                    user,
                    focus,
                    node,
                    state);
        }
    }
}
