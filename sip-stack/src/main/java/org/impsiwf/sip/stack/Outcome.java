package org.impsiwf.sip.stack;

/** What became of a request of ours at one hop. */
sealed interface Outcome {

    /** A final response. */
    record Answered(ReceivedResponse response) implements Outcome {}

    /** No final response within the transaction's time. */
    record TimedOut() implements Outcome {}

    /** It could not be sent, or its connection broke. */
    record Unreachable(String cause) implements Outcome {}

    /** It cannot be written as a SIP message. */
    record Unsayable(String cause) implements Outcome {}
}
