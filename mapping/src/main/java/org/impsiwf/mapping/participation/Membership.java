package org.impsiwf.mapping.participation;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.ssp.event.SspRequestId;

/** Where the user stands with the host of the group. */
public sealed interface Membership {

    /** Not in the group, as far as we know. */
    record Outside() implements Membership {}

    /** The host is asked to join the user. */
    record Entering(SspRequestId request, Instant giveUpAt) implements Membership {}

    /**
     * In the group, under this name.
     *
     * @param mayReturn whether the group lets the user in again once it has left: it came in uninvited
     */
    record Joined(String screenName, boolean mayReturn) implements Membership {}

    /**
     * The user wants another name (RFC 7701 §7). SSP knows no other way than to leave and to join again.
     *
     * @param before the name that it had
     * @param target the name that it is to have; the old one again once another has turned out to be taken
     * @param out whether it has left, so that the request asks the host to join it
     */
    record Renaming(
            String before,
            String target,
            boolean out,
            SspRequestId request,
            MsrpSessionId session,
            ExchangeId exchange,
            Instant giveUpAt)
            implements Membership {

        /** Whether the wanted name was taken and the old one is to be had back. */
        boolean isWayBack() {
            return target.equals(before);
        }
    }

    /**
     * The host is asked to let the user go.
     *
     * @param attempts how often it was
     * @param until when the request is given up, or made again after it could not leave
     */
    record Leaving(SspRequestId request, int attempts, boolean again, Instant until) implements Membership {}

    /** When this state ends by itself; absent where it may last. */
    default Optional<Instant> deadline() {
        return switch (this) {
            case Outside s -> Optional.empty();
            case Entering s -> Optional.of(s.giveUpAt());
            case Joined s -> Optional.empty();
            case Renaming s -> Optional.of(s.giveUpAt());
            case Leaving s -> Optional.of(s.until());
        };
    }

    /** Whether what is said in the group is for the user, too. */
    default boolean isIn() {
        return this instanceof Joined || this instanceof Renaming;
    }

    /** The request whose answer is awaited. */
    default Optional<SspRequestId> awaited() {
        return switch (this) {
            case Outside s -> Optional.empty();
            case Entering s -> Optional.of(s.request());
            case Joined s -> Optional.empty();
            case Renaming s -> Optional.of(s.request());
            case Leaving s -> Optional.of(s.request());
        };
    }
}
