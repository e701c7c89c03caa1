package org.impsiwf.sip.dialog;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one event does to a usage.
 *
 * @param next empty when the usage is to be forgotten
 * @param orders carried out in order once {@code next} is saved
 */
public record UsageDecision(Optional<InviteUsage> next, List<UsageOrder> orders) {

    static UsageDecision to(InviteUsage next, UsageOrder... orders) {
        return new UsageDecision(Optional.of(next), List.of(orders));
    }

    static UsageDecision forget(UsageOrder... orders) {
        return new UsageDecision(Optional.empty(), List.of(orders));
    }

    /** The same with orders put before. */
    UsageDecision after(UsageOrder... first) {
        return new UsageDecision(
                next, Stream.concat(Arrays.stream(first), orders.stream()).toList());
    }
}
