package org.impsiwf.store.hazelcast;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.impsiwf.store.Store;

/**
 * What is kept in a map: version, end of life and the saver's mark in front of the record's own bytes. The end of life is
 * in here because Hazelcast counts it in whole seconds; the mark tells a repeat of one save from an equal save of another.
 */
final class Envelope {

    private static final int HEADER = 3 * Long.BYTES;

    private Envelope() {}

    static byte[] seal(long version, long expiresAtMillis, long mark, byte[] content) {
        return ByteBuffer.allocate(HEADER + content.length)
                .putLong(version)
                .putLong(expiresAtMillis)
                .putLong(mark)
                .put(content)
                .array();
    }

    /** {@link Store#ABSENT} when there is none or its time has run out. */
    static long version(byte[] envelope, long nowMillis) {
        if (envelope == null) {
            return Store.ABSENT;
        }
        ByteBuffer header = ByteBuffer.wrap(envelope);
        long version = header.getLong();
        return header.getLong() > nowMillis ? version : Store.ABSENT;
    }

    static byte[] content(byte[] envelope) {
        return Arrays.copyOfRange(envelope, HEADER, envelope.length);
    }
}
