package org.impsiwf.ssp.server;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.AcceptedContentType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.ServicePrimitive;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;

/** SSP 10: what we offer a peer that asks, and what we ask it when a session has opened. Pure but for its outcome. */
final class ServiceNegotiation {

    /** Session mode and pager mode, delivery reports, invitations to talk: what the gateway bridges today. */
    static final Services OFFERED = new Services(
            Optional.of(new Services.SapFeature(true, false, false, false)),
            Optional.of(new Services.CommonFeature(
                    Optional.of(new Services.Invite(false, true, false, false, false)),
                    false,
                    Optional.empty(),
                    false,
                    false,
                    false)),
            Optional.empty(),
            Optional.of(new Services.ImFeature(
                    Optional.empty(),
                    false,
                    false,
                    false,
                    false,
                    false,
                    false,
                    /* deliveryReport= */ true,
                    false,
                    false,
                    false,
                    false,
                    false)),
            Optional.empty());

    private final ServiceId self;
    private final List<String> acceptedContentTypes;

    ServiceNegotiation(ServiceId self, List<String> acceptedContentTypes) {
        this.self = self;
        this.acceptedContentTypes = acceptedContentTypes;
    }

    /** The answer to a question of SSP 10; empty when it is none. */
    Optional<Primitive> answer(Primitive request) {
        return switch (request) {
            case ServicePrimitive.GetServiceRequest get ->
                Optional.of(new ServicePrimitive.ServiceList(Optional.empty(), ok(), OFFERED));
            case ServicePrimitive.ServiceNegotiation desired ->
                Optional.of(new ServicePrimitive.ServiceAgreement(
                        Status.of(StatusCode.SUCCESSFUL), OFFERED, Optional.empty(), desired.timeToLive()));
            case ServicePrimitive.GetAcceptedContentTypesRequest get ->
                Optional.of(new ServicePrimitive.GetAcceptedContentTypesResponse(
                        Optional.empty(),
                        ok(),
                        acceptedContentTypes.stream()
                                .map(AcceptedContentType::of)
                                .toList(),
                        acceptedContentTypes.isEmpty()));
            default -> Optional.empty();
        };
    }

    /** SSP 10.8.2: what the peer offers has changed. It is noted; a service that is gone will be refused by the peer. */
    boolean indicates(Primitive notification) {
        return notification instanceof ServicePrimitive.ServiceList;
    }

    private static Optional<Status> ok() {
        return Optional.of(Status.of(StatusCode.SUCCESSFUL));
    }

    /** What to ask first in a new session. */
    Primitive question() {
        return new ServicePrimitive.GetAcceptedContentTypesRequest(MetaInformation.ofServer(self));
    }

    /** Waits for the outcome of {@link #question}. */
    interface Outcome {
        /** @param types empty: anything, or the peer did not say */
        void agreed(List<String> types);
    }

    /** A peer that refuses the question, or is silent, is used with the defaults. */
    static OutgoingTable.Asker asking(Outcome outcome) {
        return new OutgoingTable.Asker() {
            @Override
            public void answered(Primitive answer) {
                outcome.agreed(
                        answer instanceof ServicePrimitive.GetAcceptedContentTypesResponse types && !types.anyContent()
                                ? types.acceptedContentTypesList().stream()
                                        .map(AcceptedContentType::contentType)
                                        .toList()
                                : List.of());
            }

            @Override
            public void failed(SspEvent.Cause cause) {
                outcome.agreed(List.of());
            }
        };
    }
}
