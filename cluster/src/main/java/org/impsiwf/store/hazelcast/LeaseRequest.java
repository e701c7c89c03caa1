package org.impsiwf.store.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * Asks another member whether it still has the asking node for a member. The answer is {@link #REFUSED}, or how often the
 * asked node has come back from another half of the cluster.
 */
final class LeaseRequest implements Callable<Integer>, HazelcastInstanceAware, IdentifiedDataSerializable {

    static final int CLASS_ID = 3;
    static final int REFUSED = -1;

    private String asking;
    private HazelcastInstance asked;

    LeaseRequest() {}

    LeaseRequest(String asking) {
        this.asking = asking;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance instance) {
        asked = instance;
    }

    @Override
    public Integer call() {
        return asked.getUserContext().get(HazelcastNodes.KEY) instanceof HazelcastNodes nodes && nodes.grants(asking)
                ? nodes.merges()
                : REFUSED;
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
        out.writeString(asking);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        asking = in.readString();
    }
}
