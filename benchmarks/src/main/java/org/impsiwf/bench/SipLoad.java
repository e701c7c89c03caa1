package org.impsiwf.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A SIP load over UDP at a steady rate: MESSAGEs, or calls (INVITE, 200, ACK, BYE, 200). The same for every server. Requests
 * are repeated as timer E of RFC 3261 §17.1.2.2 has it; a transaction without an answer after 32 s counts as failed.
 */
final class SipLoad implements AutoCloseable {

    /** What came of a run. */
    record Outcome(int sent, int succeeded, int failed, long retransmissions, double seconds) {
        double perSecond() {
            return succeeded / seconds;
        }
    }

    private static final long T1 = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long T2 = 8 * T1;
    private static final Pattern CALL_ID = Pattern.compile("(?im)^(?:Call-ID|i):\\s*(\\d+)@");
    private static final Pattern TO = Pattern.compile("(?im)^(?:To|t):\\s*([^\\r\\n]*)");
    private static final Pattern CONTACT = Pattern.compile("(?im)^(?:Contact|m):[^<]*<([^>]+)>");
    private static final Pattern CSEQ = Pattern.compile("(?im)^CSeq:\\s*\\d+\\s+(\\w+)");

    private static final class Open {
        final byte[] bytes;
        final long since;
        long wait = T1;
        volatile long repeatAt;

        Open(byte[] bytes, long now) {
            this.bytes = bytes;
            this.since = now;
            this.repeatAt = now + T1;
        }

        void repeated(long now) {
            wait = Math.min(2 * wait, T2);
            repeatAt = now + wait;
        }
    }

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final String target;
    private final String sdp;
    private final ConcurrentHashMap<Long, Open> open = new ConcurrentHashMap<>();
    private final AtomicLong retransmissions = new AtomicLong();
    private final AtomicLong succeeded = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final Thread reader;
    private long nextCall = System.nanoTime() & 0xffffffL;

    /** @param target Request-URI of each request, {@code sip:bob@imps.example.com} */
    SipLoad(InetSocketAddress server, String target) throws IOException {
        this.server = server;
        this.target = target;
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.setReceiveBufferSize(4 << 20);
        socket.setSendBufferSize(4 << 20);
        this.sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=message 9 TCP/MSRP *\r\n"
                + "a=accept-types:text/plain message/cpim\r\na=path:msrp://127.0.0.1:9/load;tcp\r\na=setup:actpass\r\n";
        this.reader = Thread.ofPlatform().daemon().name("sip-load-reader").start(this::read);
    }

    /** MESSAGEs at {@code rate} per second until {@code count} were sent, then waits for the last answers. */
    Outcome messages(int rate, int count) throws IOException {
        return pace("MESSAGE", rate, count);
    }

    /** Whole calls at {@code rate} per second. */
    Outcome calls(int rate, int count) throws IOException {
        return pace("INVITE", rate, count);
    }

    private Outcome pace(String method, int rate, int count) throws IOException {
        succeeded.set(0);
        failed.set(0);
        retransmissions.set(0);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + (long) (i * 1e9 / rate);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(200_000);
            }
            repeatDue(); // also where the rate is more than this thread can do
            long call = nextCall++;
            byte[] request = method.equals("MESSAGE") ? message(call) : invite(call);
            open.put(call, new Open(request, System.nanoTime()));
            send(request);
        }
        while (!open.isEmpty()) {
            LockSupport.parkNanos(1_000_000);
            repeatDue();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Outcome(count, (int) succeeded.get(), (int) failed.get(), retransmissions.get(), seconds);
    }

    private long lastSweep;

    private void repeatDue() throws IOException {
        long now = System.nanoTime();
        if (now - lastSweep < 50_000_000L) {
            return;
        }
        lastSweep = now;
        for (var entry : open.entrySet()) {
            Open transaction = entry.getValue();
            if (now - transaction.since > 64 * T1) {
                open.remove(entry.getKey());
                failed.incrementAndGet();
            } else if (now > transaction.repeatAt) {
                transaction.repeated(now);
                retransmissions.incrementAndGet();
                send(transaction.bytes);
            }
        }
    }

    private void send(byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, server));
    }

    private void read() {
        byte[] buffer = new byte[65_536];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                answered(new String(buffer, 0, packet.getLength(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void answered(String response) throws IOException {
        if (!response.startsWith("SIP/2.0 ")) {
            answerRequest(response);
            return;
        }
        int status = Integer.parseInt(response.substring(8, 11));
        Matcher callId = CALL_ID.matcher(response);
        Matcher method = CSEQ.matcher(response);
        if (status < 200 || !callId.find() || !method.find()) {
            return;
        }
        long call = Long.parseLong(callId.group(1));
        if (method.group(1).equals("INVITE")) {
            inviteAnswered(call, status, response);
        } else if (open.remove(call) != null) {
            (status == 200 || status == 202 ? succeeded : failed).incrementAndGet();
        }
    }

    /** The server's own requests towards us (a BYE at the end of a call) get a plain 200. */
    private void answerRequest(String request) throws IOException {
        if (request.startsWith("ACK ")) {
            return;
        }
        StringBuilder answer = new StringBuilder("SIP/2.0 200 OK\r\n");
        for (String line : request.split("\r\n")) {
            String lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("via:")
                    || lower.startsWith("from:")
                    || lower.startsWith("to:")
                    || lower.startsWith("call-id:")
                    || lower.startsWith("cseq:")) {
                answer.append(line).append("\r\n");
            }
        }
        send(answer.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void inviteAnswered(long call, int status, String response) throws IOException {
        Matcher to = TO.matcher(response);
        Matcher contact = CONTACT.matcher(response);
        Open invite = open.get(call);
        if (!to.find() || invite == null) {
            return;
        }
        String remote = contact.find() ? contact.group(1) : target;
        if (status >= 300) {
            send(request("ACK", target, call, 1, to.group(1), "z9hG4bKi" + call, ""));
            open.remove(call);
            failed.incrementAndGet();
            return;
        }
        send(request("ACK", remote, call, 1, to.group(1), "z9hG4bKa" + call, ""));
        if (new String(invite.bytes, 0, 3, StandardCharsets.ISO_8859_1).equals("INV")) {
            byte[] bye = request("BYE", remote, call, 2, to.group(1), "z9hG4bKb" + call, "");
            open.put(call, new Open(bye, System.nanoTime()));
            send(bye);
        }
    }

    private byte[] message(long call) {
        return request(
                "MESSAGE",
                target,
                call,
                1,
                "<" + target + ">",
                "z9hG4bKm" + call,
                "Content-Type: text/plain\r\n",
                "0123456789".repeat(20));
    }

    private byte[] invite(long call) {
        return request(
                "INVITE",
                target,
                call,
                1,
                "<" + target + ">",
                "z9hG4bKi" + call,
                "Contact: <sip:load@127.0.0.1:" + socket.getLocalPort() + ">\r\nContent-Type: application/sdp\r\n",
                sdp);
    }

    private byte[] request(String method, String uri, long call, int cseq, String to, String branch, String headers) {
        return request(method, uri, call, cseq, to, branch, headers, "");
    }

    private byte[] request(
            String method, String uri, long call, int cseq, String to, String branch, String headers, String body) {
        String user = "load" + call % 500;
        return (method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort() + ";branch="
                        + branch
                        + ";rport\r\nMax-Forwards: 70\r\nFrom: <sip:" + user + "@ims.example.com>;tag=f" + call
                        + "\r\nTo: " + to
                        + "\r\nCall-ID: " + call + "@load\r\nCSeq: " + cseq + " " + method + "\r\n" + headers
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        socket.close();
        reader.interrupt();
    }
}
