package org.impsiwf.ssp.transport;

/** Takes what peers post. Called on the connection's event loop; must not block. */
@FunctionalInterface
public interface MessageReceiver {

    /** @param body the bytes of one SSP message, the receiver's to keep */
    Receipt received(IncomingConnection from, byte[] body);
}
