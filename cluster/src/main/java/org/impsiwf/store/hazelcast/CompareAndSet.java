package org.impsiwf.store.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One save or removal, carried out by the owner of the entry's partition and then by its backup. Travels by factory and
 * class id, so a node of another release can run it as long as {@link #readData} reads what it sends.
 */
final class CompareAndSet implements EntryProcessor<String, byte[], Boolean>, IdentifiedDataSerializable {

    private static final long serialVersionUID = 1L;

    static final int CLASS_ID = 1;

    private long expectedVersion;
    private long nowMillis;
    private byte[] next;
    private long timeToLiveSeconds;

    CompareAndSet() {}

    /** @param timeToLiveSeconds when Hazelcast may forget the entry; not before the end of life in the envelope */
    static CompareAndSet save(long expectedVersion, long nowMillis, byte[] next, long timeToLiveSeconds) {
        var save = remove(expectedVersion, nowMillis);
        save.next = next;
        save.timeToLiveSeconds = timeToLiveSeconds;
        return save;
    }

    static CompareAndSet remove(long expectedVersion, long nowMillis) {
        var remove = new CompareAndSet();
        remove.expectedVersion = expectedVersion;
        remove.nowMillis = nowMillis;
        return remove;
    }

    @Override
    public Boolean process(Map.Entry<String, byte[]> entry) {
        byte[] current = entry.getValue();
        // An operation is repeated whose answer was lost, or which no backup acknowledged: it was this very save. It is
        // made again, since only a change goes to the backup.
        boolean repeated = next != null && Arrays.equals(current, next);
        if (!repeated && Envelope.version(current, nowMillis) != expectedVersion) {
            return false;
        }
        if (next == null) {
            entry.setValue(null);
        } else {
            ((ExtendedMapEntry<String, byte[]>) entry).setValue(next, timeToLiveSeconds, TimeUnit.SECONDS);
        }
        return true;
    }

    @Override
    public int getFactoryId() {
        return Travelling.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return CLASS_ID;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(expectedVersion);
        out.writeLong(nowMillis);
        out.writeLong(timeToLiveSeconds);
        out.writeByteArray(next);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        expectedVersion = in.readLong();
        nowMillis = in.readLong();
        timeToLiveSeconds = in.readLong();
        next = in.readByteArray();
    }
}
