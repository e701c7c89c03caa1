package org.impsiwf.msrp.session;

/** What a message on its way out consists of: there as a whole, or still coming in. Its connection's thread. */
interface OutgoingContent {

    /** Content-Type value with its parameters. */
    String contentType();

    /** Octets of the whole, or {@link org.impsiwf.msrp.message.ByteRange#UNKNOWN}. */
    long total();

    /** Octets that wait in memory for this message alone. */
    int held();

    /** How many octets from that position on can be written now. */
    int ready(long from);

    /** Whether the message ends at that position. */
    boolean endsAt(long position);

    /** Hands over octets that are ready. */
    void read(long from, int length, Octets to);

    /** Whether these octets stand among those that are ready from that position on. */
    boolean contains(byte[] wanted, long from);

    /** Where octets go. */
    @FunctionalInterface
    interface Octets {
        /** They are not written to any more. */
        void next(byte[] bytes, int from, int length);
    }
}
