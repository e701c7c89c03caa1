package org.impsiwf.ssp.transport;

/** What the HTTP edge counts; implementations are safe from any thread and cheap. */
public interface TransportCounters {

    /** Counts nothing. */
    TransportCounters NONE = new TransportCounters() {};

    default void connectionAccepted() {}

    default void connectionOpened() {}

    /** A POST was refused with this HTTP status, or with 0 by closing the connection without an answer. */
    default void postRefused(int status) {}

    default void posted(int bytes) {}

    default void received(int bytes) {}
}
