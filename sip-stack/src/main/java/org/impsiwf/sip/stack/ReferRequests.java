package org.impsiwf.sip.stack;

import java.time.InstantSource;
import java.util.Optional;
import org.impsiwf.sip.body.BodyException;
import org.impsiwf.sip.body.BodyLimits;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.ReferId;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.subscription.Subscription;
import org.impsiwf.sip.subscription.Subscription.Kind;
import org.impsiwf.sip.subscription.SubscriptionState;
import org.impsiwf.sip.subscription.SubscriptionTimes;

/** REFER (RFC 3515) outside a dialog and in an INVITE usage's dialog. What becomes of it is a subscription. */
final class ReferRequests {

    private final Subscriptions subscriptions;
    private final ServerTransactions servers;
    private final SipSide.Listener listener;
    private final InstantSource clock;

    ReferRequests(
            Subscriptions subscriptions, ServerTransactions servers, SipSide.Listener listener, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.servers = servers;
        this.listener = listener;
        this.clock = clock;
    }

    /** One that was admitted, from whom we know. */
    void outside(Arrival arrival, Originator originator, BodyLimits limits) {
        ReceivedMessage message = arrival.message();
        SipTransactionId id = servers.keep(arrival.transaction(), arrival.request(), arrival.point(), true);
        String tag = Subscriptions.newTag();
        Dialog dialog = SubscribeRequests.ownDialog(message, tag);
        open(new Refer(tag, Optional.empty(), dialog, arrival.flow(), "refer"), message, originator, id, limits);
    }

    /** In the dialog of an INVITE usage; whom that was made with is who asks. */
    void shared(InviteUsage usage, ReceivedMessage message, SipTransactionId id) {
        if (message.maxForwards() == 0) {
            servers.answer(id, Response.of(483));
            return;
        }
        // RFC 3515 §2.4.6: several REFERs of a dialog are told apart by their CSeq.
        String eventId = Long.toString(message.cseq());
        var refer = new Refer(
                Subscriptions.shared(usage.dialog().localTag(), Kind.REFER, eventId),
                Optional.of(usage.id()),
                usage.dialog(),
                usage.flow(),
                "refer;id=" + eventId);
        open(refer, message, InsideRequests.originator(usage, message), id, BodyLimits.DEFAULT);
    }

    private record Refer(
            String key, Optional<InviteUsageId> usage, Dialog dialog, Optional<String> flow, String event) {}

    private void open(
            Refer refer, ReceivedMessage message, Originator originator, SipTransactionId id, BodyLimits limits) {
        ReferTargets named;
        try {
            named = ReferTargets.of(
                    message.values("Refer-To"), IncomingInvites.body(message, limits), message.target());
        } catch (BodyException e) {
            servers.answer(id, RequestDoor.refusal(e.status(), OutsideRequests.headers(e.headers())));
            return;
        }
        if (named.refusal().isPresent()) {
            servers.answer(id, named.refusal().get());
            return;
        }
        var asked = new SubscriptionState.Asked(
                id, SubscriptionTimes.REFER, clock.instant().plus(SubscriptionTimes.DECISION));
        var subscription = new Subscription(
                refer.key(),
                Kind.REFER,
                refer.usage(),
                refer.dialog(),
                refer.flow(),
                message.target(),
                refer.event(),
                named.several() || wantsNoSubscription(message),
                "",
                asked);
        var event = new SipEvent.ReferReceived(
                new ReferId(refer.key()),
                refer.usage(),
                message.head(originator, message.target().value()),
                named.targets());
        subscriptions.open(subscription, asked, () -> listener.on(event));
    }

    /** RFC 4488 §4; RFC 5368 §8 leaves the subscription out for a list in any case. */
    private static boolean wantsNoSubscription(ReceivedMessage message) {
        return message.value("Refer-Sub")
                .filter(value -> value.split(";", 2)[0].strip().equalsIgnoreCase("false"))
                .isPresent();
    }
}
