package org.impsiwf.mapping.participation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipTransactionId;

/** Where the session of the user's client with our MSRP switch stands. */
public sealed interface MemberLeg {

    /** No session, and none on its way. */
    record Away() implements MemberLeg {}

    /**
     * Their INVITE waits until our end is ready and the host has let the user in.
     *
     * @param far their offer; absent when our answer has to offer
     * @param local our end once it is prepared
     * @param reinvite the transaction when it is a re-INVITE that makes a talk a conference (mapping, shape e)
     * @param headers that our 2xx has to carry
     */
    record Answering(
            InviteUsageId inviteUsage,
            MsrpSessionId msrpSession,
            Optional<FarEnd> far,
            Optional<LocalEndpoint> local,
            Optional<SipTransactionId> reinvite,
            Map<String, String> headers,
            Instant giveUpAt)
            implements MemberLeg {
        public Answering {
            headers = Map.copyOf(headers);
        }

        Answering with(LocalEndpoint prepared) {
            return new Answering(inviteUsage, msrpSession, far, Optional.of(prepared), reinvite, headers, giveUpAt);
        }
    }

    /**
     * The user was invited: we make our end ready, and ask which session the new one is to replace.
     *
     * @param sought whether that is not answered yet
     */
    record Offering(
            MsrpSessionId msrpSession,
            Optional<LocalEndpoint> local,
            boolean sought,
            Optional<Replacement> replacement,
            Instant giveUpAt)
            implements MemberLeg {}

    /** Our INVITE is out. */
    record Inviting(InviteUsageId inviteUsage, MsrpSessionId msrpSession, LocalEndpoint local, Instant giveUpAt)
            implements MemberLeg {}

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
            implements MemberLeg {}

    /**
     * Messages flow.
     *
     * @param keepAt when this is saved anew, so that the memory of a quiet room does not run out
     */
    record Open(
            InviteUsageId inviteUsage,
            MsrpSessionId msrpSession,
            LocalEndpoint local,
            FarEnd far,
            Optional<Move> move,
            Instant keepAt)
            implements MemberLeg {}

    /**
     * The connection was lost: the dialog goes on, and a re-INVITE offers a fresh session in it.
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
            implements MemberLeg {}

    /** A re-INVITE moved their end: a fresh session of ours is being made for it. */
    record Move(MsrpSessionId msrpSession, SipTransactionId transaction, FarEnd far) {}

    /**
     * What our INVITE is to replace.
     *
     * @param usage the talk's, where the client knows Replaces
     * @param headers those that name a dialog of others
     */
    record Replacement(Optional<InviteUsageId> usage, Map<String, String> headers) {
        public Replacement {
            headers = Map.copyOf(headers);
        }
    }

    /** When this state ends by itself; absent where it may last. */
    default Optional<Instant> deadline() {
        return switch (this) {
            case Away s -> Optional.empty();
            case Answering s -> Optional.of(s.giveUpAt());
            case Offering s -> Optional.of(s.giveUpAt());
            case Inviting s -> Optional.of(s.giveUpAt());
            case Connecting s -> Optional.of(s.giveUpAt());
            case Open s -> Optional.of(s.keepAt());
            case Rebuilding s -> Optional.of(s.giveUpAt());
        };
    }

    default Optional<InviteUsageId> usage() {
        return switch (this) {
            case Away s -> Optional.empty();
            case Offering s -> Optional.empty();
            case Answering s -> Optional.of(s.inviteUsage());
            case Inviting s -> Optional.of(s.inviteUsage());
            case Connecting s -> Optional.of(s.inviteUsage());
            case Open s -> Optional.of(s.inviteUsage());
            case Rebuilding s -> Optional.of(s.inviteUsage());
        };
    }

    default Optional<MsrpSessionId> session() {
        return switch (this) {
            case Away s -> Optional.empty();
            case Answering s -> Optional.of(s.msrpSession());
            case Offering s -> Optional.of(s.msrpSession());
            case Inviting s -> Optional.of(s.msrpSession());
            case Connecting s -> Optional.of(s.msrpSession());
            case Open s -> Optional.of(s.msrpSession());
            case Rebuilding s -> Optional.of(s.msrpSession());
        };
    }
}
