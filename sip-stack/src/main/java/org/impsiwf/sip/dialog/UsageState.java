package org.impsiwf.sip.dialog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an INVITE usage (RFC 5057) stands. */
public sealed interface UsageState {

    /** When something has to happen by itself; empty when only the session timer counts. */
    Optional<Instant> deadline();

    /** We were called and have not answered finally. */
    record Called(Instant giveUpAt) implements UsageState {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }
    }

    /**
     * We sent a 2xx and wait for its ACK (RFC 3261 §13.3.1.4).
     *
     * @param weOffered whether the 2xx carried our offer, so that the ACK carries the answer
     * @param hangUp BYE as soon as the ACK came; before it BYE is forbidden (RFC 3261 §15)
     */
    record Answered(Resend resend, boolean weOffered, boolean hangUp) implements UsageState {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(resend.due());
        }
    }

    /**
     * We called and have no final answer.
     *
     * @param early the other sides' tags of the early dialogs, the first few
     */
    record Calling(Instant giveUpAt, List<String> early) implements UsageState {

        private static final int MOST_EARLY = 8;

        /** With the early dialog of a provisional response. */
        Calling with(String remoteTag) {
            if (remoteTag.isEmpty() || early.contains(remoteTag) || early.size() == MOST_EARLY) {
                return this;
            }
            return new Calling(
                    giveUpAt,
                    Stream.concat(early.stream(), Stream.of(remoteTag)).toList());
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }
    }

    /** We took our call back; a 2xx may still cross (RFC 3261 §9.1). */
    record Cancelling(Instant giveUpAt) implements UsageState {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }
    }

    /** The dialog is confirmed. */
    record Talking(Exchange exchange) implements UsageState {
        @Override
        public Optional<Instant> deadline() {
            return exchange.deadline();
        }
    }

    /** We sent BYE. */
    record Ending(Instant giveUpAt) implements UsageState {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }
    }

    /** Over; remembered so that late 2xx of forks get their ACK and BYE (RFC 3261 §13.2.2.4). */
    record Over(Instant forgetAt) implements UsageState {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(forgetAt);
        }
    }

    /** How often a 2xx is sent again: T1, doubled up to T2, until 64·T1 (RFC 3261 §13.3.1.4). */
    record Resend(Instant due, Duration interval, Instant giveUpAt) {

        static Resend from(Instant now) {
            return new Resend(now.plus(UsageTimes.T1), UsageTimes.T1, now.plus(UsageTimes.GIVE_UP));
        }

        Resend again(Instant now) {
            Duration doubled = interval.multipliedBy(2);
            Duration next = doubled.compareTo(UsageTimes.T2) > 0 ? UsageTimes.T2 : doubled;
            Instant at = now.plus(next);
            return new Resend(at.isAfter(giveUpAt) ? giveUpAt : at, next, giveUpAt);
        }
    }
}
