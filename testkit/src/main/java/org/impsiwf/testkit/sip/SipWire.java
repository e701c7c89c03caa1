package org.impsiwf.testkit.sip;

import java.io.IOException;
import java.net.InetSocketAddress;

/** Where a user agent's messages leave and arrive. */
interface SipWire extends AutoCloseable {

    /** How to answer on the way that a message came. */
    @FunctionalInterface
    interface Back {
        void send(byte[] bytes) throws IOException;
    }

    /** Takes the bytes of one message; called on the wire's own threads. */
    @FunctionalInterface
    interface Arrivals {
        void arrived(byte[] message, Back back);
    }

    void send(byte[] bytes, InetSocketAddress to) throws IOException;

    /** Where others reach us. */
    InetSocketAddress local();

    @Override
    void close();
}
