package org.impsiwf.sip.resolve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.impsiwf.sip.resolve.DnsLookup.Srv;

/** The order in which the targets of an SRV answer are tried, RFC 2782: by priority, within one by weighted chance. */
final class SrvOrder {

    private SrvOrder() {}

    static List<Srv> of(List<Srv> records, RandomGenerator random) {
        var waiting = new ArrayList<>(records);
        // Weight 0 stands first in the running sum, so that it has a small chance only.
        waiting.sort(Comparator.comparingInt(Srv::priority).thenComparingInt(Srv::weight));
        var ordered = new ArrayList<Srv>();
        while (!waiting.isEmpty()) {
            int priority = waiting.getFirst().priority();
            int end = 0;
            int total = 0;
            while (end < waiting.size() && waiting.get(end).priority() == priority) {
                total += waiting.get(end).weight();
                end++;
            }
            ordered.add(waiting.remove(pick(waiting, end, random.nextInt(total + 1))));
        }
        return ordered;
    }

    private static int pick(List<Srv> waiting, int end, int chance) {
        int sum = 0;
        for (int i = 0; i < end; i++) {
            sum += waiting.get(i).weight();
            if (sum >= chance) {
                return i;
            }
        }
        throw new IllegalStateException("the chance is within the sum of weights");
    }
}
