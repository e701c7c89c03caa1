package org.impsiwf.ssp.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A peer made of bare sockets: takes POSTs, posts bytes, and behaves as badly as a test wants. */
final class ScriptedPeer implements AutoCloseable {

    static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n";
    /** Closes the connection without an answer. */
    static final String HANG_UP = "";

    private static final int PATIENCE_SECONDS = 10;

    record Received(Map<String, String> headers, String body) {}

    private final ServerSocket port;
    private final BlockingQueue<Received> inbox = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    volatile Function<Received, String> httpAnswer = received -> OK;

    ScriptedPeer() throws IOException {
        this(0);
    }

    ScriptedPeer(int wanted) throws IOException {
        port = new ServerSocket(wanted, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port.getLocalPort() + "/");
    }

    int port() {
        return port.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = port.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            assert port.isClosed() : closed;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                Received received = read(in);
                if (received == null) {
                    return;
                }
                String answer = httpAnswer.apply(received);
                inbox.add(received);
                if (answer.isEmpty()) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
            }
        } catch (IOException broken) {
            assert socket.isClosed() : broken;
        }
    }

    private static Received read(InputStream in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String first = line(in);
        if (first == null) {
            return null;
        }
        headers.put("", first);
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new Received(headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /** The next POST with this in its body; others before it are passed over. */
    Received expect(String part) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            Received next = inbox.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("no POST with " + part);
            }
            if (next.body().contains(part)) {
                return next;
            }
        }
    }

    int waiting() {
        return inbox.size();
    }

    /** Whether something with this in its body waits. */
    boolean has(String part) {
        return inbox.stream().anyMatch(r -> r.body().contains(part));
    }

    /** @return the status line, or "closed" when the connection was closed without one */
    static String post(URI to, String body) throws IOException {
        return send(to, asPost(body));
    }

    static String asPost(String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/vnd.wv.ssp+xml\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    static String send(URI to, String request) throws IOException {
        try (Socket socket = new Socket(to.getHost().replaceAll("[\\[\\]]", ""), to.getPort())) {
            return exchange(socket, request);
        } catch (SocketException reset) {
            return "closed";
        }
    }

    /** As {@link #send}, from another address of this machine. */
    static String sendFrom(String host, URI to, String request) throws IOException {
        try (Socket socket = new Socket(to.getHost(), to.getPort(), InetAddress.getByName(host), 0)) {
            return exchange(socket, request);
        } catch (SocketException reset) {
            return "closed";
        }
    }

    private static String exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        String status = line(socket.getInputStream());
        return status == null ? "closed" : status;
    }

    /** Drops every connection; the port stays open. */
    void dropConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        port.close();
        dropConnections();
    }

    /** The value of an attribute or, with the element's name, of its text. */
    static String value(String body, String attribute) {
        var matcher = Pattern.compile(attribute + "=\"([^\"]*)\"").matcher(body);
        if (!matcher.find()) {
            throw new AssertionError("no " + attribute + " in " + body);
        }
        return matcher.group(1);
    }

    static String text(String body, String element) {
        var matcher = Pattern.compile("<" + element + "[^>]*>\\s*([^<]*?)\\s*</" + element + ">")
                .matcher(body);
        if (!matcher.find()) {
            throw new AssertionError("no " + element + " in " + body);
        }
        return matcher.group(1);
    }
}
