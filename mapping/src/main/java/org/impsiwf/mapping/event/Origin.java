package org.impsiwf.mapping.event;

import org.impsiwf.ssp.event.TransactionRef;

/** To whom the result of a message for a SIP user is owed. */
public sealed interface Origin {

    /** To the peer, in the transaction that brought the message. */
    record InTransaction(TransactionRef transaction) implements Origin {}

    /** To the submission that this message is one recipient's share of. */
    record InSubmission(String mailbox, int index) implements Origin {}
}
