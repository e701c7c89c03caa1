package org.impsiwf.bench;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls that stay up: INVITE, 200, ACK, each from a user of its own, one after the other. */
final class OpenSessions implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("(?m)^a=path:(\\S+)");
    private static final Pattern PORT = Pattern.compile("msrp://[^/]*:(\\d+)/");
    private static final Pattern TO = Pattern.compile("(?im)^To:\\s*([^\\r\\n]*)");
    private static final Pattern CONTACT = Pattern.compile("(?im)^Contact:[^<]*<([^>]+)>");
    private static final int ANSWER_MILLIS = 20_000;

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final String target;
    private final String users;
    private int opened;
    private final byte[] buffer = new byte[65_536];

    /** @param users prefix of the users' names, so that two sets do not meet */
    OpenSessions(InetSocketAddress server, String target, String users) throws IOException {
        this.server = server;
        this.target = target;
        this.users = users;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(ANSWER_MILLIS);
        socket.setReceiveBufferSize(4 << 20);
    }

    /** Opens that many more; where to send into each. */
    List<MsrpLoad.Target> open(int howMany) throws IOException {
        List<MsrpLoad.Target> targets = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            String user = users + opened++;
            targets.add(open(MsrpLoad.path(user), user));
        }
        return targets;
    }

    private MsrpLoad.Target open(String path, String user) throws IOException {
        String sdp =
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 9 TCP/MSRP *\r\n"
                        + "a=accept-types:message/cpim text/plain\r\na=accept-wrapped-types:text/plain\r\na=path:"
                        + path + "\r\na=setup:active\r\n";
        send(request("INVITE", target, user, "<" + target + ">", sdp));
        String ok = finalResponse(user);
        Matcher their = PATH.matcher(ok);
        Matcher to = TO.matcher(ok);
        Matcher contact = CONTACT.matcher(ok);
        if (!ok.startsWith("SIP/2.0 200") || !their.find() || !to.find() || !contact.find()) {
            throw new IOException(
                    "INVITE of " + user + " got " + ok.lines().findFirst().orElse("nothing"));
        }
        send(request("ACK", contact.group(1), user, to.group(1), ""));
        Matcher port = PORT.matcher(their.group(1));
        if (!port.find()) {
            throw new IOException("no port in " + their.group(1));
        }
        return new MsrpLoad.Target(Integer.parseInt(port.group(1)), their.group(1), path, user + "@ims.example.com");
    }

    private String finalResponse(String user) throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (true) {
            socket.receive(packet);
            String message = new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1);
            if (message.startsWith("SIP/2.0 ") && message.charAt(8) != '1' && message.contains(user + "-bench")) {
                return message;
            }
        }
    }

    private String request(String method, String uri, String user, String to, String sdp) {
        return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort()
                + ";branch=z9hG4bK"
                + method.charAt(0) + user + ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:" + user
                + "@ims.example.com>;tag=f"
                + user + "\r\nTo: " + to + "\r\nCall-ID: " + user + "-bench\r\nCSeq: 1 " + method + "\r\nContact: <sip:"
                + user
                + "@127.0.0.1:" + socket.getLocalPort() + ">\r\n"
                + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp;
    }

    private void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, server));
    }

    @Override
    public void close() {
        socket.close();
    }
}
