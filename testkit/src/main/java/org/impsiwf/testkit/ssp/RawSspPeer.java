package org.impsiwf.testkit.ssp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

    private static final Logger LOG = LoggerFactory.getLogger(RawSspPeer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

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
    private final OtherSide otherSide;
    private final ExecutorService connections = Executors.newVirtualThreadPerTaskExecutor();
    private volatile HttpServer server;

    private final ExecutorService work = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("raw-ssp").factory());

    private final Inbox<SspText> requests;
    private final Inbox<SspText> responses;
    private final Inbox<String> sessions;
    private final AtomicInteger transactions = new AtomicInteger(1);
    private final PeerLogin login;
    private final OwnAnswers ownAnswers;
    private volatile String ownSessionId = "";
    private volatile String theirSessionId = "";
    private volatile boolean ended;
    private volatile boolean down;
    private volatile boolean dead;

    private RawSspPeer(Settings settings, InetSocketAddress address) throws IOException {
        this.settings = settings;
        otherSide = new OtherSide(settings.serviceId());
        requests = new Inbox<>(settings.serviceId(), SspText::toString);
        responses = new Inbox<>(settings.serviceId(), SspText::toString);
        sessions = new Inbox<>(settings.serviceId(), s -> "session " + s);
        ownAnswers = new OwnAnswers(settings);
        login = new PeerLogin(settings, otherSide::postOnLiveConnection, this::opened);
        server = listen(address);
    }

    private void send(String mode, String transactionId, String primitive) {
        int status = post(SspXml.inSession(sessionId(), mode, transactionId, primitive));
        if (status / 100 != 2) {
            throw new AssertionError(settings.serviceId() + ": POST was answered " + status);
        }
    }

    /** Sends a request under that transaction id; false when nobody takes it now. */
    public boolean offers(String transactionId, String primitive) {
        return post(SspXml.inSession(sessionId(), "Request", transactionId, primitive)) / 100 == 2;
    }

    /** Sends a request under that transaction id to that address, wherever it faces; gives the HTTP status, or 0 without one. */
    public int offersTo(URI address, String transactionId, String primitive) {
        return otherSide.post(address, SspXml.inSession(sessionId(), "Request", transactionId, primitive));
    }

    private HttpServer listen(InetSocketAddress address) throws IOException {
        HttpServer listening = HttpServer.create(address, 0);
        listening.createContext("/", this::received);
        listening.setExecutor(connections);
        listening.start();
        return listening;
    }

    /** Listens on a free port of loopback; logs nowhere in yet. */
    public static RawSspPeer start(Settings settings) {
        return start(settings, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** As {@link #start(Settings)}, there. */
    public static RawSspPeer start(Settings settings, InetSocketAddress address) {
        try {
            return new RawSspPeer(settings, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it takes messages. */
    public URI url() {
        String host = server.getAddress().getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.getAddress().getPort() + "/");
    }

    /** Where the other side takes messages. What is to be sent before waits for it. */
    public RawSspPeer facing(URI url) {
        return facing(List.of(url));
    }

    /** As {@link #facing(URI)}, at several addresses: the next one is tried when nobody takes a message at the one before. */
    public RawSspPeer facing(List<URI> urls) {
        otherSide.isAt(urls);
        return this;
    }

    // ---- the session

    /** Opens the session pair as initiator and waits until it is open. */
    public void logsIn() {
        login.begin();
        expectsSession();
    }

    /** Ends the session pair (SSP 9.5). */
    public void logsOut() {
        asks("<LogoutRequest/>");
        ownSessionId = "";
        theirSessionId = "";
    }

    /** Waits until a session pair is open, whoever opened it. */
    public void expectsSession() {
        sessions.take("a session", s -> true, PATIENCE);
    }

    /** Whether the other side has ended the session that was open last (SSP 9.2.3, 9.5). */
    public boolean sessionWasEnded() {
        return ended;
    }

    /** From now on says that it takes these content types only; none: any. */
    public RawSspPeer accepting(List<String> types) {
        ownAnswers.accepting(types);
        return this;
    }

    /** Waits until it has been asked what it answers by itself, such as {@code GetAcceptedContentTypesRequest}. */
    public void isAsked(String primitive) {
        ownAnswers.expects(primitive, PATIENCE);
    }

    /** From now on takes no message: HTTP 503 to each. */
    public void goesDown() {
        down = true;
    }

    /** Its process is killed: every connection breaks, and the session is forgotten. */
    public void dies() {
        dead = true;
        server.stop(0);
        ownSessionId = "";
        theirSessionId = "";
    }

    /** After {@link #goesDown} or {@link #dies}: takes messages again, under the same address. */
    public void comesBack() {
        down = false;
        if (dead) {
            try {
                server = listen(server.getAddress());
                dead = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
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
        String id =
                "r" + transactions.getAndIncrement() + "-" + PeerLogin.token().substring(0, 6);
        sends(id, primitive);
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

    /** Answers a request that nobody sent. */
    public void respondsToNothing(String primitive) {
        send("Response", "stray-" + transactions.getAndIncrement(), primitive);
    }

    /** Answers a request with that primitive. */
    public void answers(SspText request, String primitive) {
        String session = settings.manner() == Manner.BARAZA ? ownSessionId : request.sessionId();
        post(SspXml.inSession(session, "Response", request.transactionId(), primitive));
    }

    // ---- messages

    /** Sends a text; gives the answer. */
    public SspText sendsText(String from, String to, String text) {
        return asks(message(from, to, text, PeerLogin.token(), false));
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
        return otherSide.post(body);
    }

    /** From now on hands each request that it does not answer by itself to the first reader, each response to the second. */
    public void readBy(Consumer<SspText> ofRequests, Consumer<SspText> ofResponses) {
        requests.handsTo(ofRequests);
        responses.handsTo(ofResponses);
    }

    /** The session id that a request of ours carries. */
    public String sessionId() {
        return settings.manner() == Manner.BARAZA ? ownSessionId : theirSessionId;
    }

    @Override
    public void close() {
        server.stop(0);
        work.shutdownNow();
        connections.shutdownNow();
        otherSide.close();
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
            LOG.warn("{} got what is not XML: {}", settings.serviceId(), e.toString());
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private void messageReceived(Element root) {
        for (Element child : SspText.children(root)) {
            if (child.getTagName().equals("SetupTransaction")) {
                login.leg(text("", child));
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
        } else if (OwnAnswers.leaves(transaction)) {
            requests.put(transaction);
        } else {
            if (ends(transaction)) {
                ended = true;
            }
            answers(transaction, ownAnswers.to(transaction));
            ownAnswers.given(transaction);
        }
    }

    /** A late farewell to an earlier session does not end this one. */
    private boolean ends(SspText request) {
        return Set.of("Disconnect", "LogoutRequest").contains(request.name())
                && Set.copyOf(List.of(ownSessionId, theirSessionId)).contains(request.sessionId());
    }

    private void opened(String own, String theirs) {
        ownSessionId = own;
        theirSessionId = theirs;
        ended = false;
        sessions.put(own + " / " + theirs);
    }
}
