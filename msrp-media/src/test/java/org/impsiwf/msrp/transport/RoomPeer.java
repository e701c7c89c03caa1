package org.impsiwf.msrp.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.impsiwf.msrp.message.Continuation;
import org.impsiwf.msrp.message.MsrpFrame;

/** The far end of a member of a {@link ChatRoom}. */
record RoomPeer(String name, RawPeer peer, String path, String far) {

    /** What came of one message. */
    record Got(byte[] octets, Continuation end, int chunks) {}

    /** Reads one message to its end, on a thread of its own, and takes each chunk of it. */
    CompletableFuture<Got> reads() {
        return CompletableFuture.supplyAsync(
                this::read, task -> Thread.ofVirtual().start(task));
    }

    private Got read() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int chunks = 1; ; ) {
            MsrpFrame.Send part = peer.next(MsrpFrame.Send.class);
            octets.writeBytes(ByteBufUtil.getBytes(part.body()));
            part.body().release();
            if (part.continuation() != Continuation.UNFINISHED) {
                peer.respond(part, 200);
                if (part.continuation() != Continuation.MORE) {
                    return new Got(octets.toByteArray(), part.continuation(), chunks);
                }
                chunks++;
            }
        }
    }

    /** Sends a message in chunks of that size, without a look at the answers. */
    void sendAll(String messageId, byte[] message, int chunk) {
        for (int from = 0; from < message.length; from += chunk) {
            boolean last = from + chunk >= message.length;
            send(messageId, message, from, Math.min(chunk, message.length - from), last ? '$' : '+');
        }
    }

    /** Sends one chunk. */
    void send(String messageId, byte[] message, int from, int length, char flag) {
        sendHead(messageId, message.length, from);
        byte[] body = new byte[length];
        System.arraycopy(message, from, body, 0, length);
        peer.sendOctets(body);
        peer.sendOctets(("\r\n-------" + transaction(from) + flag + "\r\n").getBytes(UTF_8));
    }

    void sendHead(String messageId, long total, long from) {
        peer.send(("MSRP %s SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: %s\nByte-Range: %d-*/%d\n"
                        + "Content-Type: message/cpim\n\n")
                .formatted(transaction(from), path, far, messageId, from + 1, total));
    }

    static String transaction(long from) {
        return "tr" + from;
    }

    /** Takes responses until that one comes. */
    Optional<Integer> answer(String transaction) {
        while (true) {
            Optional<MsrpFrame> frame = peer.poll();
            if (frame.isEmpty()) {
                return Optional.empty();
            }
            if (frame.get() instanceof MsrpFrame.Response response
                    && response.transactionId().equals(transaction)) {
                return Optional.of(response.status());
            }
        }
    }
}
