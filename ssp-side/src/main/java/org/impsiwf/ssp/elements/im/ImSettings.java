package org.impsiwf.ssp.elements.im;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.StatusCode;

/**
 * What an operator decides about instant messages.
 *
 * @param mostRecipients of one message, contact lists expanded; more are refused with 540
 * @param mostListed messages in one GetMessageListResponse; a request for more is refused with 539
 */
public record ImSettings(Storing storing, Contents contents, Blocking blocking, int mostRecipients, int mostListed) {

    public static final ImSettings DEFAULT =
            new ImSettings(Storing.DEFAULT, Contents.DEFAULT, Blocking.DEFAULT, 1_000, 200);

    /**
     * Store and forward.
     *
     * @param forOffline whether messages for users who are not logged in are stored, or refused with 533
     * @param forSilentDomains whether a message for a domain that is down or silent is stored and repeated, or refused
     * @param quota messages stored for one user, 507 when it is full
     * @param validity of a message that says nothing
     * @param longestValidity whatever a message says
     * @param remembered how long a Message-ID is known again, so that a repeat is not delivered twice
     * @param reports how long a delivery report waits for its sender
     * @param method how messages reach a user who has not chosen
     */
    public record Storing(
            boolean forOffline,
            boolean forSilentDomains,
            int quota,
            Duration validity,
            Duration longestValidity,
            Duration remembered,
            Duration reports,
            DeliveryMethod method) {
        public static final Storing DEFAULT = new Storing(
                true,
                false,
                500,
                Duration.ofDays(7),
                Duration.ofDays(30),
                Duration.ofHours(2),
                Duration.ofDays(7),
                DeliveryMethod.PUSH);

        public Storing withQuota(int other) {
            return new Storing(
                    forOffline, forSilentDomains, other, validity, longestValidity, remembered, reports, method);
        }

        public Storing forOffline(boolean other) {
            return new Storing(other, forSilentDomains, quota, validity, longestValidity, remembered, reports, method);
        }

        public Storing forSilentDomains(boolean other) {
            return new Storing(forOffline, other, quota, validity, longestValidity, remembered, reports, method);
        }
    }

    /**
     * What may be in a message.
     *
     * @param types accepted content types in lower case without parameters; empty: all
     * @param largest bytes, 540 above
     * @param largestFetched bytes that GetMessage gives, 546 above
     * @param applications that exist; absent: any
     * @param forbiddenApplications 452
     */
    public record Contents(
            Set<String> types,
            int largest,
            int largestFetched,
            Optional<Set<ApplicationId>> applications,
            Set<ApplicationId> forbiddenApplications) {
        public static final Contents DEFAULT = new Contents(Set.of(), 1_000_000, 1_000_000, Optional.empty(), Set.of());

        public Contents {
            types = Set.copyOf(types);
            applications = applications.map(Set::copyOf);
            forbiddenApplications = Set.copyOf(forbiddenApplications);
        }

        /** @throws Refusal 451 (nobody knows it) or 452 */
        public void requireAllowed(ApplicationId application) {
            if (forbiddenApplications.contains(application)) {
                throw Refusal.of(StatusCode.FORBIDDEN_APPLICATION_ID);
            }
            if (applications.isPresent() && !applications.get().contains(application)) {
                throw Refusal.of(StatusCode.INVALID_APPLICATION_ID);
            }
        }
    }

    /**
     * Block and grant lists.
     *
     * @param wildcardsAllowed whether {@code wv:*@domain} may be an entry
     */
    public record Blocking(int mostBlocked, int mostGranted, boolean wildcardsAllowed) {
        public static final Blocking DEFAULT = new Blocking(500, 500, true);
    }

    public ImSettings with(Storing other) {
        return new ImSettings(other, contents, blocking, mostRecipients, mostListed);
    }

    public ImSettings with(Contents other) {
        return new ImSettings(storing, other, blocking, mostRecipients, mostListed);
    }
}
