package org.impsiwf.msrp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Optional;
import org.impsiwf.msrp.event.MsrpEvent.SessionConnected;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.session.MessageLimits;

/** A raw far end that connects to us, and the session that we have for it. */
final class RawFarEnd implements AutoCloseable {

    static final String FAR = "msrp://far.example.com:9/far1;tcp";

    final Node node = new Node(
            MsrpSettings.listeningOn("127.0.0.1", 0)
                    .withMessages(
                            MessageLimits.DEFAULT.withMessageBytes(100_000).withUnanswered(8)),
            Optional.empty());

    String path;
    final RawPeer peer;

    RawFarEnd() {
        path = node.prepare("s1", false).path();
        peer = RawPeer.to(node);
    }

    String send(String transaction, String messageId, String range, String body, String flag) {
        return "MSRP %s SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: %s\nByte-Range: %s\nContent-Type: text/plain\n\n%s\n-------%s%s\n"
                .formatted(transaction, path, FAR, messageId, range, body, transaction, flag);
    }

    String bodiless(String transaction) {
        return "MSRP %s SEND\nTo-Path: %s\nFrom-Path: %s\nMessage-ID: empty1\nByte-Range: 1-0/0\n-------%s$\n"
                .formatted(transaction, path, FAR, transaction);
    }

    void bind() {
        node.connect("s1", false, FAR, Optional.empty());
        peer.send(bodiless("bind"));
        assertThat(peer.next(MsrpFrame.Response.class).status()).isEqualTo(200);
        node.events.next(SessionConnected.class);
    }

    void answered(String transaction, int status) {
        MsrpFrame.Response response = peer.next(MsrpFrame.Response.class);
        assertThat(response.transactionId()).isEqualTo(transaction);
        assertThat(response.status()).as("response to %s", transaction).isEqualTo(status);
    }

    /** The session ends, the far end goes, and nothing is left. */
    @Override
    public void close() {
        node.closeSession("s1");
        peer.close();
        await().until(() -> node.endpoint.snapshot().idle());
        await().until(() -> node.endpoint.snapshot().connections() == 0);
        assertThat(node.endpoint.snapshot().partialBytes()).isZero();
        node.close();
    }
}
