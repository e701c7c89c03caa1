package org.impsiwf.gateway;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for processes that have to be found in the same place again, or have to know each other before they start. */
public final class FreePorts {

    /** Below those that a system gives to connections and to who asks for any port: nobody takes one by chance. */
    private static final int FIRST = 10_240;

    private static final int END = 32_768;

    /** Maven runs the tests in two JVMs, numbered from 1, which must not choose the same ports: one has the odd ones. */
    private static final int JVM = Integer.getInteger("iwf.test-jvm", 1);

    private static final Set<Integer> CHOSEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** So many ports of 127.0.0.1 that nobody has, neither with TCP nor with UDP; never the same one twice. */
    public static int[] choose(int count) {
        return ThreadLocalRandom.current()
                .ints(FIRST, END)
                .filter(port -> port % 2 == JVM % 2)
                .filter(FreePorts::isFree)
                .filter(CHOSEN::add)
                .limit(count)
                .toArray();
    }

    private static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            tcp.bind(address);
            udp.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
