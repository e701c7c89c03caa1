package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.NOTIFICATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** SSP 10: what two servers offer each other. */
public sealed interface ServicePrimitive extends Primitive {

    @Section("10.8.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetServiceRequest(MetaInformation metaInformation) implements ServicePrimitive {}

    /** Answers GetServiceRequest with a Status, or tells of a change (ServiceIndication) with Meta-Information. */
    @Section("10.8.1.1.2")
    @Use({RESPONSE, NOTIFICATION})
    @From(PROVIDER)
    record ServiceList(
            @Conditional("transaction = ServiceIndication") Optional<MetaInformation> metaInformation,

            @Conditional("transaction = GetAvailableService")
            Optional<Status> statusInfo,

            Services serviceList)
            implements ServicePrimitive {
        public ServiceList {
            Rules.presentOnlyIf(metaInformation.isEmpty(), statusInfo, "Status-Info", "without Meta-Information");
        }
    }

    /** Asks for an agreement (SetServiceAgreement). {@code timeToLive}: seconds on the wire. */
    @Section("10.8.3.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record ServiceNegotiation(
            MetaInformation metaInformation,
            @In("DesiredServiceList") Services desiredServiceList,
            @Element("DesiredSubProtocol") Optional<String> desiredSubProtocol,
            Optional<Duration> timeToLive)
            implements ServicePrimitive {}

    /** The agreed tree may be smaller than the desired one. */
    @Section("10.8.3.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record ServiceAgreement(
            Status statusInfo,
            @In("AgreedServiceList") Services agreedServiceList,
            @Element("AgreedSubProtocol") Optional<String> agreedSubProtocol,

            @Attribute("timeToLive") @Also("agreedTimeToLive")
            Optional<Duration> agreedTimeToLive)
            implements ServicePrimitive {}

    @Section("10.8.4.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetAcceptedContentTypesRequest(MetaInformation metaInformation) implements ServicePrimitive {}

    /** The table prints Meta-Information and no Status-Info (E-16): we write a Status and read either (D-09). */
    @Section("10.8.4.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetAcceptedContentTypesResponse(
            @Conditional("D-09: one of Meta-Information and Status-Info")
            Optional<MetaInformation> metaInformation,

            @Added("D-09") Optional<Status> statusInfo,
            List<AcceptedContentType> acceptedContentTypesList,
            boolean anyContent)
            implements ServicePrimitive {
        public GetAcceptedContentTypesResponse {
            Rules.presentIf(metaInformation.isEmpty(), statusInfo, "Status-Info", "without Meta-Information");
            acceptedContentTypesList = List.copyOf(acceptedContentTypesList);
        }
    }
}
