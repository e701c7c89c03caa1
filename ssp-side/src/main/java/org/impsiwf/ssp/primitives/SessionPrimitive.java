package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.NOTIFICATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.PrimitiveUse.TOKEN;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** SSP 9: sessions and connections. No Meta-Information; the first three travel outside a session. */
public sealed interface SessionPrimitive extends Primitive {

    /** The sender's own token, first message on a connection. {@code protocolVersion} is judged by the session. */
    @Section("9.2.1.1.1")
    @Use(TOKEN)
    @From(PROVIDER)
    record SendSecretToken(
            ServiceId serviceId,
            String protocol,
            @Also("procotolVersion") String protocolVersion,
            @Element("SecretToken") String secretToken)
            implements SessionPrimitive {

        public static final String PROTOCOL = "WV-SSP";

        public SendSecretToken {
            Rules.requireValue(protocol.equalsIgnoreCase(PROTOCOL), "Protocol", "is not " + PROTOCOL);
        }

        /** The token is a secret of the handshake: not for logs. */
        @Override
        public String toString() {
            return "SendSecretToken[serviceId=" + serviceId + ", protocolVersion=" + protocolVersion + "]";
        }
    }

    /**
     * Proof of the sender's identity.
     *
     * @param sessionId the session that gets another connection pair; absent for a new session
     * @param timeToLive seconds on the wire; absent or zero asks for no limit (D-06)
     */
    @Section("9.2.1.1.2")
    @Use(REQUEST)
    @From(REQUESTOR)
    record LoginRequest(
            @Conditional("additional connection pair within existing session")
            Optional<SessionId> sessionId,

            ServiceId serviceId,
            Optional<String> redirectHostId,
            @Element("PasswordDigest") Octets passwordDigest,
            Optional<Duration> timeToLive)
            implements SessionPrimitive {}

    /**
     * The outcome of a login.
     *
     * @param sessionId on success only (E-11)
     * @param timeToLive seconds on the wire, never zero
     * @param listOfHosts hosts that want further connection pairs; on the master connection pair only
     */
    @Section("9.2.1.1.3")
    @Use(RESPONSE)
    @From(PROVIDER)
    record LoginResponse(
            @Added("E-11: the Session-ID of Status-Info") Optional<SessionId> sessionId,
            Status statusInfo,
            Optional<Duration> timeToLive,
            @In("RedirectList") List<RedirectHost> listOfHosts)
            implements SessionPrimitive {
        public LoginResponse {
            Rules.presentIf(statusInfo.isSuccess(), sessionId, "Session-ID", "on success");
            requireLifetime(timeToLive);
            listOfHosts = List.copyOf(listOfHosts);
        }
    }

    /** A host of the provider that takes connection pairs of the same session. */
    record RedirectHost(@Attribute("hostID") String hostId) {}

    @Section("9.2.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record LogoutRequest() implements SessionPrimitive {}

    /**
     * Answers a LogoutRequest, or ends the session from the provider's side.
     *
     * @param statusInfo mandatory as an answer; otherwise sent, and its absence accepted (D-07)
     */
    @Section("9.2.3.1.1")
    @Use({RESPONSE, NOTIFICATION})
    @From(PROVIDER)
    record Disconnect(@Conditional("transaction = Logout") Optional<Status> statusInfo) implements SessionPrimitive {}

    /** Applies to the connection that it is sent on. An absent or zero lifetime asks for no limit (D-06). */
    @Section("9.2.4.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record KeepAliveRequest(Optional<Duration> timeToLive) implements SessionPrimitive {}

    /** The lifetime in here wins over the one asked for. */
    @Section("9.2.4.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record KeepAliveResponse(Status statusInfo, Optional<Duration> timeToLive) implements SessionPrimitive {
        public KeepAliveResponse {
            requireLifetime(timeToLive);
        }
    }

    private static void requireLifetime(Optional<Duration> timeToLive) {
        Rules.require(!timeToLive.equals(Optional.of(Duration.ZERO)), "Time-To-Live", "is zero");
    }
}
