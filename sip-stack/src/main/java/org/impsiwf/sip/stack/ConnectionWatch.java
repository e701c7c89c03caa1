package org.impsiwf.sip.stack;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.util.function.Supplier;

/**
 * What one connection does, seen from the side: a blocking socket has no end for a write of its own, so somebody else looks
 * at the clock. Any thread.
 */
final class ConnectionWatch {

    private final Closeable connection;
    private final Supplier<SocketAddress> peer;
    private final Supplier<SocketAddress> local;
    private InputStream in;
    private OutputStream out;
    private volatile long writingSince;
    private volatile long lastUsed = System.nanoTime();

    ConnectionWatch(Closeable connection, Supplier<SocketAddress> peer, Supplier<SocketAddress> local) {
        this.connection = connection;
        this.peer = peer;
        this.local = local;
    }

    /** Always the same stream: JAIN-SIP locks on it. */
    synchronized InputStream watched(InputStream raw) {
        if (in == null) {
            in = new FilterInputStream(raw) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int read = raw.read(bytes, offset, length);
                    lastUsed = System.nanoTime();
                    return read;
                }
            };
        }
        return in;
    }

    /** Always the same stream: JAIN-SIP locks on it. */
    synchronized OutputStream watched(OutputStream raw) {
        if (out == null) {
            out = new FilterOutputStream(raw) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    writingSince = System.nanoTime() | 1;
                    try {
                        raw.write(bytes, offset, length);
                    } finally {
                        writingSince = 0;
                        lastUsed = System.nanoTime();
                    }
                }
            };
        }
        return out;
    }

    boolean isWritingLongerThan(long nanos) {
        long since = writingSince;
        return since != 0 && System.nanoTime() - since > nanos;
    }

    long idleNanos() {
        return System.nanoTime() - lastUsed;
    }

    SocketAddress peer() {
        return peer.get();
    }

    /** Our end of it. */
    SocketAddress local() {
        return local.get();
    }

    void close() throws IOException {
        connection.close();
    }
}
