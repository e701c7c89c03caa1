package org.impsiwf.mapping.conference;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * Decides for a focus. Of a group that none of our users is in nothing is kept: the state begins with the first who enters and
 * ends with the last who leaves.
 */
public final class FocusRules {

    private final FocusTurn turn;
    private final Members members;
    private final Dismissals dismissals;
    private final HostNotices notices;
    private final Distributions distributions;
    private final Subscribers subscribers;

    private FocusRules(FocusTurn turn) {
        this.turn = turn;
        this.members = new Members(turn);
        this.dismissals = new Dismissals(turn);
        this.notices = new HostNotices(turn, members, dismissals);
        this.distributions = new Distributions(turn, members);
        this.subscribers = new Subscribers(turn, members, notices);
    }

    /** What to save, nothing when it is over, and what to do then. */
    public record Outcome(Optional<Focus> next, List<Command> commands) {}

    public static Outcome decide(MailboxKey key, Optional<Focus> before, Event event, Moment moment) {
        ServiceId self = new ServiceId(moment.policy().serviceId());
        FocusTurn turn = new FocusTurn(key, before.orElseGet(() -> Focus.hostedBy(self)), moment);
        FocusRules rules = new FocusRules(turn);
        rules.on(event);
        turn.announcements.tell();
        Focus next = turn.after();
        return new Outcome(next.isOver() ? Optional.empty() : Optional.of(next), turn.commands());
    }

    private void on(Event event) {
        switch (event) {
            case Event.Entering e -> entering(e);
            case Event.Entered e -> entered(e);
            case Event.Left e -> left(e);
            case Event.Asked e -> members.asked(e);
            case Event.MessageTaken e -> distributions.taken(e);
            case Event.RelaySought e -> new LargeMessages(turn).sought(e);
            case Event.Sip(SipEvent.SubscribeReceived e) -> subscribers.subscribed(e);
            case Event.Sip(SipEvent.SubscriptionRefreshed e) -> turn.announcements.refreshed(e.subscription());
            case Event.Sip(SipEvent.SubscriptionEnded e) -> turn.announcements.ended(e.subscription());
            case Event.Ssp(SspEvent.RequestReceived e) -> requested(e.transaction(), e.request());
            case Event.Ssp(SspEvent.ResponseReceived e) -> subscribers.answered(e.request(), e.response());
            case Event.Ssp(SspEvent.RequestFailed e) -> subscribers.unanswered(e.request());
            case Event.DeadlineReached e -> timeUp();
            case Event.Draining e -> subscribers.stop();
            case Event.TakenOver e -> takenOver();
            case Event.Sip e -> misrouted(event);
            case Event.Msrp e -> misrouted(event);
            case Event.Ssp e -> misrouted(event);
            case Event.OfConference e -> misrouted(event);
            case Event.MessageShared e -> misrouted(event);
            case Event.ShareConcluded e -> misrouted(event);
            case Event.DeliveryTracked e -> misrouted(event);
            case Event.DeliveryForgotten e -> misrouted(event);
            case Event.DeliveryAliased e -> misrouted(event);
            case Event.DeliveryReported e -> misrouted(event);
            case Event.ReportDue e -> misrouted(event);
        }
    }

    private void entering(Event.Entering e) {
        members.entering(e);
        turn.userOf(e.participation()).ifPresent(dismissals::over);
    }

    private void left(Event.Left e) {
        members.left(e.participation());
        turn.userOf(e.participation()).ifPresent(dismissals::over);
    }

    /** Whether what is said is recorded has to be known before something large is. */
    private void entered(Event.Entered e) {
        members.entered(e);
        boolean relays = turn.policy().conferences().maxRelayedSize().isPresent();
        if (relays && e.host().equals(new ServiceId(turn.policy().serviceId()))) {
            Address.ofCanonical(e.user()).ifPresent(subscribers::askProperties);
        }
    }

    private void requested(TransactionRef transaction, Primitive request) {
        switch (request) {
            case SendMessageRequest r -> distributions.said(transaction, r);
            case GroupChangeNotice r -> notices.changed(transaction, r);
            case LeaveGroupIndication r -> notices.removed(r);
            default -> turn.ssp(new SspCommand.Answer(transaction, Status.of(StatusCode.NOT_IMPLEMENTED)));
        }
    }

    /** What was said is told again, what was asked is asked again, and who watches gets the whole state. */
    private void takenOver() {
        turn.stopping = false;
        distributions.tellAgain();
        dismissals.tellAgain();
        subscribers.askAgain();
        turn.announcements.refreshAll();
    }

    private void timeUp() {
        distributions.retell();
        dismissals.retell();
        turn.announcements.sweep();
    }

    private void misrouted(Event event) {
        turn.note(Noted.OUR_MISTAKE, event.getClass().getSimpleName() + " in a focus");
    }
}
