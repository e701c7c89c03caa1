package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.Optional;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import org.impsiwf.sip.resolve.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What JAIN-SIP calls. Nothing that a message causes leaves here as an exception: the thread reads for others too. */
final class JainListener implements SipListener {

    private static final Logger LOG = LoggerFactory.getLogger(JainListener.class);

    private final RequestDoor door;
    private final ClientTransactions client;
    private final InviteUsages usages;
    private final SipPoints points;
    private final Observer observer;

    JainListener(
            RequestDoor door, ClientTransactions client, InviteUsages usages, SipPoints points, Observer observer) {
        this.door = door;
        this.client = client;
        this.usages = usages;
        this.points = points;
        this.observer = observer;
    }

    @Override
    public void processRequest(RequestEvent event) {
        try {
            door.arrived(event);
        } catch (RuntimeException | StackOverflowError e) {
            observer.count("sip.failure", "request");
            LOG.error("a {} could not be processed", event.getRequest().getMethod(), e);
        }
    }

    @Override
    public void processResponse(ResponseEvent event) {
        try {
            arrived(ReceivedResponse.of((SIPResponse) event.getResponse()), event.getSource());
        } catch (RuntimeException | StackOverflowError e) {
            observer.count("sip.failure", "response");
            LOG.error("a response could not be processed", e);
        }
    }

    private void arrived(ReceivedResponse response, Object provider) {
        ReceivedMessage message = response.message();
        SipPoint point = points.of(provider);
        observer.received(response.raw(), point, message.sourceText());
        boolean awaited = client.received(response);
        if (message.method().equals("INVITE") && response.status() / 100 == 2) {
            // The first, a repeated one, one of another fork: the usage knows.
            Responses.accepted(response, flow(point, message))
                    .ifPresentOrElse(
                            accepted -> usages.post(message.fromTag(), accepted),
                            () -> LOG.info("a 2xx to INVITE without To tag is dropped"));
        } else if (!awaited) {
            LOG.debug("a response to nothing: {}", response.status());
        }
    }

    private static Optional<String> flow(SipPoint point, ReceivedMessage message) {
        return point.transport() == Transport.UDP ? Optional.empty() : Optional.of(point.flow(message.sourceText()));
    }

    @Override
    public void processTimeout(TimeoutEvent event) {
        if (event.isServerTransaction()) {
            LOG.debug("a server transaction timed out");
        } else {
            client.timedOut(event.getClientTransaction());
        }
    }

    @Override
    public void processIOException(IOExceptionEvent event) {
        observer.count("sip.failure", "io");
        LOG.info("{} to {}:{} failed", event.getTransport(), event.getHost(), event.getPort());
    }

    @Override
    public void processTransactionTerminated(TransactionTerminatedEvent event) {
        if (!event.isServerTransaction()) {
            client.terminated(event.getClientTransaction());
        }
    }

    @Override
    public void processDialogTerminated(DialogTerminatedEvent event) {
        LOG.warn("JAIN-SIP has a dialog although its dialogs are off");
    }
}
