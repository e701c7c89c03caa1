package org.impsiwf.mapping.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.content.Fingerprint;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspRequestId;

/**
 * The orders of one decision in the making, the ids that it draws and the time that it is made at. It lives for one
 * decision of one mailbox; nothing of it is shared.
 */
public class Orders {

    /** Why a usage has ended for the mailbox that had lent it to another one: that one has no more use for it. */
    public static final String GIVEN_BACK = "given back";

    public final MailboxKey key;
    public final Moment moment;
    private final List<Command> commands = new ArrayList<>();

    public Orders(MailboxKey key, Moment moment) {
        this.key = key;
        this.moment = moment;
    }

    public final List<Command> commands() {
        return List.copyOf(commands);
    }

    public final Instant now() {
        return moment.now();
    }

    public final Policy policy() {
        return moment.policy();
    }

    public final Instant in(Duration wait) {
        return now().plus(wait);
    }

    public final boolean isPast(Instant instant) {
        return !now().isBefore(instant);
    }

    public final void sip(SipCommand command) {
        commands.add(new Command.Sip(command));
    }

    public final void msrp(MsrpCommand command) {
        commands.add(new Command.Msrp(command));
    }

    public final void ssp(SspCommand command) {
        commands.add(new Command.Ssp(command));
    }

    public final void tell(MailboxKey to, Event event) {
        commands.add(new Command.Tell(to, event));
    }

    public final void note(Noted what, String detail) {
        commands.add(new Command.Note(what, detail));
    }

    public final void correlate(InviteUsageId usage) {
        // An id of ours leads to the mailbox that issued it, which passes on what it has lent.
        if (MailboxKey.within(usage.value()).isEmpty()) {
            commands.add(new Command.Correlate(usage, key));
        }
    }

    public final void forget(InviteUsageId usage) {
        // Ids of ours lead back by themselves; only those of the edge were correlated.
        Optional<MailboxKey> issuer = MailboxKey.within(usage.value());
        if (issuer.isEmpty()) {
            commands.add(new Command.Forget(usage));
        } else if (!issuer.get().equals(key)) {
            tell(issuer.get(), new Event.Sip(new SipEvent.UsageEnded(usage, GIVEN_BACK)));
        }
    }

    public final String newId() {
        return moment.ids().next();
    }

    /** What an id begins with that was refused: who sends the same again starts anew. */
    public static final String REFUSED = "refused:";

    /** The id of a message that has another one at its sender: a node that takes over gives it the same id again. */
    public final String derivedId(String senders) {
        return Fingerprint.id(key.text(), senders);
    }

    /** The request that carries the message with this id, so that the peer knows a repeat of it. */
    public final SspRequestId sspRequest(String id) {
        return new SspRequestId(key.issue(id));
    }

    public final SspRequestId newSspRequest() {
        return new SspRequestId(key.issue(newId()));
    }

    public final RequestId newSipRequest() {
        return new RequestId(key.issue(newId()));
    }

    public final MsrpSessionId newSession() {
        return new MsrpSessionId(key.issue(newId()));
    }

    public final InviteUsageId newUsage() {
        return new InviteUsageId(key.issue(moment.ids().next()));
    }
}
