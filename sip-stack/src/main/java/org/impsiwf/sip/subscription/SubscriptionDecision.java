package org.impsiwf.sip.subscription;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one event does to a subscription.
 *
 * @param next empty when it is to be forgotten
 * @param orders carried out in order once {@code next} is saved
 */
public record SubscriptionDecision(Optional<Subscription> next, List<SubscriptionOrder> orders) {

    static SubscriptionDecision to(Subscription next, SubscriptionOrder... orders) {
        return new SubscriptionDecision(Optional.of(next), List.of(orders));
    }

    static SubscriptionDecision forget(SubscriptionOrder... orders) {
        return new SubscriptionDecision(Optional.empty(), List.of(orders));
    }

    SubscriptionDecision and(Optional<? extends SubscriptionOrder> more) {
        return new SubscriptionDecision(
                next,
                Stream.<SubscriptionOrder>concat(orders.stream(), more.stream()).toList());
    }

    /** The same with an order put before. */
    SubscriptionDecision after(SubscriptionOrder first) {
        return new SubscriptionDecision(
                next, Stream.concat(Stream.of(first), orders.stream()).toList());
    }
}
