package org.impsiwf.testkit;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Loses or doubles chosen messages on their way. Safe from any thread. */
public final class Disturbance<T> {

    private enum Act {
        LOSE,
        DOUBLE
    }

    private record Order<T>(Predicate<? super T> match, Act act, boolean once) {}

    private final CopyOnWriteArrayList<Order<T>> orders = new CopyOnWriteArrayList<>();

    /** The next message that matches never arrives. */
    public void loseNext(Predicate<? super T> match) {
        orders.add(new Order<>(match, Act.LOSE, true));
    }

    /** The next message that matches arrives twice. */
    public void doubleNext(Predicate<? super T> match) {
        orders.add(new Order<>(match, Act.DOUBLE, true));
    }

    /**
     * Of every message the first copy never arrives.
     *
     * @param identity which copies of one message share
     */
    public void loseFirstOfEach(Function<? super T, String> identity) {
        orders.add(new Order<>(firstOf(identity), Act.LOSE, false));
    }

    /** Of every message the first copy arrives twice. */
    public void doubleFirstOfEach(Function<? super T, String> identity) {
        orders.add(new Order<>(firstOf(identity), Act.DOUBLE, false));
    }

    private Predicate<T> firstOf(Function<? super T, String> identity) {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return message -> seen.add(identity.apply(message));
    }

    /** How often the message goes on: 0, 1 or 2 times. Uses up the order that it meets if that was for one. */
    public int copies(T message) {
        for (Iterator<Order<T>> each = orders.iterator(); each.hasNext(); ) {
            Order<T> order = each.next();
            if (order.match().test(message) && (!order.once() || orders.remove(order))) {
                return order.act() == Act.LOSE ? 0 : 2;
            }
        }
        return 1;
    }
}
