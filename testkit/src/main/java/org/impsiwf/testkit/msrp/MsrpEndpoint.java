package org.impsiwf.testkit.msrp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.impsiwf.testkit.Disturbance;
import org.impsiwf.testkit.Inbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MSRP session's end with a listener of its own. It answers what it gets (200, a success REPORT where asked) unless told to
 * refuse or to be silent, and puts chunks together.
 */
public final class MsrpEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MsrpEndpoint.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerSocket listener;
    private final Optional<SSLContext> tls;
    private final String path;
    private final Inbox<MsrpFrame> responses;
    private final Inbox<MsrpFrame> reports;
    private final Inbox<MsrpFrame> requests;
    private final Inbox<ReceivedMessage> messages;
    private final Map<String, List<MsrpFrame>> chunks = new HashMap<>();
    private final Set<String> complete = new HashSet<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile CompletableFuture<Socket> connection = new CompletableFuture<>();
    private volatile List<String> remotePath = List.of();
    private volatile int answer = 200;
    private volatile boolean reporting = true;
    private volatile boolean holding;
    private final Map<String, MsrpFrame> held = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<MsrpFrame>> binding = new ConcurrentHashMap<>();

    /** Orders for what leaves. */
    public final Disturbance<MsrpFrame> leaving = new Disturbance<>();

    private MsrpEndpoint(InetAddress address, Optional<SSLContext> tls) throws IOException {
        this.tls = tls;
        listener = tls.isPresent()
                ? tls.get().getServerSocketFactory().createServerSocket(0, 5, address)
                : new ServerSocket(0, 5, address);
        String host = address.getHostAddress().contains(":")
                ? "[" + address.getHostAddress() + "]"
                : address.getHostAddress();
        path = (tls.isPresent() ? "msrps://" : "msrp://") + host + ":" + listener.getLocalPort() + "/" + token()
                + ";tcp";
        responses = new Inbox<>("msrp", MsrpFrame::toString);
        reports = new Inbox<>("msrp", MsrpFrame::toString);
        requests = new Inbox<>("msrp", MsrpFrame::toString);
        messages = new Inbox<>("msrp", ReceivedMessage::toString);
        Thread.ofVirtual().name("testkit-msrp-accept").start(this::accept);
    }

    public static MsrpEndpoint listen(InetAddress address) {
        return listen(address, Optional.empty());
    }

    public static MsrpEndpoint listen(InetAddress address, Optional<SSLContext> tls) {
        try {
            return new MsrpEndpoint(address, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Our URI. */
    public String path() {
        return path;
    }

    /** The other end's path, next hop first. */
    public MsrpEndpoint towards(List<String> remote) {
        remotePath = List.copyOf(remote);
        return this;
    }

    /** As the active end: connects to the next hop and binds the session with an empty SEND (RFC 4975 §5.4). */
    public void connects() {
        HostPort next = HostPort.of(remotePath.getFirst());
        try {
            Socket socket = new Socket();
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral(next.host()), next.port()), 5_000);
            use(
                    tls.isPresent()
                            ? tls.get().getSocketFactory().createSocket(socket, next.host(), next.port(), true)
                            : socket);
        } catch (IOException e) {
            throw new AssertionError("msrp: no connection to " + remotePath.getFirst() + ": " + e.getMessage(), e);
        }
        MsrpFrame empty = send(token());
        var bound = binding.computeIfAbsent(empty.transactionId(), id -> new CompletableFuture<>());
        sendFrame(empty);
        int status = await(bound, "a response to " + empty).status();
        if (status != 200) {
            throw new AssertionError("msrp: the empty SEND was answered " + status);
        }
    }

    /** From now on answers every SEND with that status; 0 is silence. */
    public void answersWith(int status) {
        answer = status;
    }

    /** From now on answers a message's last chunk when {@link #answers} says so, and sends no REPORT of its own. */
    public void leavesAnswersToItsUser() {
        holding = true;
        reporting = false;
    }

    /** Answers the message whose last chunk is held; false when none is. */
    public boolean answers(String messageId, int status) {
        MsrpFrame last = held.remove(messageId);
        if (last != null) {
            respond(last, status);
        }
        return last != null;
    }

    /** Reports on a message that came. */
    public void reports(String messageId, int length, int status) {
        sendFrame(request("REPORT")
                .with("Message-ID", messageId)
                .with("Byte-Range", "1-" + length + "/" + length)
                .with("Status", "000 " + status + " -"));
    }

    /** As the passive end: waits until the other end has connected and bound the session. */
    public void isConnected() {
        expectsRequest("SEND");
    }

    /** From now on hands whole messages, and responses and REPORTs, to these readers as they come. */
    public void readBy(Consumer<ReceivedMessage> reader, Consumer<MsrpFrame> answers) {
        messages.handsTo(reader);
        responses.handsTo(answers);
        reports.handsTo(answers);
    }

    /** Sends a text in one SEND; gives its Message-ID. */
    public String sends(String text) {
        return sends("text/plain", text.getBytes(UTF_8), Integer.MAX_VALUE, Map.of());
    }

    /** Sends a message in chunks of at most that size; gives its Message-ID. Does not wait for answers. */
    public String sends(String contentType, byte[] content, int chunkSize, Map<String, String> headers) {
        String messageId = token();
        int from = 0;
        do {
            int to = (int) Math.min((long) from + chunkSize, content.length);
            MsrpFrame chunk = send(messageId).with("Byte-Range", (from + 1) + "-" + to + "/" + content.length);
            for (var header : headers.entrySet()) {
                chunk = chunk.with(header.getKey(), header.getValue());
            }
            chunk = chunk.with("Content-Type", contentType);
            sendFrame(chunk.withBody(Arrays.copyOfRange(content, from, to), to == content.length ? '$' : '+'));
            from = to;
        } while (from < content.length);
        return messageId;
    }

    /** Sends a text in one SEND under the Message-ID of before: nobody has answered the first (RFC 4975 §5.4). */
    public void repeats(String messageId, String text) {
        byte[] content = text.getBytes(UTF_8);
        sendFrame(send(messageId)
                .with("Byte-Range", "1-" + content.length + "/" + content.length)
                .with("Content-Type", "text/plain")
                .withBody(content, '$'));
    }

    /** A SEND of ours, with paths and Message-ID. */
    public MsrpFrame send(String messageId) {
        return request("SEND").with("Message-ID", messageId);
    }

    public MsrpFrame request(String method) {
        return MsrpFrame.of(token(), method)
                .with("To-Path", String.join(" ", remotePath))
                .with("From-Path", path);
    }

    public MsrpFrame sendFrame(MsrpFrame frame) {
        for (int copies = leaving.copies(frame); copies > 0; copies--) {
            sendRaw(frame.bytes());
        }
        return frame;
    }

    /** Bytes of any kind, when the connection is there. */
    public void sendRaw(byte[] bytes) {
        Socket socket = connection();
        synchronized (this) {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                LOG.debug("msrp: {}", e.toString());
            }
        }
    }

    /** The response to that frame. */
    public MsrpFrame expectsResponse(MsrpFrame request) {
        return responses.take(
                "a response to " + request, f -> f.transactionId().equals(request.transactionId()), PATIENCE);
    }

    /** The next response that nobody has read. */
    public MsrpFrame expectsResponse() {
        return responses.take("a response", f -> true, PATIENCE);
    }

    /** The next REPORT for that message. */
    public MsrpFrame expectsReport(String messageId) {
        return reports.take("a REPORT for " + messageId, f -> f.messageId().equals(messageId), PATIENCE);
    }

    /** The next whole message. */
    public ReceivedMessage expectsMessage() {
        return messages.take("a message", m -> true, PATIENCE);
    }

    public ReceivedMessage expectsText(String text) {
        return messages.take("\"" + text + "\"", m -> m.text().equals(text), PATIENCE);
    }

    /** The next message within the bound: for what should not come. */
    public Optional<ReceivedMessage> poll(Duration bound) {
        return messages.poll(m -> true, bound);
    }

    /** The next request, in whole frames, also those that were put together to messages. */
    public MsrpFrame expectsRequest(String method) {
        return requests.take(method, f -> f.subject().equals(method), PATIENCE);
    }

    /** Waits until the other end, or the network, has closed the connection. */
    public void expectsEnd() {
        await(ended, "the end of the connection");
    }

    /** Closes the connection at once, as a client does that vanishes. */
    public void vanishes() {
        closeQuietly(connection());
    }

    @Override
    public void close() {
        closeQuietly(listener);
        if (connection.isDone()) {
            closeQuietly(connection.join());
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                use(listener.accept());
            } catch (IOException e) {
                LOG.debug("msrp accept: {}", e.toString());
            }
        }
    }

    private void use(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        if (!connection.complete(socket)) {
            connection = CompletableFuture.completedFuture(socket);
        }
        Thread.ofVirtual().name("testkit-msrp-read").start(() -> read(socket));
    }

    private void read(Socket socket) {
        try (socket) {
            MsrpFrameReader reader = new MsrpFrameReader(socket.getInputStream());
            while (true) {
                arrived(reader.next());
            }
        } catch (IOException e) {
            LOG.debug("msrp connection: {}", e.toString());
            if (connection.isDone() && connection.join().equals(socket)) {
                ended.complete(null);
            }
        }
    }

    private void arrived(MsrpFrame frame) {
        if (frame.isResponse()) {
            Optional.ofNullable(binding.remove(frame.transactionId()))
                    .ifPresentOrElse(bound -> bound.complete(frame), () -> responses.put(frame));
            return;
        }
        requests.put(frame);
        if (frame.subject().equals("REPORT")) {
            reports.put(frame);
        } else if (frame.subject().equals("SEND")) {
            sendArrived(frame);
        }
    }

    private void sendArrived(MsrpFrame frame) {
        int status = answer;
        if (holding && frame.body().isPresent() && frame.flag() == '$') {
            held.put(frame.messageId(), frame);
        } else if (status != 0) {
            respond(frame, status);
        }
        if (status != 200 || frame.body().isEmpty()) {
            return;
        }
        List<MsrpFrame> parts = chunks.computeIfAbsent(frame.messageId(), id -> new ArrayList<>());
        parts.add(frame);
        if (frame.flag() == '$' && complete.add(frame.messageId())) {
            chunks.remove(frame.messageId());
            messages.put(Chunks.joined(parts));
            if (reporting && Chunks.reportWanted(frame)) {
                report(parts, Chunks.joined(parts).content().length);
            }
        } else if (frame.flag() == '#') {
            chunks.remove(frame.messageId());
        }
    }

    private void respond(MsrpFrame frame, int status) {
        String wanted = frame.header("Failure-Report").orElse("yes");
        if (wanted.equals("yes") || (wanted.equals("partial") && status != 200)) {
            sendFrame(MsrpFrame.response(frame, status, status == 200 ? "OK" : "Refused", path));
        }
    }

    private void report(List<MsrpFrame> parts, int length) {
        MsrpFrame first = parts.getFirst();
        sendFrame(MsrpFrame.of(token(), "REPORT")
                .with("To-Path", first.header("From-Path").orElseThrow())
                .with("From-Path", path)
                .with("Message-ID", first.messageId())
                .with("Byte-Range", "1-" + length + "/" + length)
                .with("Status", "000 200 OK"));
    }

    private Socket connection() {
        return await(connection, "a connection");
    }

    private static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new AssertionError("msrp: waited in vain for " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("msrp: interrupted", e);
        }
    }

    private static void closeQuietly(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            LOG.debug("msrp close: {}", e.toString());
        }
    }

    private static String token() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
