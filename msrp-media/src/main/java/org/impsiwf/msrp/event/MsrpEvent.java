package org.impsiwf.msrp.event;

import java.util.Optional;
import java.util.OptionalLong;

/** What happened on the MSRP side, one session's events in order. */
public sealed interface MsrpEvent {

    MsrpSessionId session();

    /** The session has a local path; it may go into SDP. */
    record SessionPrepared(MsrpSessionId session, LocalEndpoint local) implements MsrpEvent {}

    /** A connection is bound to the session: messages can flow both ways. */
    record SessionConnected(MsrpSessionId session) implements MsrpEvent {}

    /** The connection could not be made in time, or was lost. Messages without an answer yet are listed one by one before this. */
    record SessionFailed(MsrpSessionId session, String cause) implements MsrpEvent {}

    /**
     * A whole message, all chunks together. It waits for {@link MsrpCommand.AnswerMessage}; earlier chunks were acknowledged
     * as they came. Bodiless SENDs, repeats of a Message-ID and refused types never get here.
     */
    record MessageReceived(
            MsrpSessionId session,
            ExchangeId exchange,
            String messageId,
            MsrpContent content,
            SuccessReport successReport,
            FailureReport failureReport)
            implements MsrpEvent {}

    /** What there is to tell of messages that are too large to be collected; in chat rooms only. */
    sealed interface OfLargeMessage extends MsrpEvent {}

    /**
     * A large message of a member of a chat room has begun (RFC 7701 §6.1). It waits for {@link MsrpCommand.RelayMessage}, {@link
     * MsrpCommand.CollectMessage} or, where it is refused, {@link MsrpCommand.AnswerMessage}; nothing further is read of it until then.
     *
     * @param head the CPIM headers, the content's among them, up to the empty line that ends them; no octets when it is no CPIM
     * @param size octets of the whole with its headers, where the far end says so
     */
    record MessageBegun(
            MsrpSessionId session,
            ExchangeId exchange,
            String messageId,
            MsrpContent head,
            OptionalLong size,
            SuccessReport successReport,
            FailureReport failureReport)
            implements OfLargeMessage {}

    /**
     * What became of a message that was relayed; it waits for {@link MsrpCommand.AnswerMessage}. It may come before the last chunk, when
     * nobody is left who takes the message.
     *
     * @param taken how many recipients have taken all of it
     * @param missed how many should have and have not; who takes no such message at all is not among them
     */
    record MessageRelayed(
            MsrpSessionId session,
            ExchangeId exchange,
            String messageId,
            SuccessReport successReport,
            int taken,
            int missed)
            implements OfLargeMessage {}

    /**
     * NICKNAME (RFC 7701 §7); it waits for {@link MsrpCommand.AnswerNickname}.
     *
     * @param nickname empty when the far end gives its nickname up; 1023 octets at most: what is longer, or not in the form that the
     *     RFC gives, has been answered with 424 at the edge
     */
    record NicknameReceived(MsrpSessionId session, ExchangeId exchange, Optional<String> nickname)
            implements MsrpEvent {}

    /** Every chunk of our message was answered with 200, or was flushed where Failure-Report is {@code no}. */
    record MessageAccepted(MsrpSessionId session, String messageId) implements MsrpEvent {}

    /**
     * A message that was relayed into this session did not get there as a whole, and is given up.
     *
     * @param status 408 when the far end was too slow, or its connection was lost, or never was there; else its refusal
     */
    record RelayedMessageMissed(MsrpSessionId session, String messageId, int status) implements OfLargeMessage {}

    /** Our message was refused, not answered within 30 s (408), or its connection was lost (also 408). */
    record MessageRefused(MsrpSessionId session, String messageId, int status) implements MsrpEvent {}

    /** A REPORT for a message of ours, for the whole of it. {@code status} is the code after the 000 namespace. */
    record ReportReceived(MsrpSessionId session, String messageId, int status, Optional<String> comment)
            implements MsrpEvent {}

    /**
     * What SDP needs to know of our end.
     *
     * @param path our {@code a=path}: our MSRP URI, after those of our relays where there are some
     * @param fingerprint of our certificate, where the session is secure
     */
    record LocalEndpoint(String path, String host, int port, boolean secure, Optional<String> fingerprint) {}
}
