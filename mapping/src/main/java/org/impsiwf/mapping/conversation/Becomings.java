package org.impsiwf.mapping.conversation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.conversation.Conversation.Becoming;
import org.impsiwf.mapping.conversation.Conversation.Dialog;
import org.impsiwf.mapping.conversation.Conversation.HandedOn;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Marks;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Policy.Conferences.Replacing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand.RefuseRefer;
import org.impsiwf.sip.event.SipCommand.RefuseReinvite;
import org.impsiwf.sip.event.SipCommand.RefuseSubscription;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipEvent.ReinviteReceived;

/** What a talk has to do with the group that it may become. */
final class Becomings {

    private final Turn turn;

    Becomings(Turn turn) {
        this.turn = turn;
    }

    /** What names the dialog that this message belongs to. */
    static Dialog dialog(RequestHead head) {
        List<String> sessions = Stream.of("contribution-id", "session-id")
                .flatMap(name -> head.header(name).stream())
                .map(Becomings::withoutParameters)
                .toList();
        boolean knowsReplaces = head.supported().stream()
                .anyMatch(tag -> tag.toLowerCase(Locale.ROOT).equals("replaces"));
        return new Dialog(head.callId(), sessions, knowsReplaces);
    }

    private static String withoutParameters(String value) {
        return value.split(";", 2)[0].strip();
    }

    void sought(Event.TalkSought e) {
        boolean meant = liveUsage().isPresent() && isNamedBy(e.marks());
        boolean busy = meant
                && underWay()
                        .filter(other -> !other.extension().equals(e.extension()))
                        .isPresent();
        if (meant && !busy) {
            become(e.extension(), false);
        }
        tell(e.extension(), new Event.TalkNamed(turn.key.text(), meant, busy));
    }

    private boolean isNamedBy(Marks marks) {
        boolean byUsage = marks.usage().isPresent() && marks.usage().equals(turn.leg.usage());
        return byUsage
                || turn.dialog
                        .filter(dialog -> marks.callId().equals(Optional.of(dialog.callId()))
                                || marks.session()
                                        .map(Becomings::withoutParameters)
                                        .filter(dialog.sessions()::contains)
                                        .isPresent())
                        .isPresent();
    }

    /** Mapping, shape e: the list came in the dialog of the talk. */
    void askedInDialog(ReinviteReceived e) {
        if (underWay().isPresent()) {
            turn.sip(new RefuseReinvite(e.usage(), e.transaction(), Response.of(491)));
            return;
        }
        MailboxKey extension = new MailboxKey(MailboxKey.Kind.EXTENSION, turn.newId());
        become(extension.text(), true);
        turn.tell(extension, new Event.ExtensionAsked(e, turn.key.text()));
    }

    private void become(String extension, boolean inDialog) {
        var wait = turn.policy().conferences().extensionWait().multipliedBy(2);
        turn.becoming = Optional.of(new Becoming(extension, inDialog, turn.in(wait)));
    }

    private Optional<Becoming> underWay() {
        return turn.becoming.filter(becoming -> !turn.isPast(becoming.until()));
    }

    void over(String extension) {
        turn.becoming = turn.becoming.filter(becoming -> !becoming.extension().equals(extension));
    }

    /** The IMPS user has left the talk: it can become nothing any more. */
    void partnerLeft() {
        turn.becoming.ifPresent(becoming -> tell(becoming.extension(), new Event.TalkEnded(turn.key.text())));
        turn.becoming = Optional.empty();
    }

    /** The session is over; an extension that was asked for in another dialog goes on without it. */
    void dialogOver() {
        turn.becoming.filter(Becoming::inDialog).ifPresent(becoming -> partnerLeft());
    }

    /** The session is a group's now: with a dialog of its own, or with this one. */
    void replaced(Event.SessionReplaced e) {
        turn.becoming = Optional.empty();
        liveUsage()
                .filter(usage ->
                        e.dialogKept() && MailboxKey.within(usage.value()).isPresent())
                .ifPresent(usage -> turn.handedOn = Optional.of(new HandedOn(usage, e.participation())));
        new LegRules(turn).on(new LegEvent.Replaced(e.dialogKept()));
    }

    /** True when the event belongs to the group that has the dialog now. */
    boolean passedOn(SipEvent.OfUsage event) {
        Optional<HandedOn> handed = turn.handedOn.filter(on -> on.usage().equals(event.usage()));
        handed.ifPresent(on -> tell(on.participation(), new Event.Sip(event)));
        boolean over = event instanceof SipEvent.ByeReceived || event instanceof SipEvent.UsageEnded;
        if (handed.isPresent() && over) {
            turn.handedOn = Optional.empty();
        }
        return handed.isPresent();
    }

    /** An IMPS user has made the talk a group: which session is it that the SIP user's invitation may replace? */
    void replacementSought(String participation) {
        boolean byReplaces = switch (turn.policy().conferences().replacing()) {
            case BY_CLIENT -> turn.dialog.filter(Dialog::knowsReplaces).isPresent();
            case REPLACES -> true;
            case SESSION_REPLACES -> false;
        };
        Map<String, String> headers = liveUsage()
                .filter(usage -> !byReplaces)
                .flatMap(usage -> session())
                .map(session -> Map.of("Session-Replaces", session))
                .orElse(Map.of());
        tell(participation, new Event.ReplacementNamed(turn.key.text(), liveUsage(), byReplaces, headers));
    }

    /** What the client calls the session. Who has never named it would not know it by its Call-ID, unless the operator says so. */
    private Optional<String> session() {
        boolean always = turn.policy().conferences().replacing() == Replacing.SESSION_REPLACES;
        return turn.dialog.flatMap(dialog -> dialog.sessions().stream()
                .findFirst()
                .or(() -> Optional.of(dialog.callId()).filter(any -> always)));
    }

    private Optional<InviteUsageId> liveUsage() {
        boolean live = turn.leg instanceof Leg.Open
                || turn.leg instanceof Leg.Connecting
                || turn.leg instanceof Leg.Rebuilding;
        return live ? turn.leg.usage() : Optional.empty();
    }

    private void tell(String mailbox, Event event) {
        MailboxKey.parse(mailbox).ifPresent(to -> turn.tell(to, event));
    }

    /** A talk of two is no conference: nobody can be referred to it, and it has no roster. */
    void notHere(SipEvent.OfConference event) {
        switch (event) {
            case SipEvent.ReferReceived e -> turn.sip(new RefuseRefer(e.refer(), Response.of(603)));
            case SipEvent.SubscribeReceived e -> turn.sip(new RefuseSubscription(e.subscription(), Response.of(404)));
            case SipEvent.SubscriptionRefreshed e -> turn.note(Noted.OUR_MISTAKE, "a subscription to a talk");
            case SipEvent.SubscriptionEnded e -> turn.note(Noted.OUR_MISTAKE, "a subscription to a talk");
        }
    }
}
