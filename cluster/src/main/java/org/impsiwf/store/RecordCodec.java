package org.impsiwf.store;

/**
 * The serialised form of a record: what another node, or the next release, reads. Unknown components are skipped,
 * missing ones take their empty value, sealed types carry the simple name of the record.
 */
public interface RecordCodec<V> {

    byte[] encode(V value);

    V decode(byte[] bytes);
}
