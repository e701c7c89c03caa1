package org.impsiwf.sip.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.auth.AuthenticationRequest;
import org.impsiwf.sip.auth.ChallengeKind;
import org.impsiwf.sip.auth.Verdict;
import org.impsiwf.sip.body.BodyException;
import org.impsiwf.sip.body.BodyLimits;
import org.impsiwf.sip.body.BodyReader;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.header.Header;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.SipAddress;
import org.impsiwf.sip.registrar.RegisterAnswer;
import org.impsiwf.sip.registrar.RegisterRequest;
import org.impsiwf.sip.trust.ReceivedIdentity;
import org.impsiwf.store.OutOfTouchException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests outside a dialog that need to know who sent them: MESSAGE, INVITE, SUBSCRIBE, REFER, REGISTER. */
final class OutsideRequests {

    private static final Logger LOG = LoggerFactory.getLogger(OutsideRequests.class);

    private final SipEdgeConfig config;
    private final SipServices services;
    private final ServerTransactions servers;
    private final ResponseMaker maker;
    private final IncomingInvites invites;
    private final SubscribeRequests subscribes;
    private final ReferRequests refers;
    private final SipSide.Listener listener;
    private final Admission admission;
    private final BodyLimits bodies;

    OutsideRequests(
            SipEdgeConfig config,
            SipServices services,
            ServerTransactions servers,
            ResponseMaker maker,
            IncomingInvites invites,
            SubscribeRequests subscribes,
            ReferRequests refers,
            SipSide.Listener listener,
            Admission admission) {
        this.config = config;
        this.services = services;
        this.servers = servers;
        this.maker = maker;
        this.invites = invites;
        this.subscribes = subscribes;
        this.refers = refers;
        this.listener = listener;
        this.admission = admission;
        this.bodies = new BodyLimits(
                config.limits().maxBodyBytes(), BodyLimits.DEFAULT.maxParts(), BodyLimits.DEFAULT.maxDepth());
    }

    /** A MESSAGE or INVITE that holds a place of {@link Admission}. A trusted source needs no store, so no other thread. */
    void admitted(Arrival arrival) {
        if (services.trust().trusts(arrival.message().source())) {
            proven(arrival, new Verdict.Trusted());
        } else {
            Thread.ofVirtual().name("sip-authenticate").start(() -> authenticate(arrival));
        }
    }

    private void authenticate(Arrival arrival) {
        Verdict verdict;
        try {
            verdict = ask(arrival, arrival.message().from().uri().value());
        } catch (OutOfTouchException e) {
            admission.leave();
            cutOff(arrival, e);
            return;
        }
        switch (verdict) {
            case Verdict.Trusted t -> proven(arrival, t);
            case Verdict.Authenticated a -> proven(arrival, a);
            case Verdict.Challenged challenged -> {
                admission.leave();
                challenge(arrival, challenged);
            }
            case Verdict.Refused(int status, String reason) -> refuse(arrival, status, reason, Map.of());
        }
    }

    private void cutOff(Arrival arrival, OutOfTouchException e) {
        LOG.info("{} is refused: {}", arrival.method(), e.getMessage());
        servers.sendFromDoor(arrival.transaction(), arrival.point(), maker.of(arrival.request(), Response.cutOff()));
    }

    private Verdict ask(Arrival arrival, String claimed) {
        ReceivedMessage message = arrival.message();
        return services.authenticator()
                .authenticate(new AuthenticationRequest(
                        arrival.method(),
                        message.requestUri(),
                        claimed,
                        realm(claimed),
                        message.source(),
                        message.values("Authorization"),
                        message.values("Proxy-Authorization"),
                        message.body(),
                        ChallengeKind.WWW));
    }

    /** The served domain of who claims to speak; of others, the first. */
    private String realm(String claimed) {
        String host = SipAddress.parse(claimed).map(SipAddress::host).orElse("");
        return config.domains().stream()
                .filter(host::equalsIgnoreCase)
                .findFirst()
                .or(() -> config.domains().stream().findFirst())
                .orElse("iwf");
    }

    private void challenge(Arrival arrival, Verdict.Challenged challenged) {
        var response = maker.of(arrival.request(), Response.of(challenged.status()));
        challenged.headerValues().forEach(value -> HeaderText.add(response, challenged.headerName(), value));
        ReceivedMessage message = arrival.message();
        if (!message.values("Authorization").isEmpty()
                || !message.values("Proxy-Authorization").isEmpty()) {
            servers.sendFromDoor(arrival.transaction(), arrival.point(), response); // stale or wrong
            return;
        }
        services.counters().count("sip.answered", Integer.toString(challenged.status()));
        servers.sendNow(arrival.transaction(), arrival.point(), response);
    }

    private void proven(Arrival arrival, Verdict verdict) {
        ReceivedMessage message = arrival.message();
        try {
            var identity = new ReceivedIdentity(
                    message.value("From").orElse(""),
                    message.values("P-Asserted-Identity"),
                    message.values("Privacy"),
                    message.values("Contact"),
                    message.sourceText());
            Originator originator = services.trust().originator(identity, verdict);
            switch (arrival.method()) {
                case "INVITE" -> invites.arrived(arrival, originator, bodies);
                case "SUBSCRIBE" -> subscribes.outside(arrival, originator);
                case "REFER" -> refers.outside(arrival, originator, bodies);
                default -> message(arrival, originator);
            }
        } catch (HeaderException e) {
            refuse(arrival, 400, e.getMessage(), Map.of());
        } catch (BodyException e) {
            refuse(arrival, e.status(), e.getMessage(), headers(e.headers()));
        }
    }

    static Map<String, String> headers(List<Header> given) {
        var headers = new LinkedHashMap<String, String>();
        given.forEach(header -> headers.put(header.name(), header.value()));
        return headers;
    }

    private void message(Arrival arrival, Originator originator) throws BodyException {
        ReceivedMessage message = arrival.message();
        Optional<Body> body = unpacked(message);
        var id = servers.keep(arrival.transaction(), arrival.request(), arrival.point(), true);
        listener.on(new SipEvent.MessageReceived(
                id, message.head(originator, message.target().value()), body));
    }

    private Optional<Body> unpacked(ReceivedMessage message) throws BodyException {
        byte[] bytes = message.body();
        if (bytes.length == 0) {
            return Optional.empty();
        }
        String type = message.value("Content-Type").orElse("");
        return Optional.of(BodyReader.unpacked(type, message.values("Content-Encoding"), bytes, bodies));
    }

    private void refuse(Arrival arrival, int status, String reason, Map<String, String> headers) {
        admission.leave();
        var response = new Response(status, Optional.of(reason), Optional.empty(), headers);
        servers.sendFromDoor(arrival.transaction(), arrival.point(), maker.of(arrival.request(), response));
    }

    /** RFC 3261 §10.3, on a virtual thread: nonces and bindings are in stores. */
    void register(Arrival arrival) {
        Thread.ofVirtual().name("sip-register").start(() -> {
            try {
                answerRegister(arrival);
            } catch (OutOfTouchException e) {
                cutOff(arrival, e);
            }
        });
    }

    private void answerRegister(Arrival arrival) {
        switch (ask(arrival, arrival.message().to().uri().value())) {
            case Verdict.Challenged challenged -> challenge(arrival, challenged);
            case Verdict.Refused(int status, String reason) ->
                answer(arrival, new RegisterAnswer(status, reason, List.of()), Optional.empty());
            case Verdict.Trusted t -> answer(arrival, registered(arrival), Optional.empty());
            case Verdict.Authenticated(var user, String info) ->
                answer(arrival, registered(arrival), Optional.of(info));
        }
    }

    private RegisterAnswer registered(Arrival arrival) {
        ReceivedMessage message = arrival.message();
        var contacts = new ArrayList<>(message.values("Contact"));
        return services.registrar()
                .register(new RegisterRequest(
                        message.requestUri(),
                        message.value("To").orElse(""),
                        message.callId(),
                        message.cseq(),
                        contacts,
                        message.value("Expires"),
                        message.values("Path"),
                        message.tokens("Supported"),
                        arrival.flow()));
    }

    private void answer(Arrival arrival, RegisterAnswer answer, Optional<String> authenticationInfo) {
        Optional<String> reason = Optional.of(answer.reason()).filter(text -> !text.isBlank());
        var response = maker.of(arrival.request(), new Response(answer.status(), reason, Optional.empty(), Map.of()));
        answer.headers().forEach(header -> HeaderText.add(response, header.name(), header.value()));
        if (answer.status() / 100 == 2) {
            authenticationInfo.ifPresent(info -> HeaderText.add(response, "Authentication-Info", info));
        }
        servers.sendFromDoor(arrival.transaction(), arrival.point(), response);
    }
}
