package org.impsiwf.testkit.ssp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.testkit.Inbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * A directly connected SSP peer, as a person would write one from the document and a packet trace: logs in from either end, sends
 * and answers primitives in text. What it is not told to leave alone it answers by itself: KeepAlive, Logout, service negotiation.
 */
public final class RawSspPeer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RawSspPeer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Set<String> LEFT_TO_THE_TEST = Set.of(
            "SendMessageRequest", "DeliveryStatusReport", "InviteRequest", "InviteResponse", "CancelInviteRequest");

    /**
     * The agreement.
     *
     * @param serviceId ours, {@code wv:@imps.example.com}
     * @param ourPassword what we prove
     * @param gatewayPassword what the other side proves
     * @param hash {@code MD5} or {@code SHA-1}
     */
    public record Settings(String serviceId, String ourPassword, String gatewayPassword, String hash, Manner manner) {}

    private final Settings settings;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService work = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("raw-ssp").factory());
    private final Inbox<SspText> requests;
    private final Inbox<SspText> responses;
    private final Inbox<String> sessions;
    private final AtomicInteger transactions = new AtomicInteger(1);
    private final SetUp setUp = new SetUp();
    private volatile URI gateway;
    private volatile String ownSessionId = "";
    private volatile String theirSessionId = "";
    private volatile boolean down;

    private RawSspPeer(Settings settings, InetAddress address) throws IOException {
        this.settings = settings;
        requests = new Inbox<>(settings.serviceId(), SspText::toString);
        responses = new Inbox<>(settings.serviceId(), SspText::toString);
        sessions = new Inbox<>(settings.serviceId(), s -> "session " + s);
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.createContext("/", this::received);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Listens on a free port of loopback; logs nowhere in yet. */
    public static RawSspPeer start(Settings settings) {
        try {
            return new RawSspPeer(settings, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it takes messages. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** Where the other side takes messages; must be set before anything is sent. */
    public RawSspPeer facing(URI url) {
        gateway = url;
        return this;
    }

    // ---- the session

    /** Opens the session pair as initiator and waits until it is open. */
    public void logsIn() {
        setUp.initiator = true;
        setUp.ourTransaction = "i" + transactions.getAndIncrement();
        setUp.ourToken = token();
        post(SspXml.setUp("Request", setUp.ourTransaction, SspXml.token(settings.serviceId(), setUp.ourToken)));
        expectsSession();
    }

    /** Waits until a session pair is open, whoever opened it. */
    public void expectsSession() {
        sessions.take("a session", s -> true, PATIENCE);
    }

    /** From now on takes no message: HTTP 503 to each. */
    public void goesDown() {
        down = true;
    }

    public void comesBack() {
        down = false;
    }

    // ---- transactions

    /** The next request of that name. */
    public SspText expects(String primitive) {
        return requests.take(primitive, r -> r.name().equals(primitive), PATIENCE);
    }

    /** As {@link #expects}, empty when the bound is over: for what should not come. */
    public Optional<SspText> poll(String primitive, Duration bound) {
        return requests.poll(r -> r.name().equals(primitive), bound);
    }

    /** Sends a request; gives its transaction id. */
    public String sends(String primitive) {
        String id = "r" + transactions.getAndIncrement() + "-" + token().substring(0, 6);
        send("Request", id, primitive);
        return id;
    }

    /** Sends a request under a transaction id of the caller's, such as one that was used before. */
    public void sends(String transactionId, String primitive) {
        send("Request", transactionId, primitive);
    }

    /** Sends a request and waits for what answers it. */
    public SspText asks(String primitive) {
        return expectsResponse(sends(primitive));
    }

    public SspText expectsResponse(String transactionId) {
        return responses.take(
                "an answer to " + transactionId, r -> r.transactionId().equals(transactionId), PATIENCE);
    }

    public Optional<SspText> pollResponse(String transactionId, Duration bound) {
        return responses.poll(r -> r.transactionId().equals(transactionId), bound);
    }

    /** Answers a request with that primitive. */
    public void answers(SspText request, String primitive) {
        String session = settings.manner() == Manner.BARAZA ? ownSessionId : request.sessionId();
        post(SspXml.inSession(session, "Response", request.transactionId(), primitive));
    }

    // ---- messages

    /** Sends a text; gives the answer. */
    public SspText sendsText(String from, String to, String text) {
        return asks(message(from, to, text, token(), false));
    }

    /** The XML of a SendMessageRequest. */
    public String message(String from, String to, String text, String messageId, boolean wantsReport) {
        return SspXml.sendMessage(settings.serviceId(), from, to, text, messageId, wantsReport);
    }

    /** Waits for a message of that text and accepts it. */
    public SspText expectsText(String text) {
        SspText request = requests.take(
                "\"" + text + "\"",
                r -> r.name().equals("SendMessageRequest") && r.content().equals(text),
                PATIENCE);
        acceptsMessage(request, 200);
        return request;
    }

    /** Answers a SendMessageRequest with that status. */
    public void acceptsMessage(SspText request, int status) {
        answers(request, SspXml.messageTaken(status, request.messageId()));
    }

    /** Reports on a message that we were sent: in a transaction of its own, or in the original one as the observed server does. */
    public void reports(SspText message, int result) {
        String recipient = message.role("Recipient");
        String sender = message.role("Sender");
        if (settings.manner() == Manner.BARAZA) {
            // The observed server names them from the report's own point of view: it goes to the sender.
            answers(
                    message,
                    SspXml.deliveryReport(settings.serviceId(), sender, recipient, message.messageId(), result));
        } else {
            sends(SspXml.deliveryReport(settings.serviceId(), recipient, sender, message.messageId(), result));
        }
    }

    public String inviteRequest(String from, String to, String inviteId) {
        return SspXml.invite(settings.serviceId(), from, to, inviteId);
    }

    /** Answers an InviteRequest: takes it, then says Yes or No in a transaction with its id (D-10). */
    public void answersInvite(SspText invite, boolean accepted) {
        answers(invite, SspXml.status(200));
        sends(
                invite.transactionId(),
                SspXml.inviteAnswer(
                        invite.role("Inviting"),
                        invite.role("Invited"),
                        invite.attribute("InviteRequest", "inviteID"),
                        accepted));
    }

    /** Posts any body; gives the HTTP status, or 0 when the connection was closed without an answer. */
    public int post(String body) {
        HttpRequest request = HttpRequest.newBuilder(gateway)
                .header("Content-Type", "application/vnd.wv.ssp+xml")
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            log.debug("post: {}", e.toString());
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The session id that a request of ours carries. */
    public String sessionId() {
        return settings.manner() == Manner.BARAZA ? ownSessionId : theirSessionId;
    }

    @Override
    public void close() {
        server.stop(0);
        work.shutdownNow();
        client.shutdownNow();
    }

    private void send(String mode, String transactionId, String primitive) {
        int status = post(SspXml.inSession(sessionId(), mode, transactionId, primitive));
        if (status / 100 != 2) {
            throw new AssertionError(settings.serviceId() + ": POST was answered " + status);
        }
    }

    private void received(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (down) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            Element root = SspText.root(body);
            // Answered before it is worked on: the answers in SSP are POSTs of their own.
            work.execute(() -> messageReceived(root));
            exchange.sendResponseHeaders(200, -1);
        } catch (SAXException e) {
            log.warn("{} got what is not XML: {}", settings.serviceId(), e.toString());
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private void messageReceived(Element root) {
        for (Element child : SspText.children(root)) {
            if (child.getTagName().equals("SetupTransaction")) {
                setUp.leg(text("", child));
            } else {
                String session = child.getAttribute("sessionID");
                SspText.children(child).forEach(t -> transaction(text(session, t)));
            }
        }
    }

    private static SspText text(String session, Element transaction) {
        return new SspText(
                session,
                transaction.getAttribute("mode"),
                transaction.getAttribute("transactionID"),
                SspText.children(transaction).getFirst());
    }

    private void transaction(SspText transaction) {
        if (transaction.mode().equals("Response")) {
            responses.put(transaction);
        } else if (LEFT_TO_THE_TEST.contains(transaction.name())) {
            requests.put(transaction);
        } else if (settings.manner() == Manner.BARAZA) {
            answers(transaction, SspXml.status(405));
        } else {
            answers(transaction, ownAnswer(transaction));
        }
    }

    private static String ownAnswer(SspText request) {
        return switch (request.name()) {
            case "KeepAliveRequest" ->
                "<KeepAliveResponse timeToLive=\"86400\"><Status code=\"200\"/></KeepAliveResponse>";
            case "LogoutRequest" -> "<Disconnect><Status code=\"200\"/></Disconnect>";
            case "GetAcceptedContentTypesRequest" ->
                "<GetAcceptedContentTypesResponse anyContent=\"Yes\"><Status code=\"200\"/></GetAcceptedContentTypesResponse>";
            default -> SspXml.status(501);
        };
    }

    private String digest(String token, String password) {
        try {
            MessageDigest hash = MessageDigest.getInstance(settings.hash());
            return Base64.getEncoder().encodeToString(hash.digest((token + password).getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** The ten steps of SSP 9.2.1, from either end. Runs on the one work thread, but for its first step. */
    private final class SetUp {
        private volatile boolean initiator;
        private volatile String ourTransaction = "";
        private volatile String ourToken = "";
        private String theirTransaction = "";
        private String theirToken = "";
        private boolean verified;
        private boolean accepted;

        void leg(SspText leg) {
            switch (leg.name()) {
                case "SendSecretToken" -> tokenReceived(leg);
                case "LoginRequest" -> loginReceived(leg);
                case "LoginResponse" -> responseReceived(leg);
                default -> log.warn("{} is no set-up", leg);
            }
        }

        private void tokenReceived(SspText leg) {
            theirTransaction = leg.transactionId();
            verified = false;
            accepted = false;
            theirToken = leg.text("SecretToken");
            if (initiator) {
                post(SspXml.setUp(
                        early(),
                        loginId(),
                        SspXml.login(settings.serviceId(), digest(theirToken, settings.ourPassword()))));
            } else {
                ourTransaction = "s" + transactions.getAndIncrement();
                ourToken = token();
                String mode = settings.manner() == Manner.BARAZA ? "Response" : "Request";
                post(SspXml.setUp(mode, ourTransaction, SspXml.token(settings.serviceId(), ourToken)));
            }
        }

        private void loginReceived(SspText leg) {
            if (!digest(ourToken, settings.gatewayPassword())
                    .equals(leg.text("PasswordDigest").replaceAll("\\s", ""))) {
                log.warn("{}: wrong digest", settings.serviceId());
                post(SspXml.setUp("Response", leg.transactionId(), SspXml.loginRefused(409)));
                return;
            }
            verified = true;
            ownSessionId = token().substring(0, 8)
                    + settings.serviceId().substring(settings.serviceId().indexOf('@'));
            if (!initiator) {
                post(SspXml.setUp(
                        "Response",
                        theirTransaction,
                        SspXml.login(settings.serviceId(), digest(theirToken, settings.ourPassword()))));
                accept(leg.transactionId());
            } else if (settings.manner() == Manner.BARAZA) {
                accept(ourTransaction);
            } else {
                finishAsInitiator();
            }
        }

        private void responseReceived(SspText leg) {
            if (leg.status() != 200) {
                log.warn("{}: login was answered {}", settings.serviceId(), leg.status());
                return;
            }
            theirSessionId = leg.attribute("LoginResponse", "sessionID");
            accepted = true;
            if (initiator && settings.manner() == Manner.OMA_1_3) {
                finishAsInitiator();
            } else {
                opened();
            }
        }

        private void finishAsInitiator() {
            if (verified && accepted) {
                accept(ourTransaction);
                opened();
            }
        }

        private void opened() {
            initiator = false;
            sessions.put(ownSessionId + " / " + theirSessionId);
        }

        private void accept(String transaction) {
            String mode = initiator ? early() : "Response";
            post(SspXml.setUp(mode, transaction, SspXml.loginAccepted(ownSessionId)));
        }

        /** What the initiator writes: a marker of its role with the one, of the direction with the other. */
        private String early() {
            return settings.manner() == Manner.BARAZA ? "Request" : "Response";
        }

        private String loginId() {
            return settings.manner() == Manner.BARAZA ? ourTransaction : theirTransaction;
        }
    }
}
