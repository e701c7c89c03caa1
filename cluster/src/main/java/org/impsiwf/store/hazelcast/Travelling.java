package org.impsiwf.store.hazelcast;

import com.hazelcast.nio.serialization.DataSerializableFactory;

/** What travels between members: each kind by its number, which never changes, so members of two releases understand each other. */
final class Travelling {

    static final int FACTORY_ID = 4975;

    private Travelling() {}

    static DataSerializableFactory factory() {
        return classId -> switch (classId) {
            case CompareAndSet.CLASS_ID -> new CompareAndSet();
            case Letter.CLASS_ID -> new Letter();
            case LeaseRequest.CLASS_ID -> new LeaseRequest();
            default -> null;
        };
    }
}
