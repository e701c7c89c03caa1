package org.impsiwf.store.hazelcast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Starts members of a cluster of their own, in this JVM, on free loopback ports. */
final class Members {

    private Members() {}

    static List<HazelcastStores> start(int count) {
        return settings(count).stream().map(HazelcastStores::join).toList();
    }

    static List<HazelcastSettings> settings(int count) {
        String cluster = "test-" + UUID.randomUUID();
        List<InetSocketAddress> addresses = freeAddresses(count);
        List<String> members = addresses.stream()
                .map(a -> a.getAddress().getHostAddress() + ":" + a.getPort())
                .toList();
        return addresses.stream()
                .map(address -> HazelcastSettings.of(cluster, address, members))
                .toList();
    }

    /** {@code host:port} of members that may be started. */
    static List<String> addresses(int count) {
        return freeAddresses(count).stream()
                .map(a -> a.getAddress().getHostAddress() + ":" + a.getPort())
                .toList();
    }

    /** Kept open together, so that they differ. */
    private static List<InetSocketAddress> freeAddresses(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                addresses.add(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()));
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return addresses;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
