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
    V decode(byte[] bytes);
}
