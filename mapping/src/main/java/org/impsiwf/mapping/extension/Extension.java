package org.impsiwf.mapping.extension;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.event.Event.Invitee;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ServiceId;

/** What lies behind the mailbox of an extension. */
public sealed interface Extension {

    /** The next instant at which something has to happen here by itself. */
    Optional<Instant> deadline();

    /** Whether its INVITE waits for an answer of ours. */
    default boolean isInTransit() {
        return this instanceof Attempt attempt
                && switch (attempt.stage()) {
                    case Stage.Seeking s -> true;
                    case Stage.Creating s -> true;
                    case Stage.Asking s -> true;
                    case Stage.Waiting s -> true;
                    case Stage.HandedOver s -> s.entry().isPresent();
                    case Stage.Withdrawn s -> false;
                    case Stage.Leaving s -> false;
                };
    }

    /** An INVITE to the conference factory, from its arrival until nothing of what it began is left open. */
    record Attempt(Intent intent, Stage stage) implements Extension {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(stage.until());
        }

        Attempt in(Stage next) {
            return new Attempt(intent, next);
        }
    }

    /** What a SIP user has said of its session with another SIP user, for the invitation that the other gets. */
    record Offered(String extension, Map<String, String> headers, Instant until) implements Extension {
        public Offered {
            headers = Map.copyOf(headers);
        }

        @Override
        public Optional<Instant> deadline() {
            return Optional.of(until);
        }
    }

    /**
     * What the initiator wants, checked.
     *
     * @param invite for a re-INVITE (mapping, shape e) what it says, under the usage of the talk
     * @param reinvite the transaction of that re-INVITE
     * @param guests whom the list names, without the initiator and those who were refused
     * @param refused URIs of the list that nobody serves or that name no user (RFC 5318)
     */
    record Intent(
            SipEvent.InviteReceived invite,
            Optional<SipTransactionId> reinvite,
            Initiator initiator,
            List<Guest> guests,
            List<String> refused) {
        public Intent {
            guests = List.copyOf(guests);
            refused = List.copyOf(refused);
        }

        List<Guest> guestsBut(Guest partner) {
            return guests.stream().filter(guest -> !guest.equals(partner)).toList();
        }
    }

    /**
     * The SIP user who asks.
     *
     * @param address SIP or tel URI at the user's own domain
     * @param impsAddress as the IMPS side knows the user
     * @param screenName what the user is to be called in the group
     * @param client Client-ID of the device
     */
    record Initiator(String address, String impsAddress, String screenName, Optional<String> client) {}

    /**
     * Somebody on the list.
     *
     * @param talk text of the mailbox that a talk of the initiator with this user has; absent for a SIP user
     */
    record Guest(Invitee invitee, String impsAddress, Optional<String> talk) {

        boolean isSipUser() {
            return talk.isEmpty();
        }
    }

    /** How far it is. */
    sealed interface Stage {

        /** When this stage ends by itself. */
        Instant until();

        /**
         * The talk that the INVITE is to replace is looked for.
         *
         * @param open talks that have not said yet whether they are meant
         * @param unless what to do when none is
         */
        record Seeking(List<String> open, Otherwise unless, Instant until) implements Stage {
            public Seeking {
                open = List.copyOf(open);
            }
        }

        /** The group is being made (SSP 17.1.1). */
        record Creating(GroupMaking group, Instant until) implements Stage {}

        /** The partner's domain, or ours, was asked for the group (SSP 16.2.13). */
        record Asking(Extending extending, Instant until) implements Stage {}

        /** It has agreed and waits for the partner to join. */
        record Waiting(Extending extending, Instant until) implements Stage {}

        /**
         * The INVITE belongs to the participation; what still comes for it is passed on.
         *
         * @param entry what the participation was told, until it has said that it has it: the host counts the initiator as a member,
         *     and who else would see to it that the entry is completed or taken back?
         * @param until while there is an entry, when it is told again
         */
        record HandedOver(String participation, Optional<Entry> entry, Instant until) implements Stage {}

        /** The INVITE is refused or gone, but the group may still come to be: it is left then. */
        record Withdrawn(Begun begun, Instant until) implements Stage {}

        /**
         * The group that is not wanted any more is being left; nobody else is in it, so that it ends.
         *
         * @param request the last try; the next one follows at {@code until}
         */
        record Leaving(ServiceId host, String group, SspRequestId request, int tries, Instant until) implements Stage {}
    }

    /**
     * The host's agreement.
     *
     * @param group as its host writes it
     * @param replaced text of the mailbox of the talk that became the group
     * @param invites whether those on the list are still to be invited
     * @param tellings how often the participation was told
     */
    record Entry(GroupId group, ServiceId host, Optional<String> replaced, boolean invites, int tellings) {
        Entry toldAgain() {
            return new Entry(group, host, replaced, invites, tellings + 1);
        }
    }

    /** What follows when no talk is meant. */
    sealed interface Otherwise {
        /** The session is one of two SIP users; these headers name it to the partner. */
        record BetweenSipUsers(Guest partner, Map<String, String> headers) implements Otherwise {
            public BetweenSipUsers {
                headers = Map.copyOf(headers);
            }
        }

        /** Nobody on the list is the partner of the session that was found at the edge. */
        record NotListed() implements Otherwise {}

        /** There is no such session (RFC 3891 §3). */
        record NoSuchSession() implements Otherwise {}
    }

    /** What was begun on the SSP side. */
    sealed interface Begun {
        ServiceId host();
    }

    /** A CreateGroupRequest that has no answer. */
    record GroupMaking(ServiceId host, String group, SspRequestId request) implements Begun {}

    /**
     * An ExtendConversationRequest.
     *
     * @param id ExtendConversation-ID
     * @param request until its Status is here
     * @param talk text of the mailbox of the talk that is to become a group; absent for one of two SIP users
     */
    record Extending(ServiceId host, String id, Optional<SspRequestId> request, Optional<String> talk)
            implements Begun {

        Extending agreed() {
            return new Extending(host, id, Optional.empty(), talk);
        }
    }
}
