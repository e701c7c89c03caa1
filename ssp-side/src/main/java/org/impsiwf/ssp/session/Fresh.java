package org.impsiwf.ssp.session;

import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/**
 * Unguessable values for one decision, drawn outside so that the decision stays pure.
 *
 * @param token for SendSecretToken
 * @param transactionId for a transaction that we may open
 * @param sessionId for a session that we may provide, {@code <opaque>@<own domain>}
 * @param jitter 0 to 1, spreads attempts
 */
public record Fresh(String token, TransactionId transactionId, SessionId sessionId, double jitter) {

    @Override
    public String toString() {
        return "Fresh";
    }
}
