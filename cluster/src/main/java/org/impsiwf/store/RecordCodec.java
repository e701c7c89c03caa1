package org.impsiwf.store;

import org.impsiwf.store.codec.JsonRecordCodec;

/**
 * The serialised form of a record: what another node, or the next release, reads. Unknown components are skipped,
 * missing ones take their empty value, sealed types carry the simple name of the record. Safe from any thread.
 */
public interface RecordCodec<V> {

    /**
     * The codec of a record or of a sealed interface of records.
     *
     * @throws IllegalStateException naming the component whose type cannot be kept
     */
    static <V> RecordCodec<V> of(Class<V> type) {
        return new JsonRecordCodec<>(type);
    }

    byte[] encode(V value);

    /** @throws org.impsiwf.store.codec.UnreadableRecordException naming the component that is missing or wrong */
    default V decode(byte[] bytes) {
        return decode(bytes, () -> {});
    }

    /**
     * As {@link #decode(byte[])}.
     *
     * @param unknown is run when there are components that this release does not know
     */
    V decode(byte[] bytes, Runnable unknown);

    /**
     * The form of a value that takes the place of another, with the components of that one that this release does not know:
     * so a node of the previous release changes what the next one saved, and loses nothing of it. An element of a list
     * or set that was itself changed keeps them if the list has as many elements as before.
     *
     * @param before what {@link #decode(byte[], Runnable)} read
     */
    byte[] encodeOver(V value, byte[] before);
}
