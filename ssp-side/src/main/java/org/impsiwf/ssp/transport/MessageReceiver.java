package org.impsiwf.ssp.transport;

import java.util.concurrent.CompletableFuture;

/** Takes what peers post. Called on the connection's event loop; must not block. */
@FunctionalInterface
public interface MessageReceiver {

    /**
     * @param body the bytes of one SSP message, the receiver's to keep
     * @return how it is acknowledged; may be completed later and on any thread, until when nothing more is read from the
     *     connection
     */
    CompletableFuture<Receipt> received(IncomingConnection from, byte[] body);
}
