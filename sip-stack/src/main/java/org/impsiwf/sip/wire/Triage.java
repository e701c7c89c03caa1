package org.impsiwf.sip.wire;

/**
 * What becomes of a received message before it is parsed. The stack's parser is more lenient than it may be with some
 * messages and gives up on others; this decides by RFC 3261 and RFC 4475, and makes every answer an ordinary one.
 */
public sealed interface Triage {

    /** To be parsed: the message, repaired where the sender's meaning is plain. */
    record Take(byte[] message) implements Triage {}

    /** To be answered: a small well-formed request with the Via, From, To, Call-ID and CSeq of the received one. */
    record Refuse(byte[] message, Refusal refusal) implements Triage {}

    /** Not worth an answer: a response or an ACK that is malformed, or no SIP at all. */
    record Drop(String why) implements Triage {}

    /**
     * The answer to a malformed request.
     *
     * @param endsConnection on a stream the end of the message is unknown, so nothing after it can be understood
     */
    record Refusal(int status, String reason, boolean endsConnection) {}

    /**
     * Looks at a message.
     *
     * @param datagram whether it came whole, with its body; on a stream it is the head alone
     */
    static Triage of(byte[] message, boolean datagram) {
        var head = Head.read(message);
        if (head.isBlank()) {
            return new Take(message); // a keep-alive (RFC 5626 §4.4), which the stack answers
        }
        return head.isResponse()
                ? ResponseCheck.check(head, message)
                : new RequestCheck(head, message, datagram).check();
    }

    /** For the head of a message on a stream that is longer than what is read: its rest is not skipped but cut off. */
    static Triage tooLong(byte[] message) {
        var head = Head.read(message);
        return head.isResponse()
                ? new Drop("response over the size limit")
                : RefusedRequest.of(head, new Refusal(513, "Message Too Large", true), false);
    }

    /** For a message that {@link #of} took but the parser cannot read. */
    static Triage unreadable(byte[] message, boolean datagram) {
        var head = Head.read(message);
        return head.isResponse()
                ? new Drop("unreadable response")
                : RefusedRequest.of(head, new Refusal(400, "Malformed Message", false), datagram);
    }
}
