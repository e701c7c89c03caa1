package org.impsiwf.mapping.conversation;

import java.time.Instant;
import java.util.Optional;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.ssp.event.SspRequestId;

/** Where the message session with the SIP user stands. */
public sealed interface Leg {

    /** When this state ends by itself; absent where it may last. */
    Optional<Instant> deadline();

    default Optional<InviteUsageId> usage() {
        return Optional.empty();
    }

    default Optional<MsrpSessionId> session() {
        return Optional.empty();
    }

    /** No session, and none on its way. */
    record NoSession() implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.empty();
        }
    }

    /**
     * Their INVITE waits for our answer.
     *
     * @param far their offer; absent when our answer has to offer
     * @param local our end once it is prepared
     * @param invitation the InviteRequest whose answer we await, where the peer wants one first
     */
    record Answering(
            InviteUsageId inviteUsage,
            MsrpSessionId msrpSession,
            Optional<FarEnd> far,
            Optional<LocalEndpoint> local,
            Optional<Invitation> invitation,
            Instant giveUpAt)
            implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }

        @Override
        public Optional<InviteUsageId> usage() {
            return Optional.of(inviteUsage);
        }

        @Override
        public Optional<MsrpSessionId> session() {
            return Optional.of(msrpSession);
        }
    }

    /** An InviteRequest of ours. */
    record Invitation(SspRequestId request, String inviteId) {}

    /** We want a session and make our end ready. */
    record Offering(MsrpSessionId msrpSession, Instant giveUpAt) implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }

        @Override
        public Optional<MsrpSessionId> session() {
            return Optional.of(msrpSession);
        }
    }

    /** Our INVITE is out. */
    record Inviting(InviteUsageId inviteUsage, MsrpSessionId msrpSession, LocalEndpoint local, Instant giveUpAt)
            implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }

        @Override
        public Optional<InviteUsageId> usage() {
            return Optional.of(inviteUsage);
        }

        @Override
        public Optional<MsrpSessionId> session() {
            return Optional.of(msrpSession);
        }
    }

    /**
     * The session is agreed; its connection is not there yet.
     *
     * @param far absent while their answer to the offer in our 2xx is still to come, with the ACK
     */
    record Connecting(
            InviteUsageId inviteUsage,
            MsrpSessionId msrpSession,
            LocalEndpoint local,
            Optional<FarEnd> far,
            Instant giveUpAt)
            implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }

        @Override
        public Optional<InviteUsageId> usage() {
            return Optional.of(inviteUsage);
        }

        @Override
        public Optional<MsrpSessionId> session() {
            return Optional.of(msrpSession);
        }
    }

    /** Messages flow. */
    record Open(
            InviteUsageId inviteUsage,
            MsrpSessionId msrpSession,
            LocalEndpoint local,
            FarEnd far,
            Optional<Renewal> renewal,
            Instant closeAt)
            implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(closeAt);
        }

        @Override
        public Optional<InviteUsageId> usage() {
            return Optional.of(inviteUsage);
        }

        @Override
        public Optional<MsrpSessionId> session() {
            return Optional.of(msrpSession);
        }
    }

    /**
     * The session's node is gone: the dialog goes on, and a re-INVITE offers a fresh path in it.
     *
     * @param secure whether it is offered over TLS
     * @param local our end once it is prepared; the re-INVITE is out then
     */
    record Rebuilding(
            InviteUsageId inviteUsage,
            MsrpSessionId msrpSession,
            boolean secure,
            Optional<LocalEndpoint> local,
            Instant giveUpAt)
            implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }

        @Override
        public Optional<InviteUsageId> usage() {
            return Optional.of(inviteUsage);
        }

        @Override
        public Optional<MsrpSessionId> session() {
            return Optional.of(msrpSession);
        }
    }

    /**
     * A session with a group has replaced this one: it ends as soon as nothing is in flight in it.
     *
     * @param inviteUsage absent when the dialog is the group's now
     */
    record Leaving(Optional<InviteUsageId> inviteUsage, MsrpSessionId msrpSession, Instant giveUpAt) implements Leg {
        @Override
        public Optional<Instant> deadline() {
            return Optional.of(giveUpAt);
        }

        @Override
        public Optional<InviteUsageId> usage() {
            return inviteUsage;
        }

        @Override
        public Optional<MsrpSessionId> session() {
            return Optional.of(msrpSession);
        }
    }

    /** As another node has to know it: when the session was used last is of this node alone. */
    default Leg toShare() {
        return this instanceof Open s
                ? new Open(s.inviteUsage(), s.msrpSession(), s.local(), s.far(), s.renewal(), Instant.EPOCH)
                : this;
    }

    /** A re-INVITE moved their end: a fresh session of ours is being made for it. */
    record Renewal(MsrpSessionId msrpSession, SipTransactionId transaction, FarEnd far) {}
}
