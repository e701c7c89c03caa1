package org.impsiwf.testkit.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.impsiwf.testkit.sip.SipMessage.uriIn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.impsiwf.testkit.Disturbance;
import org.impsiwf.testkit.Inbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SIP user agent over one real transport: it repeats over UDP what is not answered, absorbs what comes twice, answers digest
 * challenges, and leaves everything else to its user. Requests go to the gateway, in-dialog ones to where the dialog says.
 */
public final class SipUserAgent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SipUserAgent.class);

    /** How long an expectation waits before it fails. Longer than SIP's own timers of one lost message, on a slow machine. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * Who it is and whom it talks to.
     *
     * @param user {@code alice@ims.example.com}
     * @param algorithm of digests: MD5 or SHA-256
     */
    public record Settings(
            String user,
            Optional<String> password,
            String algorithm,
            SipTransport transport,
            Optional<SSLContext> tls,
            InetSocketAddress gateway) {

        public static Settings of(String user, String password, SipTransport transport, InetSocketAddress gateway) {
            return new Settings(user, Optional.of(password), "MD5", transport, Optional.empty(), gateway);
        }

        public Settings withAlgorithm(String other) {
            return new Settings(user, password, other, transport, tls, gateway);
        }

        public Settings withTls(SSLContext context) {
            return new Settings(user, password, algorithm, transport, Optional.of(context), gateway);
        }
    }

    private final Settings settings;
    private final SipWire wire;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("testkit-timer").factory());
    private final Map<String, SipRequestSent> sent = new ConcurrentHashMap<>();
    private final Map<String, SipRequestReceived> received = new ConcurrentHashMap<>();
    private final Inbox<SipRequestReceived> inbox;
    private final AtomicInteger cseq = new AtomicInteger(1);
    private final AtomicInteger broken = new AtomicInteger();

    /** Orders for what leaves. */
    public final Disturbance<SipMessage> leaving = new Disturbance<>();

    /** Orders for what arrives. */
    public final Disturbance<SipMessage> arriving = new Disturbance<>();

    private SipUserAgent(Settings settings) throws IOException {
        this.settings = settings;
        this.inbox = new Inbox<>(settings.user(), r -> r.message().toString());
        InetAddress local = addressTowards(settings.gateway());
        this.wire = settings.transport() == SipTransport.UDP
                ? new UdpWire(local, this::arrived)
                : new StreamWire(local, settings.tls(), this::arrived);
    }

    /** The gateway's own address on loopback; elsewhere the one of ours from which it is reached. */
    private static InetAddress addressTowards(InetSocketAddress gateway) throws IOException {
        if (gateway.getAddress().isLoopbackAddress()) {
            return gateway.getAddress();
        }
        try (DatagramSocket route = new DatagramSocket()) {
            route.connect(gateway);
            return route.getLocalAddress();
        }
    }

    /** Opens its socket where the gateway reaches it, on a free port. */
    public static SipUserAgent start(Settings settings) {
        try {
            return new SipUserAgent(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String uri() {
        return "sip:" + settings.user();
    }

    public String domain() {
        return settings.user().substring(settings.user().indexOf('@') + 1);
    }

    /** Where it is reached, as a Contact value. */
    public String contact() {
        String name = settings.user().substring(0, settings.user().indexOf('@'));
        return "<sip:" + name + "@" + hostPort(wire.local()) + ";transport="
                + settings.transport().parameter() + ">";
    }

    public InetSocketAddress address() {
        return wire.local();
    }

    /** A request of ours to somebody, with all mandatory headers but Via. */
    public SipMessage newRequest(String method, String uri) {
        SipMessage request = SipMessage.request(method, uri)
                .with("Max-Forwards", "70")
                .with("From", "<" + uri() + ">;tag=" + random())
                .with("To", "<" + (method.equals("REGISTER") ? this.uri() : uri) + ">")
                .with("Call-ID", UUID.randomUUID().toString())
                .with("CSeq", cseq.getAndIncrement() + " " + method);
        boolean targets = method.equals("INVITE") || method.equals("REGISTER");
        return targets ? request.with("Contact", contact()) : request;
    }

    /** Sends a request as it is, under a Via of ours, and repeats it over UDP until there is an answer. */
    public SipRequestSent send(SipMessage request) {
        String branch = "z9hG4bK" + random();
        return sendUnder(branch, request.via(viaFor(branch)));
    }

    /** Sends a request and gives its final response; a digest challenge is answered once where we have a password. */
    public SipMessage ask(SipMessage request) {
        SipMessage answer = send(request).expectsFinal();
        return challenged(answer) ? send(answering(request, answer)).expectsFinal() : answer;
    }

    /** As {@link #ask}; empty when no final response came within the bound. */
    public Optional<SipMessage> tries(SipMessage request, Duration bound) {
        Optional<SipMessage> answer = send(request).pollFinal(bound);
        return answer.filter(this::challenged).isPresent()
                ? send(answering(request, answer.get())).pollFinal(bound)
                : answer;
    }

    /** Sends a request; when it is challenged, sends it again with the answer, and gives that one. */
    public SipRequestSent sendAnsweringChallenge(SipMessage request) {
        SipRequestSent first = send(request);
        Optional<SipMessage> challenge = first.challengeOrElse(PATIENCE);
        return challenge.isPresent() ? send(answering(request, challenge.orElseThrow())) : first;
    }

    boolean challenged(SipMessage answer) {
        return (answer.status() == 401 || answer.status() == 407)
                && settings.password().isPresent();
    }

    /** The request again, with the answer to the challenge. */
    SipMessage answering(SipMessage request, SipMessage challenge) {
        boolean proxy = challenge.status() == 407;
        String name = settings.user().substring(0, settings.user().indexOf('@'));
        String value = DigestAnswer.to(
                challenge.headers(proxy ? "Proxy-Authenticate" : "WWW-Authenticate"),
                settings.algorithm(),
                name,
                settings.password().orElseThrow(),
                request.method(),
                request.requestUri());
        return request.replacing(proxy ? "Proxy-Authorization" : "Authorization", value)
                .replacing("CSeq", cseq.getAndIncrement() + " " + request.method());
    }

    int nextCseq() {
        return cseq.getAndIncrement();
    }

    /** Bytes of any kind to the gateway. */
    public void sendRaw(byte[] bytes) {
        transmit(bytes, settings.gateway());
    }

    /** Closes its connection to the gateway at once; the next request opens another. Of TCP and TLS only. */
    public void hangUp() {
        ((StreamWire) wire).hangUp(settings.gateway());
    }

    /** The next request of that method that nobody has read. */
    public SipRequestReceived expects(String method) {
        return inbox.take(method, r -> r.message().method().equals(method), PATIENCE);
    }

    SipRequestReceived expects(String method, String callId) {
        return inbox.take(
                method + " in " + callId,
                r -> r.message().method().equals(method) && r.message().callId().equals(callId),
                PATIENCE);
    }

    /** As {@link #expects(String)}, empty when the bound is over: for what should not come. */
    public Optional<SipRequestReceived> poll(String method, Duration bound) {
        return inbox.poll(r -> r.message().method().equals(method), bound);
    }

    Optional<SipRequestReceived> poll(String method, String callId, Duration bound) {
        return inbox.poll(
                r -> r.message().method().equals(method) && r.message().callId().equals(callId), bound);
    }

    /** From now on hands each request to that reader as it comes, the ACK of a 2xx included, instead of keeping it for who expects it. */
    public void readBy(Consumer<SipRequestReceived> reader) {
        inbox.handsTo(reader);
    }

    /** How many messages it could not read at all. */
    public int broken() {
        return broken.get();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        wire.close();
    }

    SipRequestSent sendUnder(String branch, SipMessage request) {
        SipRequestSent transaction = new SipRequestSent(
                this, request, target(request), settings.transport().repeats());
        sent.put(branch + " " + request.method(), transaction);
        transaction.start(timer);
        return transaction;
    }

    /** Sends an ACK or a repeat: nothing is expected back. */
    void transmit(SipMessage message, InetSocketAddress to) {
        for (int copies = leaving.copies(message); copies > 0; copies--) {
            transmit(message.bytes(), to);
        }
    }

    String viaFor(String branch) {
        return "SIP/2.0/" + settings.transport() + " " + hostPort(wire.local()) + ";rport;branch=" + branch;
    }

    /** Whether its transport may lose messages. */
    boolean repeats() {
        return settings.transport().repeats();
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** The first Route, else the Request-URI, where it is a literal address; else the gateway. */
    InetSocketAddress target(SipMessage request) {
        String hop = request.header("Route").map(SipMessage::uriIn).orElse(request.requestUri());
        return HostPort.in(uriIn(hop)).orElse(settings.gateway());
    }

    private void arrived(byte[] bytes, SipWire.Back back) {
        if (new String(bytes, ISO_8859_1).isBlank()) {
            return; // keep-alive
        }
        try {
            SipMessage message = SipMessage.parse(bytes);
            for (int copies = arriving.copies(message); copies > 0; copies--) {
                take(message, back);
            }
        } catch (RuntimeException e) {
            broken.incrementAndGet();
            LOG.warn("{} cannot read a message: {}", settings.user(), e.toString());
        }
    }

    private void take(SipMessage message, SipWire.Back back) {
        if (!message.isRequest()) {
            SipRequestSent transaction = sent.get(message.branch() + " " + message.method());
            if (transaction != null) {
                transaction.answered(message);
            }
        } else if (message.method().equals("ACK")) {
            acknowledged(message, back);
        } else {
            SipRequestReceived fresh = new SipRequestReceived(this, message, back);
            SipRequestReceived known = received.putIfAbsent(message.branch() + " " + message.method(), fresh);
            if (known == null) {
                inbox.put(fresh);
            } else {
                known.repeated();
            }
        }
    }

    private void acknowledged(SipMessage ack, SipWire.Back back) {
        for (SipRequestReceived invite : received.values()) {
            if (invite.message().method().equals("INVITE")
                    && invite.message().callId().equals(ack.callId())
                    && invite.message().cseqNumber() == ack.cseqNumber()
                    && invite.acknowledged()) {
                inbox.put(new SipRequestReceived(this, ack, back));
            }
        }
    }

    private void transmit(byte[] bytes, InetSocketAddress to) {
        try {
            wire.send(bytes, to);
        } catch (IOException e) {
            LOG.warn("{} could not send to {}: {}", settings.user(), to, e.toString());
        }
    }

    static String random() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 16);
    }

    private static String hostPort(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
