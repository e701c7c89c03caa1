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
}
