package org.impsiwf.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** SIP users behind one UDP address: they begin conferences, and take every invitation. */
final class SipMembers implements AutoCloseable {

    private static final String FACTORY = "sip:conference@iwf.example.com";
    private static final String DOMAIN = "ims.example.com";
    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern PATH = Pattern.compile("(?m)^a=path:(\\S+)");
    private static final Pattern PORT = Pattern.compile("msrp://[^/]*:(\\d+)/");
    private static final Pattern VIAS = Pattern.compile("(?im)^Via:[^\\r\\n]*\\r\\n");
    private static final Pattern USER = Pattern.compile("sip:([^@;>]+)@");
    private static final Pattern CONFERENCE = Pattern.compile("<sip:([^@]+)@[^>]*;conference=([^;>]+)");

    private final DatagramSocket socket;
    private final Map<String, CompletableFuture<String>> calling = new ConcurrentHashMap<>();
    private final Map<String, Invited> invited = new ConcurrentHashMap<>();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private final BiConsumer<String, MsrpLoad.Target> connected;
    private volatile InetSocketAddress gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    private volatile String failure = "";

    /** An invitation and what it was answered with; the answer again when the invitation comes again. */
    private record Invited(String group, MsrpLoad.Target session, String answer) {}

    /**
     * A conference that has begun.
     *
     * @param group its address without a scheme, {@code alice/adhoc-1@ims.example.com}
     * @param session of the one who began it
     */
    record Begun(String group, MsrpLoad.Target session) {}

    /** @param connected is told of each member whose INVITE is acknowledged: the group and the session */
    SipMembers(BiConsumer<String, MsrpLoad.Target> connected) throws IOException {
        this.connected = connected;
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(4 << 20);
        socket.setSendBufferSize(1 << 20);
        Thread.ofPlatform().daemon().name("sip-members").start(this::read);
    }

    int port() {
        return socket.getLocalPort();
    }

    void behind(InetSocketAddress address) {
        gateway = address;
    }

    /** The address of a SIP user of that name. */
    static String user(String name) {
        return name + "@" + DOMAIN;
    }

    /** From now on this user has left: whatever comes for it is answered 481. */
    void forget(MsrpLoad.Target session) {
        gone.add(session.user());
    }

    void check() {
        if (!failure.isEmpty()) {
            throw new IllegalStateException(failure);
        }
    }

    /** INVITEs the factory with a list of those users, and acknowledges its 200. */
    Begun begins(String name, Collection<String> users) throws InterruptedException {
        String path = MsrpLoad.path(name);
        String list = "<?xml version=\"1.0\"?><resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>"
                + users.stream()
                        .map(user -> "<entry uri=\"sip:" + user + "\"/>")
                        .collect(Collectors.joining())
                + "</list></resource-lists>";
        String body = "--part\r\nContent-Type: application/sdp\r\n\r\n" + sdp(path)
                + "--part\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n"
                + list + "\r\n--part--\r\n";
        CompletableFuture<String> answer = new CompletableFuture<>();
        calling.put(name, answer);
        send(request(
                "INVITE",
                FACTORY,
                name,
                "<" + FACTORY + ">",
                "Require: recipient-list-invite\r\nContent-Type: multipart/mixed;boundary=part\r\n",
                body));
        String ok = get(answer);
        if (!ok.startsWith("SIP/2.0 200")) {
            throw new IllegalStateException("a conference of " + users.size() + " was answered "
                    + ok.lines().limit(12).collect(Collectors.joining(" | ")));
        }
        String contact = header(ok, "Contact");
        send(request("ACK", contact.replaceFirst("[^<]*<([^>]+)>.*", "$1"), name, header(ok, "To"), "", ""));
        return new Begun(conference(contact), target(first(PATH, ok), path, name));
    }

    private static String get(CompletableFuture<String> answer) throws InterruptedException {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException none) {
            throw new IllegalStateException("an INVITE to the factory got no answer", none);
        }
    }

    private String request(String method, String uri, String name, String to, String headers, String body) {
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port() + ";branch=z9hG4bK"
                + method.charAt(0) + name + ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:" + user(name) + ">;tag=f" + name
                + "\r\nTo: " + to + "\r\nCall-ID: " + name + "\r\nCSeq: 1 " + method + "\r\nContact: " + contact(name)
                + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String contact(String name) {
        return "<sip:" + name + "@127.0.0.1:" + port() + ">";
    }

    private static String sdp(String path) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 9 TCP/MSRP *\r\n"
                + "a=accept-types:message/cpim text/plain\r\na=accept-wrapped-types:text/plain\r\na=path:" + path
                + "\r\na=setup:active\r\n";
    }

    private void read() {
        byte[] buffer = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            while (true) {
                packet.setLength(buffer.length);
                socket.receive(packet);
                arrived(new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8));
            }
        } catch (SocketException closed) {
            calling.values().forEach(answer -> answer.completeExceptionally(closed));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void arrived(String message) {
        if (message.startsWith("SIP/2.0 ")) {
            CompletableFuture<String> answer = calling.get(header(message, "Call-ID"));
            if (answer != null && message.charAt(8) != '1') {
                answer.complete(message);
            }
        } else if (message.startsWith("ACK ")) {
            acknowledged(header(message, "Call-ID"));
        } else if (gone.contains(user(first(USER, header(message, "To"))))) {
            send(answer(message, "481 Gone", "", ""));
        } else if (message.startsWith("INVITE ")) {
            send(invited.computeIfAbsent(header(message, "Call-ID"), call -> taken(message))
                    .answer());
        } else {
            failure = "a member was sent " + message.lines().findFirst().orElse("nothing");
            send(answer(message, "200 OK", "", ""));
        }
    }

    private Invited taken(String invite) {
        String name = first(USER, header(invite, "To"));
        String path = MsrpLoad.path(name);
        return new Invited(
                conference(header(invite, "Contact")),
                target(first(PATH, invite), path, name),
                answer(
                                invite,
                                "200 OK",
                                ";tag=t" + name,
                                "Contact: " + contact(name) + "\r\nContent-Type: application/sdp\r\n")
                        .replace(
                                "Content-Length: 0\r\n\r\n",
                                "Content-Length: " + sdp(path).length() + "\r\n\r\n" + sdp(path)));
    }

    private void acknowledged(String call) {
        Invited member = invited.remove(call);
        if (member != null) {
            connected.accept(member.group(), member.session());
        }
    }

    private static String answer(String request, String status, String tag, String headers) {
        StringBuilder vias = new StringBuilder();
        Matcher via = VIAS.matcher(request);
        while (via.find()) {
            vias.append(via.group());
        }
        return "SIP/2.0 " + status + "\r\n" + vias + "From: " + header(request, "From") + "\r\nTo: "
                + header(request, "To") + tag
                + "\r\nCall-ID: " + header(request, "Call-ID") + "\r\nCSeq: " + header(request, "CSeq") + "\r\n"
                + headers
                + "Content-Length: 0\r\n\r\n";
    }

    private static MsrpLoad.Target target(String theirs, String own, String name) {
        return new MsrpLoad.Target(Integer.parseInt(first(PORT, theirs)), theirs, own, user(name));
    }

    private static String conference(String contact) {
        Matcher found = CONFERENCE.matcher(contact);
        if (!found.find()) {
            throw new IllegalStateException("no conference in " + contact);
        }
        return found.group(1) + "@" + found.group(2);
    }

    private static String header(String message, String name) {
        int from = message.indexOf("\r\n" + name + ":");
        if (from < 0) {
            throw new IllegalStateException("no " + name + " in " + message);
        }
        int start = from + name.length() + 3;
        return message.substring(start, message.indexOf("\r\n", start)).strip();
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(pattern + " is not in " + text);
        }
        return found.group(1);
    }

    private void send(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, gateway));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
