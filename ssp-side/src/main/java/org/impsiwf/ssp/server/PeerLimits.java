package org.impsiwf.ssp.server;

/**
 * What one peer may cost us.
 *
 * @param connectionPairs connections that we open to it for one session pair
 * @param batchTransactions most transactions in one message
 * @param batchBytes about the most bytes that are gathered in one message; a larger one travels alone
 * @param openRequests transactions of ours that may be open at once; beyond it they are refused as overload
 * @param openTransactions transactions of the peer that may wait for our answer; from three quarters on it is told 104,
 *     beyond it they get 503
 * @param remembered answers kept for repeats
 * @param transactionsPerSecond what the peer may open in any second; beyond it they get 503
 */
public record PeerLimits(
        int connectionPairs,
        int batchTransactions,
        int batchBytes,
        int openRequests,
        int openTransactions,
        int remembered,
        int transactionsPerSecond) {

    /** More than one core can serve: a peer is slowed down by what waits before it is by this. */
    private static final int NO_RATE = 100_000;

    public static final PeerLimits DEFAULT = new PeerLimits(1, 128, 256 << 10, 10_000, 10_000, 50_000);

    /** With no limit of the rate that would be felt. */
    public PeerLimits(
            int connectionPairs,
            int batchTransactions,
            int batchBytes,
            int openRequests,
            int openTransactions,
            int remembered) {
        this(connectionPairs, batchTransactions, batchBytes, openRequests, openTransactions, remembered, NO_RATE);
    }

    public PeerLimits withConnectionPairs(int pairs) {
        return new PeerLimits(
                pairs,
                batchTransactions,
                batchBytes,
                openRequests,
                openTransactions,
                remembered,
                transactionsPerSecond);
    }

    public PeerLimits withOpenRequests(int most) {
        return new PeerLimits(
                connectionPairs,
                batchTransactions,
                batchBytes,
                most,
                openTransactions,
                remembered,
                transactionsPerSecond);
    }

    public PeerLimits withOpenTransactions(int most) {
        return new PeerLimits(
                connectionPairs, batchTransactions, batchBytes, openRequests, most, remembered, transactionsPerSecond);
    }

    public PeerLimits withRate(int perSecond) {
        return new PeerLimits(
                connectionPairs, batchTransactions, batchBytes, openRequests, openTransactions, remembered, perSecond);
    }
}
