package org.impsiwf.ssp.server;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.ssp.codec.DecodeException;
import org.impsiwf.ssp.codec.Decoded;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.MalformedMessageException;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.transport.IncomingConnection;
import org.impsiwf.ssp.transport.MessageReceiver;
import org.impsiwf.ssp.transport.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what is posted to us and finds whose it is. Called on any event loop; hands over to the peer's. */
final class Reception implements MessageReceiver {

    /** D-01: the text of 1.3 itself prints 1.2. */
    private static final Set<String> VERSIONS = Set.of("1.0", "1.1", "1.2", "1.3");

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final SspCodec codec;
    private final SspCounters counters;
    private final Map<String, Peer> byDomain = new ConcurrentHashMap<>();
    private final Map<SessionId, Peer> bySession = new ConcurrentHashMap<>();
    private final PostForwarding forwarding;
    private volatile boolean closed;

    Reception(SspCodec codec, SspCounters counters, Carriage carriage) {
        this.codec = codec;
        this.counters = counters;
        forwarding = new PostForwarding(this, carriage);
    }

    @Override
    public CompletableFuture<Receipt> received(IncomingConnection from, byte[] body) {
        if (closed) {
            return CompletableFuture.completedFuture(Receipt.UNAVAILABLE);
        }
        Optional<Peer> guess = guess(body);
        boolean ours = guess.map(Peer::acting).orElseGet(() -> peers().stream().allMatch(Peer::acting));
        return ours
                ? CompletableFuture.completedFuture(read(Optional.of(from), body, guess))
                : forwarding.forward(from, body);
    }

    /**
     * Another node has handed it to us.
     *
     * @return empty: the peer that it is of is not ours to speak with now
     */
    Optional<Receipt> handedOver(IncomingConnection from, byte[] body) {
        if (closed) {
            return Optional.empty();
        }
        Optional<Peer> guess = guess(body);
        boolean ours = guess.map(Peer::acting).orElseGet(() -> peers().stream().anyMatch(Peer::acting));
        return ours ? Optional.of(read(Optional.of(from), body, guess)) : Optional.empty();
    }

    /** A message in the body of an HTTP answer of this peer. */
    void receivedInAnswer(Peer peer, byte[] body) {
        read(Optional.empty(), body, Optional.of(peer));
    }

    /** SSP 9.1.1 step 2: nothing is known of a peer but its Service-ID, and its messages tell their session. */
    Optional<Peer> guess(byte[] body) {
        MessagePeek peek = new MessagePeek(body);
        Optional<String> session = peek.sessionId();
        return session.map(id -> bySession.get(new SessionId(id)))
                .or(() -> session.flatMap(this::ofDomain))
                .or(() -> peek.serviceId().flatMap(this::ofDomain))
                .or(() -> peek.setUp().flatMap(this::inLogin));
    }

    private Optional<Peer> inLogin(TransactionId step) {
        return byDomain.values().stream().filter(p -> p.knows(step)).findFirst();
    }

    private Optional<Peer> ofDomain(String id) {
        return Optional.ofNullable(
                byDomain.get(id.substring(id.indexOf('@') + 1).toLowerCase(Locale.ROOT)));
    }

    Receipt read(Optional<IncomingConnection> from, byte[] body, Optional<Peer> guess) {
        Dialect dialect = guess.map(p -> p.settings().dialect()).orElse(Dialect.OMA_1_3);
        Optional<ServiceId> who = guess.map(p -> p.settings().serviceId());
        try {
            Decoded decoded = codec.decode(body, dialect);
            counters.count(Counted.MESSAGE_RECEIVED, who, "");
            if (decoded.skippedElements() > 0) {
                counters.count(Counted.ELEMENT_UNKNOWN, who, "");
            }
            return switch (decoded.message()) {
                case SspMessage.SetUp setUp -> setUp(from, setUp);
                case SspMessage.InSession message -> inSession(from, message, decoded, guess);
            };
        } catch (MalformedMessageException malformed) {
            counters.count(Counted.MESSAGE_MALFORMED, who, "");
            LOG.warn("no SSP message from {}: {}", origin(from), malformed.getMessage());
            return Receipt.MALFORMED;
        } catch (DecodeException wrong) {
            counters.count(Counted.MESSAGE_MALFORMED, who, String.valueOf(wrong.statusCode()));
            LOG.warn("message from {} refused: {}", origin(from), wrong.getMessage());
            return Receipt.MALFORMED;
        }
    }

    private Receipt setUp(Optional<IncomingConnection> from, SspMessage.SetUp message) {
        Optional<Peer> peer = switch (message.primitive()) {
            case SessionPrimitive.SendSecretToken token
            when !VERSIONS.contains(token.protocolVersion()) -> Optional.empty();
            case SessionPrimitive.SendSecretToken token -> registered(token.serviceId());
            case SessionPrimitive.LoginRequest login -> registered(login.serviceId());
            default -> inLogin(message.transactionId());
        };
        if (peer.isEmpty() || !certified(peer.get(), from)) {
            // SSP 9.1.1 steps 2 and 4, D-05.
            ofAnotherVersion(message).ifPresent(of -> onLoop(of, of.otherVersion()::begun));
            LOG.warn(
                    "set-up message from {} of nobody we know, or of a version that we do not speak: hanging up",
                    origin(from));
            return Receipt.HANG_UP;
        }
        onLoop(peer.get(), () -> peer.get().receiveSetUp(from, message));
        return Receipt.TAKEN;
    }

    private Optional<Peer> ofAnotherVersion(SspMessage.SetUp message) {
        return message.primitive() instanceof SessionPrimitive.SendSecretToken token
                        && !VERSIONS.contains(token.protocolVersion())
                ? registered(token.serviceId())
                : Optional.empty();
    }

    private Receipt inSession(
            Optional<IncomingConnection> from, SspMessage.InSession message, Decoded decoded, Optional<Peer> guess) {
        Optional<Peer> peer =
                Optional.ofNullable(bySession.get(message.sessionId())).or(() -> guess);
        if (peer.isEmpty() || !certified(peer.get(), from)) {
            counters.count(Counted.SESSION_UNKNOWN, Optional.empty(), "");
            LOG.warn("message for an unknown session from {}", origin(from));
            return Receipt.UNKNOWN_SESSION;
        }
        onLoop(peer.get(), () -> peer.get().receiveInSession(from, message, decoded));
        return Receipt.TAKEN;
    }

    private Optional<Peer> registered(ServiceId service) {
        return Optional.ofNullable(byDomain.get(service.domain())).filter(peer -> service.isWellFormed());
    }

    private static boolean certified(Peer peer, Optional<IncomingConnection> from) {
        return peer.settings()
                .certificateSubject()
                .map(subject -> from.isEmpty()
                        || from.get().certifiedName().filter(subject::equals).isPresent())
                .orElse(true);
    }

    private static String origin(Optional<IncomingConnection> from) {
        return from.map(IncomingConnection::toString).orElse("an HTTP answer");
    }

    private static void onLoop(Peer peer, Runnable work) {
        if (peer.loop().inEventLoop()) {
            work.run();
        } else {
            peer.loop().execute(work);
        }
    }

    void add(Peer peer) {
        byDomain.put(peer.settings().serviceId().domain(), peer);
    }

    void remove(Peer peer) {
        byDomain.remove(peer.settings().serviceId().domain(), peer);
    }

    Optional<Peer> find(ServiceId service) {
        return registered(service);
    }

    Collection<Peer> peers() {
        return byDomain.values();
    }

    void index(SessionId session, Peer peer) {
        bySession.put(session, peer);
    }

    void unindex(SessionId session, Peer peer) {
        bySession.remove(session, peer);
    }

    /** Everything posted from now on gets 503. */
    void close() {
        closed = true;
    }
}
