package org.impsiwf.ssp.server;

import java.util.Locale;

/** What the SSP server counts. */
public enum Counted {
    /** HTTP bodies with an SSP message, either way. */
    MESSAGE_SENT,
    MESSAGE_RECEIVED,
    /** Not an SSP message: not well-formed, or another root. */
    MESSAGE_MALFORMED,
    /** For no session that we know. */
    SESSION_UNKNOWN,
    REQUEST_SENT,
    REQUEST_REPEATED,
    REQUEST_ANSWERED,
    /** Answered with a status of 400 or more. */
    REQUEST_REFUSED,
    REQUEST_UNANSWERED,
    REQUEST_UNSENT,
    REQUEST_OVERLOAD,
    /** Not sent: its service is not agreed with the peer. */
    REQUEST_NOT_AGREED,
    TRANSACTION_RECEIVED,
    TRANSACTION_ANSWERED,
    /** Dropped, to be repeated: the peer takes our answers more slowly than it asks. */
    TRANSACTION_OVERLOAD,
    /** Executed already, or being executed. */
    TRANSACTION_DUPLICATE,
    /** Refused by us: wrong in itself, or in what it claims. */
    TRANSACTION_REFUSED,
    /** Nobody answered in time, so we said 504. */
    TRANSACTION_TIMED_OUT,
    /** An answer that matches nothing that is open: late, doubled, or of another id. */
    ANSWER_UNEXPECTED,
    /** SSP 6.2: a transaction keeps to its connection pair. */
    ANSWER_OVER_ANOTHER_PAIR,
    /** An answer of ours that nothing waits for any more. */
    ANSWER_TOO_LATE,
    /** An answer that breaks the rules. */
    ANSWER_UNUSABLE,
    ELEMENT_UNKNOWN,
    LOGIN_STARTED,
    LOGIN_FAILED,
    LOGIN_REFUSED,
    SESSION_OPENED,
    /** It goes on here, with the same ids, after another node. */
    SESSION_TAKEN_OVER,
    SESSION_ENDED,
    CONNECTION_ACCEPTED,
    CONNECTION_OPENED,
    POST_REFUSED,
    /** A right answer of a user to a system message of ours. */
    SYSTEM_MESSAGE_ANSWERED;

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As metrics name it, {@code like-this}. */
    public String label() {
        return label;
    }
}
