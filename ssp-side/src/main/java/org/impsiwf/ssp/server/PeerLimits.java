package org.impsiwf.ssp.server;

/**
 * What one peer may cost us.
 *
 * @param connectionPairs connections that we open to it for one session pair
 * @param batchTransactions most transactions in one message
 * @param batchBytes about the most bytes that are gathered in one message; a larger one travels alone
 * @param openRequests transactions of ours that may be open at once; beyond it they are refused as overload
 * @param openTransactions transactions of the peer that may wait for our answer; beyond it they get 503
 * @param remembered answers kept for repeats
 */
public record PeerLimits(
        int connectionPairs,
        int batchTransactions,
        int batchBytes,
        int openRequests,
        int openTransactions,
        int remembered) {

    public static final PeerLimits DEFAULT = new PeerLimits(1, 128, 256 << 10, 10_000, 10_000, 50_000);

    public PeerLimits withConnectionPairs(int pairs) {
        return new PeerLimits(pairs, batchTransactions, batchBytes, openRequests, openTransactions, remembered);
    }

    public PeerLimits withOpenRequests(int most) {
        return new PeerLimits(connectionPairs, batchTransactions, batchBytes, most, openTransactions, remembered);
    }
}
