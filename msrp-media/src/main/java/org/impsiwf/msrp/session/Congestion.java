package org.impsiwf.msrp.session;

/**
 * Whether a member of a chat room takes what is said there too slowly (RFC 7701 §6.4). Once 80 % of what may wait for it do wait, it
 * is congested and gets nothing more, until half of that has gone: a member at the mark does not get every other message.
 * Its session's mailbox.
 */
public final class Congestion {
    private static final int MARK_PERCENT = 80;

    private final int mostMessages;
    private final long mostBytes;
    private boolean congested;

    /**
     * @param mostMessages that may wait for the far end or its answers
     * @param mostBytes the same in bytes of content
     */
    public Congestion(int mostMessages, long mostBytes) {
        this.mostMessages = Math.max(1, mostMessages * MARK_PERCENT / 100);
        this.mostBytes = mostBytes * MARK_PERCENT / 100;
    }

    /**
     * Whether one more message may wait. A message alone may be of any size that the other limits allow.
     *
     * @param waiting messages that wait already
     * @param waitingBytes their bytes
     * @param size of the one more
     */
    public boolean admits(int waiting, long waitingBytes, int size) {
        if (congested && waiting <= mostMessages / 2 && waitingBytes <= mostBytes / 2) {
            congested = false;
        }
        if (!congested && waiting > 0 && (waiting >= mostMessages || waitingBytes + size > mostBytes)) {
            congested = true;
        }
        return !congested;
    }

    public boolean isCongested() {
        return congested;
    }
}
