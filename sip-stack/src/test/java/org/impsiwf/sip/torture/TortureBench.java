package org.impsiwf.sip.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.impsiwf.sip.auth.AuthPolicy;
import org.impsiwf.sip.auth.Authenticator;
import org.impsiwf.sip.auth.Nonces;
import org.impsiwf.sip.auth.TrustedSources;
import org.impsiwf.sip.auth.Users;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.registrar.Registrar;
import org.impsiwf.sip.registrar.RegistrarPolicy;
import org.impsiwf.sip.resolve.DnsJavaLookup;
import org.impsiwf.sip.resolve.HopPolicy;
import org.impsiwf.sip.resolve.HopResolver;
import org.impsiwf.sip.resolve.TargetLocator;
import org.impsiwf.sip.resolve.Transport;
import org.impsiwf.sip.stack.ListenOn;
import org.impsiwf.sip.stack.SipCounters;
import org.impsiwf.sip.stack.SipEdge;
import org.impsiwf.sip.stack.SipEdgeConfig;
import org.impsiwf.sip.stack.SipServices;
import org.impsiwf.sip.stack.SipTrace;
import org.impsiwf.sip.trust.TrustDomain;
import org.impsiwf.store.local.LocalStores;

/**
 * A real SIP edge on loopback that says 486 to every INVITE and 200 to every MESSAGE that reaches the gateway, and a sender
 * of raw bytes. Only 127.0.0.1 is trusted.
 */
final class TortureBench implements AutoCloseable {

    /** The end of every wait; a passing run never comes near it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern STATUS = Pattern.compile("^SIP/2\\.0 ([1-6][0-9]{2}) ");
    private static final Pattern CALL_ID = Pattern.compile("(?im)^(?:Call-ID|i)\\s*:\\s*(\\S+)");
    private static final Pattern LENGTH = Pattern.compile("(?im)^(?:Content-Length|l)\\s*:\\s*(\\d+)");

    /** What came back: final statuses of the message itself, and whether the connection was closed. */
    record Outcome(List<Integer> finals, boolean closed) {}

    private final LocalStores stores = LocalStores.inHeap();
    private final SipEdge edge;

    TortureBench(Set<String> domains) throws IOException {
        var clock = InstantSource.system();
        var trusted = TrustedSources.of(List.of("127.0.0.1/32"));
        var registrar = new Registrar(stores, RegistrarPolicy.of(domains), address -> true, clock);
        var services = new SipServices(
                new Authenticator(
                        Users.of(List.of()),
                        trusted,
                        new Nonces(stores, clock, Duration.ofMinutes(5)),
                        AuthPolicy.DEFAULT),
                registrar,
                new TargetLocator(registrar, Optional.empty(), domains::contains),
                new HopResolver(new DnsJavaLookup(), HopPolicy.of(Set.of(Transport.UDP, Transport.TCP)), clock),
                new TrustDomain(trusted),
                SipTrace.NONE,
                SipCounters.NONE);
        var config = SipEdgeConfig.of(
                List.of(ListenOn.parse("udp:127.0.0.1:0"), ListenOn.parse("tcp:127.0.0.1:0")), List.copyOf(domains));
        edge = new SipEdge(config, services, stores, clock, this::on);
        edge.start();
    }

    private void on(SipEvent event) {
        switch (event) {
            case SipEvent.InviteReceived invite ->
                edge.execute(new SipCommand.RefuseInvite(invite.usage(), Response.of(486)));
            case SipEvent.MessageReceived message ->
                edge.execute(new SipCommand.AnswerMessage(message.transaction(), Response.of(200)));
            default -> {} // what follows from a refused INVITE
        }
    }

    private InetSocketAddress address(Transport transport) {
        return edge.listening().stream()
                .filter(on -> on.transport() == transport)
                .map(on -> new InetSocketAddress(InetAddress.ofLiteral(on.host()), on.port()))
                .findFirst()
                .orElseThrow();
    }

    /** A well-formed OPTIONS; it gets 200 from a listener that lives. */
    private static byte[] probe(String here, String transport, String callId) {
        return ("OPTIONS sip:probe@torture.example SIP/2.0\r\nVia: SIP/2.0/" + transport + " " + here
                        + ";branch=z9hG4bK"
                        + callId + "\r\nMax-Forwards: 70\r\nFrom: <sip:probe@torture.example>;tag=p\r\n"
                        + "To: <sip:probe@torture.example>\r\nCall-ID: " + callId
                        + "\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n")
                .getBytes(US_ASCII);
    }

    /**
     * Sends one datagram and then probes until the message's own final answer is there, or two probes came back without it.
     *
     * @param message the bytes for a sender at an address and port
     */
    Outcome overUdp(String sender, Function<String, byte[]> message, boolean answered) throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(sender), 0))) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String here = sender + ':' + socket.getLocalPort();
            var finals = new ArrayList<Integer>();
            send(socket, message.apply(here));
            for (int probe = 0; probe < 2 || (answered && finals.isEmpty()); probe++) {
                String callId = "probe-" + UUID.randomUUID();
                send(socket, probe(here, "UDP", callId));
                await(() -> receive(socket), callId, finals);
                if (answered && finals.isEmpty()) {
                    note(receive(socket), finals);
                }
            }
            return new Outcome(finals, false);
        }
    }

    private void send(DatagramSocket socket, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, address(Transport.UDP)));
    }

    private static String receive(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), ISO_8859_1);
    }

    /** Sends over a connection of its own, then probes over that one if it still is open, and over another. */
    Outcome overTcp(String sender, Function<String, byte[]> message, boolean answered) throws IOException {
        var finals = new ArrayList<Integer>();
        boolean closed = false;
        try (var socket = connect(sender)) {
            String here = sender + ':' + socket.getLocalPort();
            socket.getOutputStream().write(message.apply(here));
            try {
                while (answered && finals.isEmpty()) {
                    note(read(socket.getInputStream()), finals);
                }
                String callId = "probe-" + UUID.randomUUID();
                socket.getOutputStream().write(probe(here, "TCP", callId));
                await(() -> read(socket.getInputStream()), callId, finals);
            } catch (SocketTimeoutException e) {
                throw e;
            } catch (IOException e) {
                closed = true; // the edge gave the connection up, which some messages deserve
            }
        }
        probeOverNewConnection();
        return new Outcome(finals, closed);
    }

    void probeOverNewConnection() throws IOException {
        try (var socket = connect("127.0.0.1")) {
            String callId = "probe-" + UUID.randomUUID();
            socket.getOutputStream().write(probe("127.0.0.1:" + socket.getLocalPort(), "TCP", callId));
            await(() -> read(socket.getInputStream()), callId, new ArrayList<>());
        }
    }

    private Socket connect(String sender) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(sender), 0));
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(address(Transport.TCP));
        return socket;
    }

    private interface Source {
        String next() throws IOException;
    }

    /** Reads until the probe's 200 is there; other final responses are noted. */
    private static void await(Source source, String probeCallId, List<Integer> finals) throws IOException {
        while (true) {
            String response = source.next();
            var callId = CALL_ID.matcher(response);
            if (callId.find() && callId.group(1).equals(probeCallId)) {
                if (status(response) != 200) {
                    throw new AssertionError("the probe got " + response);
                }
                return;
            }
            note(response, finals);
        }
    }

    private static void note(String response, List<Integer> finals) {
        int status = status(response);
        if (status >= 200) {
            finals.add(status);
        }
    }

    private static int status(String response) {
        var status = STATUS.matcher(response);
        if (!status.find()) {
            throw new AssertionError("no response: " + response);
        }
        return Integer.parseInt(status.group(1));
    }

    private static String read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
        }
        return head.toString().stripLeading();
    }

    @Override
    public void close() {
        edge.close();
        stores.close();
    }
}
