package org.impsiwf.sip.stack;

/**
 * What is alive at one moment; after all is done and 32 s of lingering are over, every number but that of kept connections is
 * zero.
 *
 * @param usages stored INVITE usages, of all nodes
 * @param waitingRequests requests that wait for our final answer
 * @param deadlines armed timers of usages
 */
public record Snapshot(
        int serverTransactions,
        int clientTransactions,
        long usages,
        int liveInvites,
        int waitingRequests,
        long deadlines,
        int connections) {}
