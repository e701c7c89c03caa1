package org.impsiwf.msrp.transport;

/**
 * What is alive in an endpoint at the moment.
 *
 * @param partialMessages begun and not ended
 * @param waitingExchanges messages handed over and not answered
 * @param outgoingMessages taken over and not settled
 * @param relayedBytes of messages that leave while they come in, held for their slowest recipient
 */
public record MsrpSnapshot(
        int sessions,
        int connections,
        int partialMessages,
        long partialBytes,
        int waitingExchanges,
        int outgoingMessages,
        long relayedBytes) {

    /** Whether nothing is left but accepted connections that nobody uses. */
    public boolean idle() {
        return sessions == 0
                && partialMessages == 0
                && waitingExchanges == 0
                && outgoingMessages == 0
                && relayedBytes == 0;
    }
}
