package org.impsiwf.ssp.domain;

import java.util.Optional;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent.RequestReceived;
import org.impsiwf.ssp.event.SspSide;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.routing.Destination;
import org.impsiwf.ssp.routing.GlobalScope;
import org.impsiwf.ssp.routing.MetaInformations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the requests of neighbours come in; each is served or relayed on a virtual thread, and what one user asks in order. */
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final HomeDomain domain;
    private final SspSide side;
    private final RequestLines lines;

    Reception(HomeDomain domain, SspSide side, RequestLines lines) {
        this.domain = domain;
        this.side = side;
        this.lines = lines;
    }

    /** On the neighbour's event loop. */
    void received(RequestReceived received) {
        boolean taken = lines.serve(received.peer(), received.request(), () -> answer(received, outcome(received)));
        if (!taken) {
            answer(received, RequestLines.busy());
        }
    }

    private Primitive outcome(RequestReceived received) {
        try {
            Optional<StatusCode> local = GlobalScope.objection(received.request());
            if (local.isPresent()) {
                return refused(received, local.get());
            }
            return switch (domain.routing().fromNeighbour(received.peer(), received.request())) {
                case Destination.Here here -> domain.elements().serve(asServiceRequest(received));
                case Destination.Onward onward -> relayed(received, onward);
                case Destination.Refused refused -> refused(received, refused.why());
            };
        } catch (RuntimeException ours) {
            LOG.error("{} of {} failed", name(received), received.peer(), ours);
            return Status.of(StatusCode.INTERNAL_SERVER_ERROR);
        }
    }

    private ServiceRequest asServiceRequest(RequestReceived received) {
        Optional<MetaInformation> meta = MetaInformations.of(received.request());
        return new ServiceRequest(
                received.request(),
                Optional.of(received.peer()),
                meta.flatMap(MetaInformation::userId),
                meta.flatMap(MetaInformation::clientId),
                domain.now());
    }

    /** The same primitive, with its Service-ID; Session-ID and Transaction-ID are those of the next hop (D-31). */
    private Primitive relayed(RequestReceived received, Destination.Onward onward) {
        var table = domain.neighbours().table();
        if (!table.enters(received.request(), onward.domain(), received.peer())) {
            LOG.warn("{} of {} runs in a circle: refused", name(received), received.peer());
            return Status.of(StatusCode.SERVICE_PROVIDER_AGREEMENT_MISSING, "it came by here already");
        }
        // SSP 18.1.3: it takes a transaction with the next hop.
        side.execute(new SspCommand.Answer(received.transaction(), Status.of(StatusCode.STARTED)));
        try {
            return domain.neighbours().ask(onward.nextHop(), received.request(), Optional.of(received.transaction()));
        } finally {
            table.leaves(received.request(), onward.domain());
        }
    }

    private static Status refused(RequestReceived received, StatusCode why) {
        LOG.info("{} of {} not routed: {}", name(received), received.peer(), why.code());
        return Status.of(why);
    }

    private void answer(RequestReceived received, Primitive outcome) {
        Responses.to(received.request(), outcome)
                .ifPresent(response -> side.execute(new SspCommand.Answer(
                        received.transaction(), domain.naming().in(response))));
    }

    private static String name(RequestReceived received) {
        return received.request().getClass().getSimpleName();
    }
}
