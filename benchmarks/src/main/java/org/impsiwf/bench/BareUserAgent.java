package org.impsiwf.bench;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipFactory;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import javax.sip.SipStack;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.AddressFactory;
import javax.sip.header.ContentTypeHeader;
import javax.sip.header.HeaderFactory;
import javax.sip.header.ToHeader;
import javax.sip.message.MessageFactory;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.impsiwf.gateway.log.LogSetup;

/**
 * The ceiling for SIP, in a process of its own: a tuned JAIN-SIP user agent that answers MESSAGE, INVITE and BYE with 200 and does
 * nothing else. Prints {@code ready PORT}, ends when its standard input does.
 */
public final class BareUserAgent implements SipListener {

    private final MessageFactory messages;
    private final HeaderFactory headers;
    private final AddressFactory addresses;
    private final SipProvider provider;
    private final int port;

    private BareUserAgent(int port, boolean calls) throws Exception {
        this.port = port;
        SipFactory factory = SipFactory.getInstance();
        factory.setPathName("gov.nist");
        SipStack stack = factory.createSipStack(tuned(calls));
        messages = factory.createMessageFactory();
        headers = factory.createHeaderFactory();
        addresses = factory.createAddressFactory();
        ListeningPoint point = stack.createListeningPoint("127.0.0.1", port, "udp");
        provider = stack.createSipProvider(point);
        provider.addSipListener(this);
    }

    public static void main(String[] arguments) throws Exception {
        LogSetup.warningsOnly();
        int port = Integer.parseInt(arguments[0]);
        BareUserAgent agent = new BareUserAgent(port, arguments.length > 1 && arguments[1].equals("calls"));
        System.out.println("ready " + agent.port);
        while (System.in.read() >= 0) {
            // until whoever started us closes the pipe
        }
        System.exit(0);
    }

    private static Properties tuned(boolean calls) {
        Properties properties = new Properties();
        properties.setProperty("javax.sip.STACK_NAME", "bare");
        properties.setProperty("gov.nist.javax.sip.LOG4J_LOGGER_NAME", "gov.nist.javax.sip");
        properties.setProperty("javax.sip.AUTOMATIC_DIALOG_SUPPORT", calls ? "on" : "off");
        properties.setProperty("gov.nist.javax.sip.THREAD_POOL_SIZE", "8");
        properties.setProperty("gov.nist.javax.sip.REENTRANT_LISTENER", "true");
        properties.setProperty("gov.nist.javax.sip.LOG_MESSAGE_CONTENT", "false");
        properties.setProperty("gov.nist.javax.sip.TRACE_LEVEL", "0");
        properties.setProperty("gov.nist.javax.sip.RECEIVE_UDP_BUFFER_SIZE", "4194304");
        properties.setProperty("gov.nist.javax.sip.SEND_UDP_BUFFER_SIZE", "4194304");
        properties.setProperty("gov.nist.javax.sip.AGGRESSIVE_CLEANUP", "true");
        properties.setProperty("gov.nist.javax.sip.MAX_MESSAGE_SIZE", "16384");
        return properties;
    }

    @Override
    public void processRequest(RequestEvent event) {
        Request request = event.getRequest();
        if (request.getMethod().equals(Request.ACK)) {
            return;
        }
        try {
            ServerTransaction transaction = event.getServerTransaction();
            if (transaction == null) {
                transaction = provider.getNewServerTransaction(request);
            }
            Response response = messages.createResponse(Response.OK, request);
            ToHeader to = (ToHeader) response.getHeader(ToHeader.NAME);
            if (to.getTag() == null) {
                to.setTag("bare");
            }
            if (request.getMethod().equals(Request.INVITE)) {
                response.addHeader(
                        headers.createContactHeader(addresses.createAddress("<sip:bare@127.0.0.1:" + port + ">")));
                ContentTypeHeader type = headers.createContentTypeHeader("application", "sdp");
                response.setContent(request.getRawContent(), type);
            }
            transaction.sendResponse(response);
        } catch (SipException | ParseException | InvalidArgumentException e) {
            System.err.println("bare user agent: " + e);
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {}

    @Override
    public void processTimeout(TimeoutEvent event) {}

    @Override
    public void processIOException(IOExceptionEvent event) {}

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {}

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {}

    /** The command line that starts one on that port. */
    static List<String> command(int port, boolean calls) {
        List<String> command = new ArrayList<>(List.of(BareUserAgent.class.getName(), String.valueOf(port)));
        if (calls) {
            command.add("calls");
        }
        return command;
    }
}
