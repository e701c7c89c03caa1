package org.impsiwf.mapping.event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.ssp.primitives.ServiceId;

/**
 * What the operator decides.
 *
 * @param serviceId our SSP Service-ID, {@code wv:@domain}
 * @param sipDomains the domains of the SIP users that we speak for, lower case, never empty
 * @param carriage how a message leaves for a SIP user with no session open
 * @param pagerLimit bytes that a whole MESSAGE request may have (RFC 3428 §8)
 * @param maxMessageSize bytes of content that we take in either direction
 * @param mediaTypes content types that our SDP names, in order of preference
 * @param invitationWait how long our INVITE may stay unanswered
 * @param connectWait how long an agreed session may take to be connected
 * @param answerWait how long a message may wait for the other side's answer, from its arrival; below the 32 s after which a
 *     SIP client gives a MESSAGE up
 * @param sessionIdle how long a session may carry nothing before it is closed
 * @param memory how long the ids of concluded messages are kept against repeats
 * @param queueMessages messages that may wait for one SIP user in one conversation
 * @param queueBytes the same in bytes of content
 * @param reportMemory how long a report may come after its message
 * @param imdnTowardsSip whether a MESSAGE asks for an IMDN when the IMPS sender wants a delivery report
 * @param oneNode whether all mailboxes are in one heap: what one tells another is not lost then, but with both of them
 * @param conferences what concerns more than two
 */
public record Policy(
        String serviceId,
        List<String> sipDomains,
        Carriage carriage,
        int pagerLimit,
        long maxMessageSize,
        List<String> mediaTypes,
        Duration invitationWait,
        Duration connectWait,
        Duration answerWait,
        Duration sessionIdle,
        Duration memory,
        int queueMessages,
        long queueBytes,
        Duration reportMemory,
        boolean imdnTowardsSip,
        boolean oneNode,
        Conferences conferences) {

    /** How a message leaves for a SIP user with no session open. */
    public enum Carriage {
        /** As a MESSAGE, unless it is too large for one. */
        PAGER,
        /** In a session that we INVITE to. */
        SESSION,
        /** As a MESSAGE if it is small and the user takes those, else in a session. */
        AUTO
    }

    /**
     * What the operator decides about conferences.
     *
     * @param factory conference factory URI
     * @param maxAdhocGroupSize how many a URI list may name (MAX-ADHOC-GROUP-SIZE)
     * @param extensionWait how long the partner of a talk has to join the group that it becomes (SSP 16.2.13)
     * @param hostedBy the neighbour that hosts the group of an ad-hoc conference; absent: we do
     * @param rosterForAll whether the conference state is told to others than participants, too
     * @param replacing how an INVITE into a group names the talk that it replaces
     * @param maxRelayedSize bytes of a message that is relayed to the SIP users of a group of ours while it comes in; absent: each is
     *     collected, up to {@link Policy#maxMessageSize}
     */
    public record Conferences(
            String factory,
            int maxAdhocGroupSize,
            Duration extensionWait,
            Optional<ServiceId> hostedBy,
            boolean rosterForAll,
            Replacing replacing,
            OptionalLong maxRelayedSize) {

        /** By what an INVITE of ours names a talk to its client (mapping, shapes a and d). */
        public enum Replacing {
            /** By what the client has shown to know in the talk. */
            BY_CLIENT,
            /** By the header of RFC 3891. */
            REPLACES,
            /** By {@code Session-Replaces} with the talk's Contribution-ID, else with its Call-ID, as RCS clients do. */
            SESSION_REPLACES
        }

        /** The defaults, for a gateway whose Service-ID has this domain. */
        public static Conferences of(String domain) {
            return new Conferences(
                    "sip:conference@" + domain,
                    20,
                    Duration.ofSeconds(60),
                    Optional.empty(),
                    false,
                    Replacing.BY_CLIENT,
                    OptionalLong.empty());
        }

        public Conferences withMaxAdhocGroupSize(int most) {
            return with(those -> those.maxAdhocGroupSize = most);
        }

        public Conferences hostedBy(ServiceId host) {
            return with(those -> those.hostedBy = Optional.of(host));
        }

        public Conferences withRosterForAll() {
            return with(those -> those.rosterForAll = true);
        }

        public Conferences replacing(Replacing other) {
            return with(those -> those.replacing = other);
        }

        public Conferences withMaxRelayedSize(long bytes) {
            return with(those -> those.maxRelayedSize = OptionalLong.of(bytes));
        }

        private Conferences with(Consumer<ConferenceChanges> change) {
            ConferenceChanges changes = new ConferenceChanges();
            change.accept(changes);
            return changes.made();
        }

        /** What other conferences are to have, at first all that these have. */
        private final class ConferenceChanges {
            private int maxAdhocGroupSize = Conferences.this.maxAdhocGroupSize;
            private Optional<ServiceId> hostedBy = Conferences.this.hostedBy;
            private boolean rosterForAll = Conferences.this.rosterForAll;
            private Replacing replacing = Conferences.this.replacing;
            private OptionalLong maxRelayedSize = Conferences.this.maxRelayedSize;

            private Conferences made() {
                return new Conferences(
                        factory, maxAdhocGroupSize, extensionWait, hostedBy, rosterForAll, replacing, maxRelayedSize);
            }
        }
    }

    public Policy {
        sipDomains = List.copyOf(sipDomains);
        mediaTypes = List.copyOf(mediaTypes);
        if (sipDomains.isEmpty()) {
            throw new IllegalArgumentException("at least one SIP domain");
        }
    }

    /** The defaults, for a gateway of this Service-ID that serves these SIP domains. */
    public static Policy of(String serviceId, List<String> sipDomains) {
        return new Policy(
                serviceId,
                sipDomains,
                Carriage.AUTO,
                1300,
                1024 * 1024,
                List.of("message/cpim", "text/plain", "text/html", "image/jpeg", "image/png", "image/gif"),
                Duration.ofSeconds(18),
                Duration.ofSeconds(8),
                Duration.ofSeconds(28),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                100,
                4L * 1024 * 1024,
                Duration.ofDays(3),
                true,
                false,
                Conferences.of(serviceId.substring(serviceId.indexOf('@') + 1)));
    }

    public Policy withCarriage(Carriage other) {
        return with(policy -> policy.carriage = other);
    }

    public Policy withMaxMessageSize(long other) {
        return with(policy -> policy.maxMessageSize = other);
    }

    public Policy with(Conferences other) {
        return with(policy -> policy.conferences = other);
    }

    /** With all mailboxes in one heap. */
    public Policy onOneNode() {
        return with(policy -> policy.oneNode = true);
    }

    /** Whether groups of that domain are hosted here. Lower case. */
    public boolean isHome(String domain) {
        return domain.equals(ourDomain()) || sipDomains.contains(domain);
    }

    /** What the name of a group begins with that was made for an INVITE to the conference factory. */
    public static final String ADHOC_PREFIX = "adhoc-";

    /**
     * Who hosts a group of our domains: we, or the neighbour that hosts ad-hoc conferences for us.
     *
     * @throws IllegalArgumentException it is a group of another domain
     */
    public ServiceId hostOfOurs(Address.Group group) {
        if (!isHome(group.domain())) {
            throw new IllegalArgumentException("not a group of ours: " + group.canonical());
        }
        return conferences
                .hostedBy()
                .filter(any -> group.name().startsWith(ADHOC_PREFIX))
                .orElseGet(() -> new ServiceId(serviceId));
    }

    /** The domain of our Service-ID: Message-IDs and Invite-IDs of ours end in it. */
    public String ourDomain() {
        return serviceId.substring(serviceId.indexOf('@') + 1);
    }

    private Policy with(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        return changes.made();
    }

    /** What another policy is to say, at first all that this one says. */
    private final class Changes {
        private Carriage carriage = Policy.this.carriage;
        private long maxMessageSize = Policy.this.maxMessageSize;
        private boolean oneNode = Policy.this.oneNode;
        private Conferences conferences = Policy.this.conferences;

        private Policy made() {
            return new Policy(
                    serviceId,
                    sipDomains,
                    carriage,
                    pagerLimit,
                    maxMessageSize,
                    mediaTypes,
                    invitationWait,
                    connectWait,
                    answerWait,
                    sessionIdle,
                    memory,
                    queueMessages,
                    queueBytes,
                    reportMemory,
                    imdnTowardsSip,
                    oneNode,
                    conferences);
        }
    }
}
