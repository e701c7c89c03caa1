package org.impsiwf.mapping.extension;

import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;

/** What can happen to an attempt. */
sealed interface Happening {

    /** The initiator has given up (CANCEL, BYE before the answer), or the INVITE's transaction is over. */
    record InitiatorLeft(SipEvent.OfUsage event) implements Happening {}

    /** A talk has said whether it is meant. */
    record TalkAnswered(String talk, boolean meant, boolean busy) implements Happening {}

    /** The IMPS user has left the talk. */
    record PartnerLeft(String talk) implements Happening {}

    /** A request of ours is answered, or never will be; an SSP status code. {@code certain} is false when the peer may have acted. */
    record Answered(SspRequestId request, int code, boolean certain) implements Happening {}

    /** The outcome of the extension (SSP 16.2.13). */
    record Extended(TransactionRef transaction, ExtendConversationResponse response) implements Happening {}

    /** The participation has the entry that was agreed. */
    record EntryTaken() implements Happening {}

    /** The gateway stops. */
    record Stopping() implements Happening {}

    /** Another node goes on with it. */
    record TakenOver() implements Happening {}

    /** The deadline of the stage has come. */
    record TimeUp() implements Happening {}
}
