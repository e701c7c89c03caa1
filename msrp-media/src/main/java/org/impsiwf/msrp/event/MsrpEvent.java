package org.impsiwf.msrp.event;

import java.util.Optional;

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
