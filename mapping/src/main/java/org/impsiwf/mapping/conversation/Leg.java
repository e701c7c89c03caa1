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

    /** No session, and none on its way. */
    record NoSession() implements Leg {}

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
            implements Leg {}

    /** An InviteRequest of ours. */
    record Invitation(SspRequestId request, String inviteId) {}

    /** We want a session and make our end ready. */
    record Offering(MsrpSessionId msrpSession, Instant giveUpAt) implements Leg {}

    /** Our INVITE is out. */
    record Inviting(InviteUsageId inviteUsage, MsrpSessionId msrpSession, LocalEndpoint local, Instant giveUpAt)
            implements Leg {}

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
            implements Leg {}

    /** Messages flow. */
    record Open(
            InviteUsageId inviteUsage,
            MsrpSessionId msrpSession,
            LocalEndpoint local,
            FarEnd far,
            Optional<Renewal> renewal,
            Instant closeAt)
            implements Leg {}

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
            implements Leg {}

    /**
     * A session with a group has replaced this one: it ends as soon as nothing is in flight in it.
     *
     * @param inviteUsage absent when the dialog is the group's now
     */
    record Leaving(Optional<InviteUsageId> inviteUsage, MsrpSessionId msrpSession, Instant giveUpAt) implements Leg {}

    /** A re-INVITE moved their end: a fresh session of ours is being made for it. */
    record Renewal(MsrpSessionId msrpSession, SipTransactionId transaction, FarEnd far) {}

    /** When this state ends by itself; absent where it may last. */
    default Optional<Instant> deadline() {
        return switch (this) {
            case NoSession s -> Optional.empty();
            case Answering s -> Optional.of(s.giveUpAt());
            case Offering s -> Optional.of(s.giveUpAt());
            case Inviting s -> Optional.of(s.giveUpAt());
            case Connecting s -> Optional.of(s.giveUpAt());
            case Open s -> Optional.of(s.closeAt());
            case Rebuilding s -> Optional.of(s.giveUpAt());
            case Leaving s -> Optional.of(s.giveUpAt());
        };
    }

    default Optional<InviteUsageId> usage() {
        return switch (this) {
            case NoSession s -> Optional.empty();
            case Answering s -> Optional.of(s.inviteUsage());
            case Offering s -> Optional.empty();
            case Inviting s -> Optional.of(s.inviteUsage());
            case Connecting s -> Optional.of(s.inviteUsage());
            case Open s -> Optional.of(s.inviteUsage());
            case Rebuilding s -> Optional.of(s.inviteUsage());
            case Leaving s -> s.inviteUsage();
        };
    }

    default Optional<MsrpSessionId> session() {
        return switch (this) {
            case NoSession s -> Optional.empty();
            case Answering s -> Optional.of(s.msrpSession());
            case Offering s -> Optional.of(s.msrpSession());
            case Inviting s -> Optional.of(s.msrpSession());
            case Connecting s -> Optional.of(s.msrpSession());
            case Open s -> Optional.of(s.msrpSession());
            case Rebuilding s -> Optional.of(s.msrpSession());
            case Leaving s -> Optional.of(s.msrpSession());
        };
    }

    /** As another node has to know it: when the session was used last is of this node alone. */
    default Leg toShare() {
        return this instanceof Open s
                ? new Open(s.inviteUsage(), s.msrpSession(), s.local(), s.far(), s.renewal(), Instant.EPOCH)
                : this;
    }
}
