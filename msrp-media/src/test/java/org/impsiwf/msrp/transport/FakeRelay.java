package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpPath;
import org.impsiwf.msrp.message.MsrpUri;

/** A relay of RFC 4976 in small: AUTH with digest, a path per session, SEND answered hop by hop and forwarded. */
final class FakeRelay implements AutoCloseable {
    private static final String REALM = "relay.example.com";
    private static final String NONCE = "n0nce";

    private final ServerSocket server = RawPeer.listen();
    private final String password;
    private final Map<String, RawPeer> clients = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    final AtomicInteger challenges = new AtomicInteger();
    final AtomicInteger grants = new AtomicInteger();

    FakeRelay(String password) {
        this.password = password;
        Thread.ofVirtual().start(this::accept);
    }

    String uri() {
        return "msrp://127.0.0.1:" + server.getLocalPort() + ";tcp";
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                RawPeer peer = new RawPeer(server.accept(), Integer.MAX_VALUE);
                Thread.ofVirtual().start(() -> serve(peer));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(RawPeer peer) {
        for (Optional<MsrpFrame> frame = peer.poll(); frame.isPresent(); frame = peer.poll()) {
            switch (frame.get()) {
                case MsrpFrame.Other auth -> authenticate(peer, auth);
                case MsrpFrame.Send send -> {
                    peer.respond(send, 200);
                    forward(send);
                }
                case MsrpFrame.Report report -> forward(report);
                case MsrpFrame.Response response -> {} // hop by hop: the sender has had its answer
                case MsrpFrame.Malformed malformed -> throw new AssertionError(malformed.reason());
            }
        }
    }

    private void authenticate(RawPeer peer, MsrpFrame.Other auth) {
        Optional<String> authorization = auth.headers().stream()
                .filter(header -> header.name().equals("Authorization"))
                .map(MsrpFrame.Header::value)
                .findFirst();
        if (authorization.isEmpty()
                || !right(authorization.get(), auth.toPath().last().text())) {
            challenges.incrementAndGet();
            respond(
                    peer,
                    auth,
                    "401 Unauthorized",
                    "WWW-Authenticate: Digest realm=\"" + REALM + "\", qop=\"auth\", nonce=\"" + NONCE + "\"");
            return;
        }
        grants.incrementAndGet();
        String session = "r" + count.incrementAndGet();
        clients.put(session, peer);
        respond(
                peer,
                auth,
                "200 OK",
                "Use-Path: msrp://127.0.0.1:" + server.getLocalPort() + "/" + session + ";tcp\nExpires: 900");
    }

    private boolean right(String authorization, String uri) {
        String ha1 = md5("alice:" + REALM + ":" + password);
        String ha2 = md5("AUTH:" + uri);
        String expected = md5(
                String.join(":", ha1, NONCE, value(authorization, "nc"), value(authorization, "cnonce"), "auth", ha2));
        return expected.equals(value(authorization, "response"))
                && value(authorization, "username").equals("alice");
    }

    private static String value(String authorization, String name) {
        Matcher matcher = Pattern.compile("[ ,]" + name + "=\"?([^\",]*)").matcher(authorization);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void respond(RawPeer peer, MsrpFrame.Request request, String status, String header) {
        peer.send("MSRP %s %s\nTo-Path: %s\nFrom-Path: %s\n%s\n-------%s$\n"
                .formatted(
                        request.transactionId(),
                        status,
                        request.fromPath(),
                        request.toPath().first(),
                        header,
                        request.transactionId()));
    }

    /** Takes our own URIs off the To-Path and puts them before the From-Path (RFC 4976 §6.4). */
    private void forward(MsrpFrame.Request request) {
        List<MsrpUri> to = new ArrayList<>(request.toPath().uris());
        List<MsrpUri> from = new ArrayList<>(request.fromPath().uris());
        MsrpUri own = to.getFirst();
        while (to.getFirst().port() == server.getLocalPort()) {
            own = to.removeFirst();
            from.addFirst(own);
        }
        RawPeer client = clients.get(own.sessionId());
        MsrpPath toPath = MsrpPath.of(to);
        MsrpPath fromPath = MsrpPath.of(from);
        MsrpFrame forwarded = switch (request) {
            case MsrpFrame.Send send ->
                new MsrpFrame.Send(
                        "f" + send.transactionId(),
                        toPath,
                        fromPath,
                        send.messageId(),
                        send.byteRange(),
                        send.successReport(),
                        send.failureReport(),
                        send.contentType(),
                        send.headers(),
                        send.body(),
                        send.continuation());
            case MsrpFrame.Report report ->
                new MsrpFrame.Report(
                        "f" + report.transactionId(),
                        toPath,
                        fromPath,
                        report.messageId(),
                        report.byteRange(),
                        report.status(),
                        report.comment());
            default -> throw new AssertionError("not forwarded: " + request);
        };
        client.sendFrame(forwarded);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        clients.values().forEach(RawPeer::close);
    }
}
