package org.impsiwf.msrp.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What the MSRP side is told to do. A repeat with the same ids does nothing. */
public sealed interface MsrpCommand {

    MsrpSessionId session();

    /**
     * Makes a session with an unguessable URI and gets ready to be connected to.
     *
     * @param acceptTypes what our SDP offers in {@code a=accept-types}; other messages get 415 at the edge. Empty: all are taken
     * @param acceptWrappedTypes what it offers in {@code a=accept-wrapped-types}
     * @param farHost address of the far end where it is known: the local path is then of the same address family
     * @param relay a relay of ours that messages pass (RFC 4976); the local path then leads through it
     * @param chatroom whether it is a member's session with our MSRP switch (RFC 7701): NICKNAME is told instead of refused, and
     *     while too much waits for its slow far end further messages are refused at once, with 408
     */
    record PrepareSession(
            MsrpSessionId session,
            boolean secure,
            List<String> acceptTypes,
            List<String> acceptWrappedTypes,
            Optional<String> farHost,
            Optional<RelayAccess> relay,
            boolean chatroom)
            implements MsrpCommand {
        /** Takes every type, needs no relay. */
        public PrepareSession(MsrpSessionId session, boolean secure) {
            this(session, secure, List.of(), List.of(), Optional.empty(), Optional.empty(), false);
        }

        public PrepareSession(
                MsrpSessionId session, boolean secure, List<String> acceptTypes, List<String> acceptWrappedTypes) {
            this(session, secure, acceptTypes, acceptWrappedTypes, Optional.empty(), Optional.empty(), false);
        }

        /** No chat room. */
        public PrepareSession(
                MsrpSessionId session,
                boolean secure,
                List<String> acceptTypes,
                List<String> acceptWrappedTypes,
                Optional<String> farHost,
                Optional<RelayAccess> relay) {
            this(session, secure, acceptTypes, acceptWrappedTypes, farHost, relay, false);
        }
    }

    /**
     * Binds the session to the far end once its SDP is known.
     *
     * @param active whether we open the connection (RFC 6135)
     * @param remotePath the far end's {@code a=path}, first URI first
     * @param connectTo host and port of its {@code c=} and {@code m=} lines where they rule instead of the path (RFC 6714)
     * @param acceptTypes what the far end takes
     * @param maxSize the far end's {@code a=max-size}
     */
    record ConnectSession(
            MsrpSessionId session,
            boolean active,
            List<String> remotePath,
            Optional<HostPort> connectTo,
            List<String> acceptTypes,
            OptionalLong maxSize,
            Optional<String> fingerprint)
            implements MsrpCommand {}

    /**
     * Sends a message in as many chunks as it takes. Kept until the session is connected.
     *
     * @param messageId an {@code ident} of RFC 4975 §9: 4 to 32 letters, digits or {@code .-+%=}; anything else is refused with 400
     */
    record SendMessage(
            MsrpSessionId session,
            String messageId,
            MsrpContent content,
            SuccessReport successReport,
            FailureReport failureReport)
            implements MsrpCommand {}

    /** What becomes of a large message that has begun ({@link MsrpEvent.MessageBegun}), unless it is refused. */
    sealed interface OfLargeMessage extends MsrpCommand {
        ExchangeId exchange();
    }

    /**
     * Passes a message on to others of this endpoint while it comes in. It begins to flow when all of them
     * are named by {@link AddRecipient}, before or after this, or after a while without those who are not; to none it goes nowhere.
     *
     * @param head what the recipients get instead of the CPIM headers
     * @param recipients how many {@link AddRecipient} there are
     */
    record RelayMessage(MsrpSessionId session, ExchangeId exchange, MsrpContent head, int recipients)
            implements OfLargeMessage {}

    /**
     * Somebody to whom a message goes that is relayed.
     *
     * @param session of the sender
     * @param recipient absent for one who gets nothing of it
     * @param missed whether such a one should have got it, and did not choose to go without
     */
    record AddRecipient(MsrpSessionId session, ExchangeId exchange, Optional<Recipient> recipient, boolean missed)
            implements OfLargeMessage {}

    /**
     * @param session of the recipient, whose failure to take all of it is told in {@link MsrpEvent.RelayedMessageMissed}
     * @param messageId of the message in that session, as in {@link SendMessage}
     */
    record Recipient(MsrpSessionId session, String messageId) {}

    /** Collects a large message as any other, within the limit that these have. */
    record CollectMessage(MsrpSessionId session, ExchangeId exchange) implements OfLargeMessage {}

    /** The response to the last chunk of a message that waits: 200, or why not. */
    record AnswerMessage(MsrpSessionId session, ExchangeId exchange, int status, Optional<String> comment)
            implements MsrpCommand {}

    /** The response to a NICKNAME: 200, or 424 or 425 (RFC 7701 §7). */
    record AnswerNickname(MsrpSessionId session, ExchangeId exchange, int status, Optional<String> comment)
            implements MsrpCommand {}

    /** Sends a REPORT about a whole message of the far end; the edge leaves it out where the message did not ask for it. */
    record SendReport(MsrpSessionId session, String messageId, int status, Optional<String> comment)
            implements MsrpCommand {}

    /** Ends the session; the connection closes when no other session uses it. */
    record CloseSession(MsrpSessionId session) implements MsrpCommand {}

    /** A relay that acts for us, and what we prove to it with AUTH (RFC 4976 §5.1). */
    record RelayAccess(String uri, String user, String password) {
        @Override
        public String toString() {
            return uri + " as " + user;
        }
    }

    record HostPort(String host, int port) {}
}
