package org.impsiwf.sip.stack;

import gov.nist.javax.sip.stack.DatagramQueuedMessageDispatch;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import gov.nist.javax.sip.stack.UDPMessageProcessor;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads datagrams in place of JAIN-SIP's own loop, which keeps a full-size buffer per datagram in a queue without end and
 * whose parsing threads die of the first {@link StackOverflowError}.
 */
final class DatagramReader extends UDPMessageProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramReader.class);
    private static final int MAX_DATAGRAM = 65_535;

    /** Longer than T1, after which a client repeats its request. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final String LOST = "sip.datagram-lost";

    private final SipLimits limits;
    private final SipCounters counters;

    @SuppressWarnings("JdkObsolete") // JAIN-SIP's field is a LinkedList
    DatagramReader(InetAddress address, SIPTransactionStack stack, int port, SipLimits limits, SipCounters counters)
            throws IOException {
        super(address, stack, port);
        this.limits = limits;
        this.counters = counters;
        this.messageQueue = new WaitingDatagrams(
                limits.maxQueuedDatagrams(),
                LONGEST_WAIT,
                DatagramReader::millis,
                () -> counters.count(LOST, "too late"));
        this.messageChannels = new LinkedList<Parser>();
    }

    @Override
    @SuppressWarnings("unchecked") // JAIN-SIP's own list has no type
    public void run() {
        for (int i = 0; i < limits.readerThreads(); i++) {
            messageChannels.add(new Parser(getSIPStack(), this, "sip-udp-" + getPort() + "-" + i));
        }
        byte[] buffer = new byte[MAX_DATAGRAM];
        while (isRunning) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                sock.receive(packet);
                packet.setData(Arrays.copyOf(buffer, packet.getLength()));
                if (!messageQueue.offer(new DatagramQueuedMessageDispatch(packet, millis()))) {
                    counters.count(LOST, "too many");
                }
            } catch (IOException e) {
                if (isRunning) {
                    LOG.warn("could not read a datagram: {}", e.toString());
                }
            }
        }
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void stop() {
        isRunning = false;
        sock.close();
        // A parser waits in take(); an empty datagram wakes each, and each then sees that all is over.
        messageQueue.clear();
        for (int i = 0; i < limits.readerThreads(); i++) {
            var nothing = new DatagramPacket(new byte[0], 0);
            messageQueue.offer(new DatagramQueuedMessageDispatch(nothing, 0));
        }
    }

    /** A parsing thread that survives what a message does to it. */
    private static final class Parser extends UDPMessageChannel {

        Parser(SIPTransactionStack stack, UDPMessageProcessor reader, String name) {
            super(stack, reader, name);
        }

        @Override
        public void run() {
            boolean again = true;
            while (again) {
                try {
                    super.run();
                    again = false;
                } catch (StackOverflowError | RuntimeException e) {
                    LOG.warn("a datagram could not be processed: {}", e.toString());
                }
            }
        }
    }
}
