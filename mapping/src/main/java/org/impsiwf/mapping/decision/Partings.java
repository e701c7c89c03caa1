package org.impsiwf.mapping.decision;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.event.SspRequestId;

/**
 * The last that others hear: ordered once, and once more by whoever takes over soon after. Where nobody could take over, nothing is
 * kept.
 *
 * @param <P> what may have to be said again
 */
public abstract class Partings<P extends Parting> {

    /** Who ends more sessions at once does so by itself, by new INVITEs. */
    private static final int MOST = 16;

    private final Orders orders;
    private final List<P> kept;

    /** @param kept what was said and may not have been heard, oldest first; changed here */
    protected Partings(Orders orders, List<P> kept) {
        this.orders = orders;
        this.kept = kept;
    }

    protected abstract void order(P parting);

    protected final void say(P parting) {
        order(parting);
        if (orders.policy().oneNode()) {
            return;
        }
        kept.add(parting);
        if (kept.size() > MOST) {
            kept.removeFirst();
        }
    }

    /** Until when somebody may have to take over. */
    protected final Instant until() {
        return orders.in(orders.policy().answerWait());
    }

    public final void sayAgain() {
        List.copyOf(kept).forEach(this::order);
    }

    /** The request was answered, or never will be. */
    public final void answered(SspRequestId request) {
        kept.removeIf(parting -> parting.awaited().equals(Optional.of(request)));
    }

    public final void forget() {
        kept.removeIf(parting -> orders.isPast(parting.until()));
    }
}
