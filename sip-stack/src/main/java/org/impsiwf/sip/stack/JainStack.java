package org.impsiwf.sip.stack;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.OIOMessageProcessorFactory;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Properties;
import java.util.UUID;
import javax.sip.PeerUnavailableException;

/** JAIN-SIP with its dialogs off, its limits on, and our sockets, parser, datagram reader and routing in it. */
final class JainStack extends SipStackImpl {

    JainStack(SipLimits limits, BoundedNetwork network, SipCounters counters) throws PeerUnavailableException {
        super(properties(limits));
        this.networkLayer = network;
        setRouter(new ChosenHop.AsRouter());
        var parser = new CautiousParser(counters, limits.maxMessageBytes());
        setMessageParserFactory(stack -> parser);
        setMessageProcessorFactory(new Listeners(limits, counters));
    }

    private static Properties properties(SipLimits limits) {
        var properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "iwf-" + UUID.randomUUID());
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", "off");
        properties.setProperty("gov.nist.javax.sip.AUTOMATIC_DIALOG_ERROR_HANDLING", "false");
        // Without these two: a thread and 64 KB per datagram, and one thread for all events.
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", Integer.toString(limits.readerThreads()));
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4194304");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "4194304");
        // 75 KB per lingering transaction otherwise.
        properties.setProperty("gov.nist.javax.sip.AGGRESSIVE_CLEANUP", "true");
        properties.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", Integer.toString(limits.maxMessageBytes()));
        properties.setProperty("gov.nist.javax.sip.STACK_LOGGER", JainLog.class.getName());
        properties.setProperty("gov.nist.javax.sip.TIMER_CLASS_NAME", TimerWheel.class.getName());
        properties.setProperty("gov.nist.javax.sip.LOG_MESSAGE_CONTENT", "false");
        properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
        // Else its logger is called as the stack is, and no log configuration could name it.
        properties.setProperty("gov.nist.javax.sip.LOG4J_LOGGER_NAME", "gov.nist.javax.sip");
        properties.setProperty("gov.nist.javax.sip.THREAD_PRIORITY", Integer.toString(Thread.NORM_PRIORITY));
        properties.setProperty("gov.nist.javax.sip.DELIVER_UNSOLICITED_NOTIFY", "true");
        return properties;
    }

    /**
     * What JAIN-SIP does last when it stops but for a second's sleep on the same thread, which an interrupt ends at once: with every
     * socket closed and the timers stopped, there is nothing left that could use the second.
     */
    @Override
    public void closeAllSockets() {
        super.closeAllSockets();
        Thread.currentThread().interrupt();
    }

    /** The blocking processors: the NIO ones lose the first request of a new connection (usnistgov/jsip issue 77). */
    private static final class Listeners extends OIOMessageProcessorFactory {

        private final SipLimits limits;
        private final SipCounters counters;

        Listeners(SipLimits limits, SipCounters counters) {
            this.limits = limits;
            this.counters = counters;
        }

        @Override
        public MessageProcessor createMessageProcessor(
                SIPTransactionStack stack, InetAddress address, int port, String transport) throws IOException {
            if (!transport.equalsIgnoreCase("udp")) {
                return super.createMessageProcessor(stack, address, port, transport);
            }
            var reader = new DatagramReader(address, stack, port, limits, counters);
            ((JainStack) stack).udpIsThere();
            return reader;
        }
    }

    /** JAIN-SIP sends datagrams from a fresh socket each unless it knows that it listens on one. */
    private void udpIsThere() {
        try {
            var flag = SIPTransactionStack.class.getDeclaredField("udpFlag");
            flag.setAccessible(true);
            flag.setBoolean(this, true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JAIN-SIP is another than the one this was written for", e);
        }
    }
}
