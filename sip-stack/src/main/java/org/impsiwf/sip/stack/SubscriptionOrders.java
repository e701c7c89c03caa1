package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent.FinalResponse;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.subscription.Notice;
import org.impsiwf.sip.subscription.Subscription;
import org.impsiwf.sip.subscription.Subscription.Kind;
import org.impsiwf.sip.subscription.SubscriptionEvent;
import org.impsiwf.sip.subscription.SubscriptionOrder;

/** Carries out what the machine of a subscription orders, in the subscription's turn. */
final class SubscriptionOrders {

    /**
     * When the INVITE usage of a shared dialog has ended nobody knows its last CSeq any more. Numbers may leave gaps (RFC 3261
     * §12.2.2), and no usage comes that far.
     */
    private static final long BEYOND_THE_USAGE = 1_000_000;

    private final Subscriptions subscriptions;
    private final InviteUsages usages;
    private final ServerTransactions servers;
    private final ResponseMaker responses;
    private final DialogRequests requests;
    private final SipSide.Listener listener;

    SubscriptionOrders(
            Subscriptions subscriptions,
            InviteUsages usages,
            ServerTransactions servers,
            ResponseMaker responses,
            DialogRequests requests,
            SipSide.Listener listener) {
        this.subscriptions = subscriptions;
        this.usages = usages;
        this.servers = servers;
        this.responses = responses;
        this.requests = requests;
        this.listener = listener;
    }

    void carryOut(Subscription subscription, SubscriptionOrder order) {
        switch (order) {
            case SubscriptionOrder.Answer(SipTransactionId id, Response response) -> servers.answer(id, response);
            case SubscriptionOrder.Grant(SipTransactionId id, int status, Duration expires) ->
                grant(subscription, id, status, expires);
            case SubscriptionOrder.SendNotify(Dialog dialog, Notice notice, Duration left) ->
                notify(subscription, dialog, notice, left);
            case SubscriptionOrder.Tell(var event) -> listener.on(event);
        }
    }

    private void grant(Subscription subscription, SipTransactionId id, int status, Duration expires) {
        servers.take(id).ifPresent(found -> {
            SIPResponse ok = responses.of(
                    found.request(), Response.of(status), subscription.dialog().localTag());
            String peer = found.request().getRemoteAddress().getHostAddress();
            var local = subscription.dialog().local();
            HeaderText.add(ok, "Contact", OurContact.write(local, focus(subscription), found.point(), peer));
            if (found.request().getMethod().equals("SUBSCRIBE")) {
                HeaderText.add(ok, "Expires", Long.toString(expires.toSeconds()));
                HeaderText.add(ok, "Allow-Events", ResponseMaker.EVENTS);
            }
            servers.sendNow(found.transaction(), found.point(), ok);
        });
    }

    private static Optional<SipUri> focus(Subscription subscription) {
        return subscription.kind() == Kind.CONFERENCE ? Optional.of(subscription.resource()) : Optional.empty();
    }

    private void notify(Subscription subscription, Dialog dialog, Notice notice, Duration left) {
        Map<String, String> headers = headers(subscription, notice, left);
        if (subscription.isShared()) {
            usages.post(usageTag(subscription), new UsageEvent.SendNotify(subscription.id(), headers, notice.body()));
        } else {
            send(subscription, dialog, dialog.localCSeq(), headers, notice);
        }
    }

    private static String usageTag(Subscription subscription) {
        return subscription.dialog().localTag();
    }

    private static Map<String, String> headers(Subscription subscription, Notice notice, Duration left) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Event", subscription.event());
        headers.put(
                "Subscription-State",
                notice.endedBy()
                        .map(reason -> "terminated;reason=" + reason)
                        .orElseGet(() -> "active;expires=" + Math.max(0, left.toSeconds())));
        return headers;
    }

    private void send(Subscription subscription, Dialog dialog, long cseq, Map<String, String> headers, Notice notice) {
        requests.send(
                dialog,
                subscription.flow(),
                "NOTIFY",
                cseq,
                headers,
                notice.body(),
                focus(subscription),
                outcome -> notified(subscription.id(), outcome));
    }

    /** A NOTIFY in a dialog that is left to the subscription alone. */
    void sendAlone(Subscription subscription, UsageEvent.SendNotify order) {
        Dialog dialog = subscription.dialog();
        send(
                subscription,
                dialog,
                dialog.localCSeq() + BEYOND_THE_USAGE,
                order.headers(),
                new Notice(Optional.empty(), order.body()));
    }

    void notified(String id, Outcome outcome) {
        SubscriptionEvent.Notified event = switch (outcome) {
            case Outcome.Answered(ReceivedResponse response) -> {
                FinalResponse last = response.asFinal();
                yield new SubscriptionEvent.Notified(last.status(), last.retryAfter());
            }
            case Outcome.TimedOut t -> new SubscriptionEvent.Notified(408, Optional.empty());
            case Outcome.Unreachable u -> new SubscriptionEvent.Notified(503, Optional.empty());
            case Outcome.Unsayable u -> new SubscriptionEvent.Notified(400, Optional.empty());
        };
        subscriptions.post(id, event);
    }
}
