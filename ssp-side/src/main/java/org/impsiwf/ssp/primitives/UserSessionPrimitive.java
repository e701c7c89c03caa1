package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.NOTIFICATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** SSP 12: sessions of users whose home domain is another one. */
public sealed interface UserSessionPrimitive extends Primitive {

    /** One step of a login: a password, or the schemas on offer, or the digest. Digest text is base64. Seconds on the wire. */
    @Section("12.1.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UserLoginRequest(
            MetaInformation metaInformation,
            @Element("ApplicationID") Optional<ApplicationId> applicationId,

            @Conditional("two-way login") @Element("Password")
            Optional<String> passwordString,

            @Conditional("second request of four-way login") @Element("DigestBytes")
            Optional<String> digestBytes,

            @Conditional("first request of four-way login") @Element("DigestSchema")
            List<String> supportedDigestSchema,

            Optional<Duration> timeToLive,
            @In("SystemMessageResponseList") List<SystemMessage.Response> systemMessageResponseList)
            implements UserSessionPrimitive {
        public UserLoginRequest {
            supportedDigestSchema = List.copyOf(supportedDigestSchema);
            systemMessageResponseList = List.copyOf(systemMessageResponseList);
            boolean digest = digestBytes.isPresent();
            boolean offer = !supportedDigestSchema.isEmpty();
            Rules.presentOnlyIf(!digest && !offer, passwordString, "Password-String", "without a digest");
            Rules.absentUnless(!offer, digestBytes, "Digest-Bytes", "after the schemas were offered");
        }

        /** Without password and digest: not for logs. */
        @Override
        public String toString() {
            return "UserLoginRequest[metaInformation=" + metaInformation + ", timeToLive=" + timeToLive + "]";
        }
    }

    @Section("12.1.1.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record UserLoginResponse(
            Status statusInfo,
            @Conditional("status = 401") @Element("Nonce") Optional<String> nonce,

            @Conditional("status = 401") @Element("DigestSchema")
            Optional<String> digestSchema,

            @Conditional("login successful and Time-To-Live was requested; may be there on success")
            Optional<Duration> keepAliveTime,

            @Conditional("may be there on success") Optional<Boolean> clientCapabilityRequest)
            implements UserSessionPrimitive {
        public UserLoginResponse {
            Rules.require(!keepAliveTime.equals(Optional.of(Duration.ZERO)), "Keep-Alive-Time", "is zero");
        }
    }

    @Section("12.1.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UserLogoutRequest(MetaInformation metaInformation) implements UserSessionPrimitive {}

    /** One-way, although it carries a Status (630 or 631). */
    @Section("12.1.3.1.1")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record UserDisconnect(MetaInformation metaInformation, Status statusInfo) implements UserSessionPrimitive {}

    @Section("12.1.4.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UserKeepAliveRequest(MetaInformation metaInformation, Optional<Duration> timeToLive)
            implements UserSessionPrimitive {}

    @Section("12.1.4.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record UserKeepAliveResponse(Status statusInfo, Optional<Duration> keepAliveTime) implements UserSessionPrimitive {}

    @Section("12.1.5.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UserGetSPInfoRequest(MetaInformation metaInformation) implements UserSessionPrimitive {}

    @Section("12.1.5.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record UserGetSPInfoResponse(
            Status statusInfo,
            @Element("Name") String name,
            @In("Logo") Optional<Content> logo,
            @Element("Text") Optional<String> text,
            @Element("URL") Optional<String> url)
            implements UserSessionPrimitive {}

    @Section("12.1.6.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UserServiceRequest(
            MetaInformation metaInformation,
            @In("Functions") CspFeatures requestedFunctions,
            boolean allFunctionsRequest)
            implements UserSessionPrimitive {}

    @Section("12.1.6.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record UserServiceResponse(
            Status statusInfo,

            @Conditional("on success") @In("NotAvailableFunctions")
            Optional<CspFeatures> notAvailableFunctions,

            @Conditional("All-Functions-Request = True in the request") @In("AllFunctions")
            Optional<CspFeatures> allFunctions)
            implements UserSessionPrimitive {}
}
