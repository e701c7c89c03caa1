package org.impsiwf.bench;

import java.lang.management.ManagementFactory;

/** Bytes of heap that something still refers to. */
final class UsedHeap {

    private static final int COLLECTIONS = 3;

    private UsedHeap() {}

    static long afterCollection() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
