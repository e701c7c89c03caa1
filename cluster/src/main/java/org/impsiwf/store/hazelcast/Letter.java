package org.impsiwf.store.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;

/** One letter on its way to an office of another member. */
final class Letter implements Callable<byte[]>, HazelcastInstanceAware, IdentifiedDataSerializable {

    static final int CLASS_ID = 2;

    private String from;
    private String office;
    private byte[] content;
    private HazelcastInstance receiver;

    Letter() {}

    Letter(String from, String office, byte[] content) {
        this.from = from;
        this.office = office;
        this.content = content;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        receiver = instance;
    }

    @Override
    public byte[] call() {
        return ((Offices) receiver.getUserContext().get(Offices.KEY)).take(from, office, content);
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
        out.writeString(from);
        out.writeString(office);
        out.writeByteArray(content);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        from = in.readString();
        office = in.readString();
        content = in.readByteArray();
    }
}
