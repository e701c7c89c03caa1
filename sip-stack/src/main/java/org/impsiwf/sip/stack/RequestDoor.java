package org.impsiwf.sip.stack;

import gov.nist.javax.sip.ReleaseReferencesStrategy;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.ConnectionOrientedMessageChannel;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipProvider;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionUnavailableException;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.list.UriListException;
import org.impsiwf.sip.wire.Triage;
import org.impsiwf.store.NodeGoneException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a request comes in: what RFC 3261 §8.2 asks before anything is done with it, in its order. Runs on JAIN-SIP's threads;
 * what may block goes on on a virtual one.
 */
final class RequestDoor {

    private static final Logger LOG = LoggerFactory.getLogger(RequestDoor.class);

    /** Methods that we know, whether or not we do anything with them. */
    static final Set<String> METHODS = Set.of(
            "INVITE",
            "ACK",
            "CANCEL",
            "BYE",
            "OPTIONS",
            "UPDATE",
            "MESSAGE",
            "REGISTER",
            "INFO",
            "PRACK",
            "REFER",
            "SUBSCRIBE",
            "NOTIFY",
            "PUBLISH");

    private static final Set<String> SCHEMES = Set.of("sip", "sips", "tel");
    private static final Set<String> EXTENSIONS =
            Set.of("timer", "path", "outbound", "replaces", "norefersub", "multiple-refer", "recipient-list-invite");

    private final SipPoints points;
    private final ServerTransactions servers;
    private final ResponseMaker maker;
    private final MergedRequests merged;
    private final Admission admission;
    private final InviteUsages usages;
    private final OutsideRequests outside;
    private final InsideRequests inside;
    private final OtherNodes others;
    private final Lapses<Arrival> lapses;
    private final SipLimits limits;
    private final Observer observer;

    RequestDoor(
            SipPoints points,
            ServerTransactions servers,
            ResponseMaker maker,
            MergedRequests merged,
            Admission admission,
            InviteUsages usages,
            OutsideRequests outside,
            InsideRequests inside,
            OtherNodes others,
            SipLimits limits,
            Observer observer) {
        this.points = points;
        this.servers = servers;
        this.maker = maker;
        this.merged = merged;
        this.admission = admission;
        this.usages = usages;
        this.outside = outside;
        this.inside = inside;
        this.others = others;
        this.lapses = new Lapses<>(
                others::isInTouch, others::awaitTouch, limits.maxWaitingRequests(), this::inTouch, this::cutOff);
        this.limits = limits;
        this.observer = observer;
    }

    void arrived(RequestEvent event) {
        var request = (SIPRequest) event.getRequest();
        SipPoint point = points.of(event.getSource());
        var message = new ReceivedMessage(request);
        observer.received(request, point, message.sourceText());
        if (message.method().equals("ACK")) {
            inside.acknowledged(message);
            return;
        }
        transaction(event, request)
                .ifPresent(transaction -> arrived(new Arrival(request, message, point, transaction)));
    }

    private Optional<ServerTransaction> transaction(RequestEvent event, SIPRequest request) {
        if (event.getServerTransaction() != null) {
            return Optional.of(event.getServerTransaction());
        }
        try {
            return Optional.of(
                    remembersOnlyItsAnswer(((SipProvider) event.getSource()).getNewServerTransaction(request)));
        } catch (TransactionAlreadyExistsException e) {
            LOG.debug("a retransmission", e);
            return Optional.empty();
        } catch (TransactionUnavailableException e) {
            LOG.warn("no transaction for {}: {}", request.getMethod(), e.toString());
            observer.count("sip.failure", "transaction");
            return Optional.empty();
        }
    }

    /**
     * For its 32 s after the answer a transaction of JAIN-SIP keeps the request as bytes, which it makes for that, and parses them again
     * at the end, twice. Repeats need the answer only (RFC 3261 §17.2.2); those of an INVITE end otherwise.
     */
    private static ServerTransaction remembersOnlyItsAnswer(ServerTransaction transaction) {
        var ours = (SIPServerTransaction) transaction;
        if (!ours.isInviteTransaction() && !ours.getMethod().equals("CANCEL")) {
            ours.setReleaseReferencesStrategy(ReleaseReferencesStrategy.Aggressive);
        }
        return transaction;
    }

    private void arrived(Arrival arrival) {
        if (arrival.request().getApplicationData() instanceof Triage.Refusal refusal) {
            malformed(arrival, refusal);
            return;
        }
        if (lapses.hold(arrival)) {
            return; // who may be taken for dead decides nothing
        }
        inTouch(arrival);
    }

    private void cutOff(Arrival arrival) {
        observer.count("sip.refused", "cut off");
        refuse(arrival, overloaded());
    }

    private void inTouch(Arrival arrival) {
        if (arrival.method().equals("CANCEL")) {
            cancel(arrival);
            return;
        }
        Optional<Response> refusal = refusal(arrival);
        if (refusal.isPresent()) {
            refuse(arrival, refusal.get());
        } else if (arrival.message().toTag().isEmpty()) {
            switch (merged(arrival)) {
                case NEW -> outsideOf(arrival);
                case REPEATED -> repeated(arrival);
                case MERGED -> refuse(arrival, Response.of(482));
            }
        } else {
            insideOf(arrival);
        }
    }

    private void insideOf(Arrival arrival) {
        if (usages.busy() > limits.maxWaitingRequests()) {
            observer.count("sip.refused", "overload");
            refuse(arrival, overloaded());
        } else if (arrival.method().equals("MESSAGE")) {
            // RFC 3428 §4 allows it in a dialog; it is one message like any other, from somebody who has to prove it.
            var dialog = InsideRequests.inDialog(arrival.message());
            usages.within(dialog, () -> admit(arrival), () -> refuse(arrival, Response.of(481)));
        } else {
            inside.arrived(arrival);
        }
    }

    private Response overloaded() {
        return new Response(503, Optional.empty(), Optional.of(limits.retryAfter()), Map.of());
    }

    /** Answered on the thread that reads: what follows on this connection is read after the answer is out. */
    private void malformed(Arrival arrival, Triage.Refusal refusal) {
        observer.count("sip.malformed", refusal.reason());
        refuse(arrival, new Response(refusal.status(), Optional.of(refusal.reason()), Optional.empty(), Map.of()));
        if (refusal.endsConnection()
                && arrival.request().getMessageChannel() instanceof ConnectionOrientedMessageChannel channel) {
            channel.close();
        }
    }

    private MergedRequests.Arrival merged(Arrival arrival) {
        ReceivedMessage message = arrival.message();
        return merged.arrived(message.callId(), message.fromTag(), message.cseq(), message.method(), message.branch());
    }

    /** An INVITE again after its 2xx is answered by the repeated 2xx; anything else by what it asks again. */
    private void repeated(Arrival arrival) {
        if (!arrival.method().equals("INVITE")) {
            outsideOf(arrival);
        }
    }

    /** RFC 3261 §8.2.1–§8.2.3, in the order of that text. */
    private Optional<Response> refusal(Arrival arrival) {
        ReceivedMessage message = arrival.message();
        if (!METHODS.contains(arrival.method())) {
            return Optional.of(Response.of(501));
        }
        if (!SCHEMES.contains(arrival.requestUriScheme())) {
            return Optional.of(Response.of(416));
        }
        List<String> required = message.tokens("Require");
        if (!EXTENSIONS.containsAll(required)) {
            List<String> unknown = required.stream()
                    .filter(option -> !EXTENSIONS.contains(option))
                    .toList();
            return Optional.of(refusal(420, Map.of("Unsupported", String.join(", ", unknown))));
        }
        return Optional.empty();
    }

    static Response refusal(int status, Map<String, String> headers) {
        return new Response(status, Optional.empty(), Optional.empty(), headers);
    }

    static Response refusal(UriListException e) {
        return new Response(e.status(), Optional.of(e.getMessage()), Optional.empty(), Map.of());
    }

    private void outsideOf(Arrival arrival) {
        switch (arrival.method()) {
            case "MESSAGE", "INVITE", "SUBSCRIBE", "REFER" -> admit(arrival);
            case "REGISTER" -> outside.register(arrival);
            case "OPTIONS" -> refuse(arrival, optionsAnswer());
            case "BYE", "UPDATE", "PRACK", "NOTIFY", "INFO" -> refuse(arrival, Response.of(481));
            default -> refuse(arrival, Response.of(405));
        }
    }

    /** RFC 3261 §11.2. */
    static Response optionsAnswer() {
        return refusal(
                200,
                Map.of(
                        "Allow",
                        ResponseMaker.ALLOW,
                        "Accept",
                        ResponseMaker.ACCEPT,
                        "Accept-Encoding",
                        ResponseMaker.ACCEPT_ENCODING,
                        "Supported",
                        ResponseMaker.SUPPORTED,
                        "Allow-Events",
                        ResponseMaker.EVENTS));
    }

    private void admit(Arrival arrival) {
        if (arrival.message().maxForwards() == 0) {
            refuse(arrival, Response.of(483)); // it would travel on, and may be in a circle
        } else if (!admission.enter()) {
            observer.count("sip.refused", admission.isDraining() ? "draining" : "overload");
            refuse(arrival, overloaded());
        } else {
            outside.admitted(arrival);
        }
    }

    private void refuse(Arrival arrival, Response response) {
        servers.sendFromDoor(arrival.transaction(), arrival.point(), maker.of(arrival.request(), response));
    }

    /** RFC 3261 §9.2. */
    private void cancel(Arrival arrival) {
        ServerTransaction invite = ((SIPServerTransaction) arrival.transaction()).getCanceledInviteTransaction();
        if (invite == null) {
            cancelElsewhere(arrival);
            return;
        }
        refuse(arrival, Response.of(200));
        if (invite.getApplicationData() instanceof String tag) {
            usages.post(tag, new UsageEvent.Cancelled());
        }
    }

    /** Its INVITE may have come in at another node: they are asked one after the other. */
    private void cancelElsewhere(Arrival arrival) {
        if (others.all().isEmpty()) {
            refuse(arrival, Response.of(481));
            return;
        }
        var letter = new SipLetter.Cancel(
                arrival.message().branch(), arrival.message().callId());
        Thread.ofVirtual().name("sip-cancel").start(() -> {
            boolean known = others.all().stream().anyMatch(node -> isKnownTo(node, letter));
            refuse(arrival, Response.of(known ? 200 : 481));
        });
    }

    private boolean isKnownTo(String node, SipLetter letter) {
        try {
            return others.write(node, letter);
        } catch (NodeGoneException e) {
            LOG.info("node {} cannot be asked for an INVITE: {}", node, e.getMessage());
            return false;
        }
    }
}
