package org.impsiwf.msrp.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.impsiwf.msrp.event.MsrpCommand.RelayAccess;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpStatus;
import org.impsiwf.msrp.message.MsrpUri;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a path through a relay for one session and keeps it valid (RFC 4976 §5.1). Its session's mailbox. */
final class RelayLogin {
    private static final Logger LOG = LoggerFactory.getLogger(RelayLogin.class);
    private static final int MOST_CHALLENGES = 2;

    private final RelayAccess access;
    private final MsrpSession session;
    private final MsrpEndpoint endpoint;
    private Optional<DigestAnswer> digest = Optional.empty();
    private int nonceCount;
    private int challenges;
    private Optional<MsrpPath> usePath = Optional.empty();
    private MsrpTime.Alarm refresh = () -> {};

    RelayLogin(RelayAccess access, MsrpSession session, MsrpEndpoint endpoint) {
        this.access = access;
        this.session = session;
        this.endpoint = endpoint;
    }

    /** The relays that a request passes, nearest first; empty before the relay let us in. */
    Optional<MsrpPath> usePath() {
        return usePath;
    }

    void start() {
        MsrpUri relay;
        try {
            relay = MsrpUri.parse(access.uri());
        } catch (IllegalArgumentException malformed) {
            session.relayFailed("the relay's address: " + malformed.getMessage());
            return;
        }
        endpoint.open(relay, Optional.empty(), Optional.empty(), new Connections.Opened() {
            @Override
            public void opened(MsrpConnection connection) {
                session.order(() -> {
                    if (!session.ended()) {
                        session.join(connection);
                        authenticate(connection);
                    }
                    connection.unreserve();
                });
            }

            @Override
            public void failed(String cause) {
                session.order(() -> session.relayFailed(cause));
            }
        });
    }

    private void authenticate(MsrpConnection connection) {
        List<MsrpFrame.Header> headers = digest.map(
                        challenge -> challenge.header(access, access.uri(), ++nonceCount, endpoint.transactionId()))
                .map(value -> List.of(new MsrpFrame.Header("Authorization", value)))
                .orElse(List.of());
        MsrpPath to = MsrpPath.parse(access.uri());
        connection.request(
                transactionId -> new MsrpFrame.Other(transactionId, "AUTH", to, session.localPath(), headers),
                session,
                (status, response) -> session.fromConnection(() -> answered(connection, status, response)));
    }

    private void answered(MsrpConnection connection, int status, Optional<MsrpFrame.Response> response) {
        Optional<DigestAnswer> challenge =
                response.flatMap(answer -> answer.header("WWW-Authenticate")).flatMap(DigestAnswer::to);
        if (status == MsrpStatus.UNAUTHORIZED && challenge.isPresent() && ++challenges <= MOST_CHALLENGES) {
            digest = challenge;
            nonceCount = 0;
            authenticate(connection);
        } else if (status == MsrpStatus.OK) {
            granted(connection, response.orElseThrow());
        } else {
            refused("the relay answered AUTH with " + status);
        }
    }

    private void granted(MsrpConnection connection, MsrpFrame.Response response) {
        challenges = 0;
        boolean first = usePath.isEmpty();
        try {
            MsrpPath granted = MsrpPath.parse(response.header("Use-Path").orElse(""));
            if (first) {
                usePath = Optional.of(granted);
            }
            response.header("Expires").map(Long::parseLong).ifPresent(seconds -> refreshIn(seconds, connection));
        } catch (IllegalArgumentException malformed) {
            refused("the relay's Use-Path: " + malformed.getMessage());
            return;
        }
        if (first) {
            // RFC 4976 §5.1: the far end meets the relays in the other order.
            List<MsrpUri> reversed = new ArrayList<>(usePath.orElseThrow().uris());
            Collections.reverse(reversed);
            session.relayReady(connection, MsrpPath.of(reversed).then(session.localPath()));
        }
    }

    private void refreshIn(long expiresSeconds, MsrpConnection connection) {
        Duration soon = Duration.ofMillis(Math.max(1, expiresSeconds) * 800);
        refresh = endpoint.time()
                .after(
                        soon,
                        () -> session.order(() -> {
                            if (!session.ended()) {
                                authenticate(connection);
                            }
                        }));
    }

    private void refused(String cause) {
        if (usePath.isEmpty()) {
            session.relayFailed(cause);
        } else {
            LOG.warn(
                    "{}: the path through the relay was not renewed: {}",
                    session.id().value(),
                    cause);
        }
    }

    void stop() {
        refresh.cancel();
    }
}
