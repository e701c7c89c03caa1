package org.impsiwf.gateway.runtime;

import java.util.List;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.ssp.event.TransactionRef;

/** Where the states of mailboxes are, and which node works on each. */
interface Seats extends AutoCloseable {

    /** From now on other nodes may ask for something; orders can be carried out. */
    void open();

    /** A response has left this node in that transaction of a peer. */
    void answered(TransactionRef transaction);

    /**
     * Decides an event, saves, and carries the orders of what was saved out; or hands it to the node whose mailbox it is. For one
     * mailbox at a time: {@link Mailboxes} sees to that.
     */
    void handle(MailboxKey key, Event event);

    /** Begins to hand the mailboxes of this node to others; false when there is nobody to take them. */
    boolean leave();

    /** The mailboxes that this node works on. */
    List<MailboxKey> keys();

    /** Live states in the store, for metrics and leak tests. */
    long states();

    /** Armed deadlines, for leak tests. */
    long deadlines();

    @Override
    void close();
}
