package org.impsiwf.testkit.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One datagram is one message. */
final class UdpWire implements SipWire {
    private static final Logger LOG = LoggerFactory.getLogger(UdpWire.class);

    private final DatagramSocket socket;
    private final Arrivals arrivals;

    UdpWire(InetAddress address, Arrivals arrivals) throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(address, 0));
        socket.setReceiveBufferSize(1 << 20);
        this.arrivals = arrivals;
        Thread.ofVirtual().name("testkit-udp").start(this::receive);
    }

    @Override
    public void send(byte[] bytes, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    @Override
    public InetSocketAddress local() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void receive() {
        byte[] buffer = new byte[65_535];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                InetSocketAddress from = (InetSocketAddress) packet.getSocketAddress();
                arrivals.arrived(Arrays.copyOf(buffer, packet.getLength()), bytes -> send(bytes, from));
            } catch (SocketException e) {
                LOG.debug("datagram socket: {}", e.toString());
            } catch (IOException e) {
                LOG.warn("datagram lost: {}", e.toString());
            }
        }
    }
}
