package org.impsiwf.ssp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.AcceptedContentType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServicePrimitive;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.session.Agreement;
import org.impsiwf.ssp.session.ConnectionLifetime;
import org.impsiwf.ssp.session.PairEvent;
import org.impsiwf.ssp.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SSP 10: what we and one peer provide to each other. What was negotiated is part of the session pair's state; as long as
 * nothing was, what was agreed offline holds. Confined to the peer's event loop.
 */
final class PeerServices {

    private static final Logger LOG = LoggerFactory.getLogger(PeerServices.class);
    private static final Services NOTHING =
            new Services(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

    private final Peer peer;
    private final List<String> ourContentTypes;
    private Services offered;
    /** Confirmations that wait until the agreement is stored. */
    private final Map<TransactionId, ServicePrimitive.ServiceAgreement> confirming = new HashMap<>();

    private List<AcceptedContentType> theirContentTypes = List.of();
    /** Services that have to be negotiated have been, in our direction, or were refused. */
    private boolean settled;

    private boolean up;
    /** What the last {@code PeerUp} meant. */
    private Services told = NOTHING;

    private Instant askAgainAt = Instant.MAX;
    /** Grows with every session, so that an answer that belongs to an earlier one is seen to be late. */
    private long sessions;

    PeerServices(Peer peer, List<String> ourContentTypes) {
        this.peer = peer;
        this.ourContentTypes = ourContentTypes;
        offered = terms().offered();
    }

    private ServiceTerms terms() {
        return peer.settings().services();
    }

    private boolean negotiates() {
        return terms().online() && peer.knowsMoreThanLogin();
    }

    /** Why the peer may not ask this of us, or tell us this; empty when it may. */
    Optional<StatusCode> objection(Primitive received) {
        return objection(received, PrimitiveFacts.of(received).fromProvider());
    }

    /** Why we may not ask this of the peer, or tell it this. */
    Optional<StatusCode> objectionToOurs(Primitive ordered) {
        return objection(ordered, !PrimitiveFacts.of(ordered).fromProvider());
    }

    private Optional<StatusCode> objection(Primitive primitive, boolean peerProvides) {
        return ServiceNodes.objection(primitive, peerProvides ? requested() : provided());
    }

    /** What we provide to the peer now. */
    Services provided() {
        return peer.session()
                .flatMap(Session::provided)
                .map(Agreement::services)
                .orElseGet(this::unnegotiated);
    }

    /** What the peer provides to us now. */
    Services requested() {
        return peer.session()
                .flatMap(Session::requested)
                .map(Agreement::services)
                .orElseGet(this::unnegotiated);
    }

    private Services unnegotiated() {
        return negotiates() ? NOTHING : terms().offline();
    }

    List<AcceptedContentType> theirContentTypes() {
        return theirContentTypes;
    }

    /** Whether it is settled what may be asked, if anything: until then requests wait. */
    boolean settled() {
        return settled;
    }

    /** The answer to a question of SSP 10, empty when it is none; an agreement is confirmed once it is stored. */
    boolean answers(TransactionId id, Primitive request) {
        switch (request) {
            case ServicePrimitive.GetServiceRequest get ->
                answer(id, new ServicePrimitive.ServiceList(Optional.empty(), ok(), offered));
            case ServicePrimitive.GetAcceptedContentTypesRequest get ->
                answer(
                        id,
                        new ServicePrimitive.GetAcceptedContentTypesResponse(
                                Optional.empty(),
                                ok(),
                                ourContentTypes.stream()
                                        .map(AcceptedContentType::of)
                                        .toList(),
                                ourContentTypes.isEmpty()));
            case ServicePrimitive.ServiceNegotiation desired -> agree(id, desired);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void answer(TransactionId id, Primitive answer) {
        peer.transactions().answer(id.value(), answer);
    }

    private static Optional<Status> ok() {
        return Optional.of(Status.of(StatusCode.SUCCESSFUL));
    }

    /** SSP 10.8.3: the common part; a sub-protocol that we do not know is left out. */
    private void agree(TransactionId id, ServicePrimitive.ServiceNegotiation desired) {
        if (peer.mesh().building()) {
            // SSP 9.1.1: not while redirect pairs are created.
            answer(id, Status.of(StatusCode.SERVICE_UNAVAILABLE, "connection pairs are being set up"));
            return;
        }
        if (!ServiceTree.isComplete(desired.desiredServiceList())) {
            answer(id, Status.of(StatusCode.BAD_PARAMETER, "Complementary Invite comes with the types of Invite"));
            return;
        }
        Services common = ServiceTree.common(offered, desired.desiredServiceList());
        Optional<Duration> lifetime = ConnectionLifetime.grant(desired.timeToLive(), terms().lifetime());
        confirming.put(
                id,
                new ServicePrimitive.ServiceAgreement(
                        Status.of(StatusCode.SUCCESSFUL), common, Optional.empty(), lifetime));
        var agreement = new Agreement(common, lifetime.map(peer.now()::plus));
        peer.keeper().tell(new PairEvent.ServicesAgreed(true, agreement, Optional.of(id)));
    }

    /** An agreement is stored. */
    void made(Optional<TransactionId> confirms) {
        confirms.map(confirming::remove).ifPresent(confirmation -> answer(confirms.orElseThrow(), confirmation));
        boolean complete = !negotiates()
                || peer.session().filter(s -> s.requested().isPresent()).isPresent();
        if (!up && complete) {
            comeUp();
        } else if (up && !requested().equals(told)) {
            tellUp();
        }
    }

    void sessionOpened() {
        sessions++;
        up = false;
        settled = false;
        confirming.clear();
        theirContentTypes = List.of();
        askAgainAt = Instant.MAX;
        Optional<Agreement> before = peer.session().flatMap(Session::requested).filter(agreed -> negotiates());
        if (before.isPresent()) {
            // Negotiated on another node, whose session this was.
            askAgainAt = before.get().until().map(this::inGoodTime).orElse(Instant.MAX);
            comeUp();
        } else if (negotiates()) {
            negotiate();
        } else {
            comeUp();
        }
    }

    private Instant inGoodTime(Instant until) {
        return peer.now()
                .plus(Duration.between(peer.now(), until).multipliedBy(2).dividedBy(3));
    }

    void sessionEnded() {
        up = false;
        settled = false;
        confirming.clear();
        askAgainAt = Instant.MAX;
    }

    private void comeUp() {
        up = true;
        settled = true;
        tellUp();
        if (peer.knowsMoreThanLogin()) {
            askForContentTypes();
        }
        peer.requests().sessionOpened();
    }

    private void tellUp() {
        told = requested();
        peer.tell(new SspEvent.PeerUp(
                peer.settings().serviceId(),
                theirContentTypes.stream().map(AcceptedContentType::contentType).toList()));
    }

    /** SSP 9.1.1: the first transaction of the session. */
    private void negotiate() {
        if (peer.mesh().building()) {
            askAgainAt = peer.now();
            return;
        }
        askAgainAt = Instant.MAX;
        ask(
                "sn",
                new ServicePrimitive.ServiceNegotiation(
                        MetaInformation.ofServer(peer.self()), terms().desired(), Optional.empty(), terms().lifetime()),
                answer -> {
                    if (answer instanceof ServicePrimitive.ServiceAgreement agreed
                            && agreed.statusInfo().isSuccess()) {
                        agreed(agreed);
                    } else {
                        notAgreed(String.valueOf(answer));
                    }
                },
                () -> notAgreed("no answer"));
    }

    private void agreed(ServicePrimitive.ServiceAgreement agreed) {
        Optional<Duration> lifetime =
                agreed.agreedTimeToLive().filter(Duration::isPositive).or(terms()::lifetime);
        // In good time before it is over.
        askAgainAt = lifetime.map(l -> peer.now().plus(l.multipliedBy(2).dividedBy(3)))
                .orElse(Instant.MAX);
        peer.keeper()
                .tell(new PairEvent.ServicesAgreed(
                        false,
                        new Agreement(agreed.agreedServiceList(), lifetime.map(peer.now()::plus)),
                        Optional.empty()));
    }

    private void notAgreed(String cause) {
        LOG.warn("{}: no service agreement: {}", peer.settings().serviceId(), cause);
        askAgainAt = peer.now().plus(ASK_AGAIN);
        if (!settled) {
            settled = true;
            peer.requests().sessionOpened();
        }
    }

    /** SSP 10.8.4: nobody waits for it; a peer that refuses the question, or is silent, takes anything. */
    private void askForContentTypes() {
        ask(
                "ct",
                new ServicePrimitive.GetAcceptedContentTypesRequest(MetaInformation.ofServer(peer.self())),
                answer -> {
                    if (answer instanceof ServicePrimitive.GetAcceptedContentTypesResponse types
                            && !types.anyContent()
                            && !types.acceptedContentTypesList().isEmpty()) {
                        theirContentTypes = types.acceptedContentTypesList();
                        tellUp();
                    }
                },
                () -> {});
    }

    /** Waits for one of our own questions. */
    private interface Heard {
        void answer(Primitive answer);
    }

    private void ask(String kind, Primitive question, Heard heard, Runnable silence) {
        long asking = sessions;
        var asker = new OutgoingTable.Asker() {
            @Override
            public void answered(Primitive answer) {
                if (asking == sessions && peer.session().isPresent()) {
                    heard.answer(answer);
                }
            }

            @Override
            public void failed(SspEvent.Cause cause) {
                if (asking == sessions && peer.session().isPresent()) {
                    silence.run();
                }
            }
        };
        peer.requests().ask(WireIds.fresh(kind), question, asker, false, Optional.empty());
    }

    /** SSP 10.8.2: the peer provides something else from now on. */
    boolean indicated(Primitive notification) {
        if (!(notification instanceof ServicePrimitive.ServiceList list)) {
            return false;
        }
        LOG.info("{}: services indicated, {}", peer.settings().serviceId(), terms().onIndication());
        switch (terms().onIndication()) {
            case IGNORE -> {}
            case FOLLOW -> follow(list.serviceList());
            case RENEGOTIATE -> negotiate();
            case TERMINATE -> peer.endSession("the peer changed its services");
        }
        return true;
    }

    private void follow(Services indicated) {
        Optional<Instant> until = peer.session().flatMap(Session::requested).flatMap(Agreement::until);
        Services common = ServiceTree.common(terms().desired(), indicated);
        peer.keeper().tell(new PairEvent.ServicesAgreed(false, new Agreement(common, until), Optional.empty()));
    }

    /** We provide something else from now on: the peer is told, and what was agreed beyond it no longer holds. */
    void offer(Services changed) {
        offered = changed;
        if (peer.session().isEmpty() || !peer.knowsMoreThanLogin()) {
            return;
        }
        Optional<Instant> until = peer.session().flatMap(Session::provided).flatMap(Agreement::until);
        var left = new Agreement(ServiceTree.common(provided(), changed), until);
        peer.keeper().tell(new PairEvent.ServicesAgreed(true, left, Optional.empty()));
        ask(
                "si",
                new ServicePrimitive.ServiceList(
                        Optional.of(MetaInformation.ofServer(peer.self())), Optional.empty(), changed),
                answer -> {},
                () -> {});
    }

    void tick(Instant now) {
        if (!now.isBefore(askAgainAt) && peer.session().isPresent()) {
            negotiate();
        }
    }
}
