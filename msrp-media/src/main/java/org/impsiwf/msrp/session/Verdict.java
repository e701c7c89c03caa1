package org.impsiwf.msrp.session;

import org.impsiwf.msrp.event.MsrpContent;

/** What is to become of a SEND that belongs to the session. */
public sealed interface Verdict {

    /** The chunk is put by: 200. */
    record Noted() implements Verdict {}

    /** A portion of a chunk: nothing to say before its end. */
    record Unfinished() implements Verdict {}

    record Refused(int status, String why) implements Verdict {}

    /** The message is whole: to be handed over; the response waits for what becomes of it. */
    record Whole(MsrpContent content) implements Verdict {}

    /** The message came before and was accepted: 200, and not again. */
    record Repeated() implements Verdict {}

    /** The message came before and waits for its answer; this request gets the same one. */
    record RepeatedEarly() implements Verdict {}

    /**
     * A large message has begun, which somebody has to decide about: collected, relayed or refused. This chunk's response waits for
     * that.
     *
     * @param head what has come as far as it is CPIM headers and their end; empty when the message is no CPIM
     * @param total octets of the whole, or {@link org.impsiwf.msrp.message.ByteRange#UNKNOWN}
     */
    record Begun(MsrpContent head, long total) implements Verdict {}

    /** The chunk is put by, and its response waits for what is decided about its message. */
    record Held() implements Verdict {}

    /** The next octets of a message that is relayed. */
    record Passed(byte[] octets) implements Verdict {}

    /** The sender gives up a message that is relayed, or was not decided about: 200. */
    record BrokenOff() implements Verdict {}
}
