package org.impsiwf.sip.stack;

import java.util.Optional;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipTransactionId;

/** Subscriptions and REFERs as the other usages of an INVITE usage's dialog (RFC 5057). */
final class OtherUsages implements SharedDialogs {

    private final SubscribeRequests subscribes;
    private final ReferRequests refers;
    private final Subscriptions subscriptions;
    private final SubscriptionOrders orders;
    private final ServerTransactions servers;

    OtherUsages(
            SubscribeRequests subscribes,
            ReferRequests refers,
            Subscriptions subscriptions,
            SubscriptionOrders orders,
            ServerTransactions servers) {
        this.subscribes = subscribes;
        this.refers = refers;
        this.subscriptions = subscriptions;
        this.orders = orders;
        this.servers = servers;
    }

    @Override
    public void requested(Optional<InviteUsage> usage, SipTransactionId transaction) {
        servers.find(transaction)
                .map(waiting -> new ReceivedMessage(waiting.request()))
                .ifPresent(message -> {
                    boolean refer = message.method().equals("REFER");
                    if (usage.isPresent() && refer) {
                        refers.shared(usage.get(), message, transaction);
                    } else if (usage.isPresent()) {
                        subscribes.shared(usage.get(), message, transaction);
                    } else if (refer) {
                        servers.answer(transaction, Response.of(481));
                    } else {
                        subscribes.alone(message, transaction);
                    }
                });
    }

    @Override
    public void notSent(UsageEvent.SendNotify order) {
        subscriptions.find(order.subscription()).ifPresent(found -> orders.sendAlone(found, order));
    }

    @Override
    public void notified(String subscription, Outcome outcome) {
        orders.notified(subscription, outcome);
    }
}
