package org.impsiwf.gateway.runtime;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Which node works on a mailbox, decided for each event from what is known by then. Pure.
 *
 * @param self this node
 * @param alive whether a node may be at work
 * @param touch see {@link org.impsiwf.store.Nodes#touch}
 */
record Seating(String self, Predicate<String> alive, OptionalLong touch) {

    /** What is known of a mailbox's seat. */
    sealed interface Known {

        /** Nothing yet. */
        record Nothing() implements Known {}

        /** It was this node's, at that touch. */
        record Held(long touch) implements Known {}

        /** What the store says just now; absent when nobody has it. */
        record Found(Optional<String> seat) implements Known {}
    }

    /** What comes next. */
    sealed interface Step {

        /** Ask the store whose seat it is. */
        record LookUp() implements Step {}

        /** Decide here, from memory. */
        record Decide() implements Step {}

        /** It is this node's by what the store says, and not in its memory: handed over by another one, or at rest. */
        record Resume() implements Step {}

        /** Nobody works on it: decide here, and take the seat with what is saved. */
        record TakeSeat() implements Step {}

        /** The node that worked on it is gone: take the seat, then go on. */
        record TakeOver(String from) implements Step {}

        /** Another node decides. */
        record HandOver(String to) implements Step {}
    }

    Step next(Known known) {
        return switch (known) {
            case Known.Nothing nothing -> new Step.LookUp();
            case Known.Held held when touch.equals(OptionalLong.of(held.touch())) -> new Step.Decide();
            case Known.Held outdated -> new Step.LookUp();
            case Known.Found found when found.seat().isEmpty() -> new Step.TakeSeat();
            case Known.Found found when found.seat().get().equals(self) -> new Step.Resume();
            case Known.Found found
            when alive.test(found.seat().get()) ->
                new Step.HandOver(found.seat().get());
            case Known.Found found -> new Step.TakeOver(found.seat().get());
        };
    }
}
