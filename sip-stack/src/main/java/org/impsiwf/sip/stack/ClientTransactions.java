package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPTransaction;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import javax.sip.ClientTransaction;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import org.impsiwf.sip.resolve.Hop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends requests of ours and hands back what becomes of them. Sending may block for a connect: not for event loops. */
final class ClientTransactions {

    private static final Logger LOG = LoggerFactory.getLogger(ClientTransactions.class);

    private final SipPoints points;
    private final RequestMaker maker;
    private final BoundedNetwork network;
    private final Observer observer;
    private final Map<String, ClientExchange> open = new ConcurrentHashMap<>();

    ClientTransactions(SipPoints points, RequestMaker maker, BoundedNetwork network, Observer observer) {
        this.points = points;
        this.maker = maker;
        this.network = network;
        this.observer = observer;
    }

    /**
     * Sends a request to one hop. A failure to send is the exchange's outcome, and nothing of it is left behind.
     *
     * @param onProvisional told each provisional status and the To tag with it, on a stack thread
     */
    ClientExchange send(OutgoingRequest request, Hop hop, ObjIntConsumer<String> onProvisional) {
        return send(request, hop, onProvisional, exchange -> {});
    }

    /** @param begun told of the exchange before it leaves, since an answer may be there before this call returns */
    ClientExchange send(
            OutgoingRequest request, Hop hop, ObjIntConsumer<String> onProvisional, Consumer<ClientExchange> begun) {
        var point = points.towards(hop);
        if (point.isEmpty()) {
            return failed(new Outcome.Unreachable("no listening point for " + hop));
        }
        SIPRequest made;
        try {
            made = maker.make(request, point.get(), hop);
        } catch (ParseException e) {
            return failed(new Outcome.Unsayable(e.getMessage()));
        }
        return transmit(made, point.get(), hop, onProvisional, begun);
    }

    private ClientExchange transmit(
            SIPRequest made,
            SipPoint point,
            Hop hop,
            ObjIntConsumer<String> onProvisional,
            Consumer<ClientExchange> begun) {
        String key = key(made.getTopmostVia().getBranch(), made.getMethod());
        ClientExchange exchange = null;
        try {
            ClientTransaction transaction = point.provider().getNewClientTransaction(made);
            exchange = new ClientExchange(transaction, onProvisional);
            open.put(key, exchange);
            begun.accept(exchange);
            ClientExchange started = exchange;
            observer.sent(made, hop);
            exchange.outcome().thenRun(() -> open.remove(key));
            network.expecting(hop.serverName(), () -> started.transaction().sendRequest());
            return exchange;
        } catch (SipException | RuntimeException e) {
            LOG.info("could not send {} to {}: {}", made.getMethod(), hop, JainLog.firstLine(e.toString()));
            open.remove(key);
            var unreachable = new Outcome.Unreachable(e.getClass().getSimpleName());
            if (exchange == null) {
                return failed(unreachable);
            }
            terminate(exchange); // JAIN-SIP keeps what never left (usnistgov/jsip issue 8)
            exchange.done(unreachable);
            return exchange;
        }
    }

    private static ClientExchange failed(Outcome outcome) {
        var exchange = new ClientExchange(null, (tag, status) -> {});
        exchange.done(outcome);
        return exchange;
    }

    /** Sends CANCEL for an INVITE that had a provisional response (RFC 3261 §9.1). */
    void cancel(ClientExchange invite) {
        if (invite.transaction() == null
                || !invite.hadProvisional()
                || invite.outcome().isDone()) {
            return;
        }
        try {
            var cancel = (SIPRequest) invite.transaction().createCancel();
            cancel.setApplicationData(((SIPRequest) invite.transaction().getRequest()).getApplicationData());
            var provider = ((SIPTransaction) invite.transaction()).getSipProvider();
            provider.getNewClientTransaction(cancel).sendRequest();
            observer.sent(cancel, ((ChosenHop) cancel.getApplicationData()).hop());
        } catch (SipException | RuntimeException e) {
            LOG.info("could not send CANCEL: {}", e.toString());
        }
    }

    /** Ends a transaction whose answer nobody waits for any more. */
    void forget(ClientExchange exchange) {
        exchange.done(new Outcome.TimedOut());
        terminate(exchange);
    }

    private static void terminate(ClientExchange exchange) {
        if (exchange.transaction() == null) {
            return;
        }
        try {
            exchange.transaction().terminate();
        } catch (ObjectInUseException e) {
            LOG.debug("a transaction ends by itself", e);
        }
    }

    /** A response came; false when no open request of ours belongs to it. */
    boolean received(ReceivedResponse response) {
        ClientExchange exchange =
                open.get(key(response.message().branch(), response.message().method()));
        if (exchange == null) {
            return false;
        }
        if (response.status() < 200) {
            exchange.provisional(response.status(), response.message().toTag());
        } else {
            exchange.done(new Outcome.Answered(response));
        }
        return true;
    }

    void timedOut(ClientTransaction transaction) {
        end(transaction, new Outcome.TimedOut());
    }

    void terminated(ClientTransaction transaction) {
        // Not the way of a normal end: whoever waits learns that nothing will come.
        end(transaction, new Outcome.Unreachable("the transaction ended"));
    }

    private void end(ClientTransaction transaction, Outcome outcome) {
        ClientExchange exchange = open.get(key(transaction.getBranchId(), methodOf(transaction)));
        if (exchange != null) {
            exchange.done(outcome);
        }
    }

    private static String methodOf(ClientTransaction transaction) {
        return ((SIPTransaction) transaction).getMethod();
    }

    private static String key(String branch, String method) {
        return branch + ' ' + method;
    }

    int open() {
        return open.size();
    }
}
