package org.impsiwf.testkit;

import java.util.Iterator;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Loses or doubles chosen messages on their way, each order once. Safe from any thread. */
public final class Disturbance<T> {

    private enum Act {
        LOSE,
        DOUBLE
    }

    private record Order<T>(Predicate<? super T> match, Act act) {}

    private final CopyOnWriteArrayList<Order<T>> orders = new CopyOnWriteArrayList<>();

    /** The next message that matches never arrives. */
    public void loseNext(Predicate<? super T> match) {
        orders.add(new Order<>(match, Act.LOSE));
    }

    /** The next message that matches arrives twice. */
    public void doubleNext(Predicate<? super T> match) {
        orders.add(new Order<>(match, Act.DOUBLE));
    }

    /** How often the message goes on: 0, 1 or 2 times. Uses up the order that it meets. */
    public int copies(T message) {
        for (Iterator<Order<T>> each = orders.iterator(); each.hasNext(); ) {
            Order<T> order = each.next();
            if (order.match().test(message) && orders.remove(order)) {
                return order.act() == Act.LOSE ? 0 : 2;
            }
        }
        return 1;
    }
}
