package org.impsiwf.ssp.holding;

import java.util.Optional;
import java.util.Set;

/** Whether this node runs the session pair with a peer, by what the store says of it. Pure. */
public final class Tenure {

    private Tenure() {}

    /**
     * What a node knows of itself and of the others.
     *
     * @param alive nodes that may be at work, itself included
     * @param inTouch whether no other node can have taken it for dead
     * @param leaving it takes nothing more
     */
    public record Standpoint(String self, Set<String> alive, boolean inTouch, boolean leaving) {

        public Standpoint {
            alive = Set.copyOf(alive);
        }
    }

    /** What follows. */
    public sealed interface Ruling {

        /** The pair is ours. */
        record Hold() implements Ruling {}

        /** Nobody's, or of a node that is dead: whoever saves its own name first has it. */
        record TakeOver() implements Ruling {}

        /** That node runs it. */
        record StandBy(String holder) implements Ruling {}

        /** Neither can be known, or done, now. */
        record Wait() implements Ruling {}
    }

    /** @param holder as the store has it; empty: there is no entry */
    public static Ruling rule(Optional<String> holder, Standpoint from) {
        if (!from.inTouch()) {
            return new Ruling.Wait();
        }
        return switch (claim(holder.orElse(HeldPair.NOBODY), from)) {
            case OURS -> new Ruling.Hold();
            case OF_THE_LIVING -> new Ruling.StandBy(holder.orElseThrow());
            case FREE -> from.leaving() ? new Ruling.Wait() : new Ruling.TakeOver();
        };
    }

    private enum Claim {
        OURS,
        OF_THE_LIVING,
        FREE
    }

    private static Claim claim(String holder, Standpoint from) {
        if (holder.equals(from.self())) {
            return Claim.OURS;
        }
        return from.alive().contains(holder) ? Claim.OF_THE_LIVING : Claim.FREE;
    }
}
