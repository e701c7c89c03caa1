package org.impsiwf.ssp.session;

import java.time.Duration;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.ServiceId;

/**
 * SSP 9.1.1, prerequisites: what two operators agreed on before their servers meet.
 *
 * @param ourPassword what we prove to the peer; may be empty
 * @param peerPassword what the peer proves to us; may be empty
 * @param initiate whether we open the session; otherwise we wait for the peer
 * @param setUp how the peer reads the steps
 * @param lifetime what we ask for and at most grant; empty: unlimited
 * @param loginTime how long all steps together may take
 * @param stepPatience how long a leg that the other side owes first is waited for
 * @param firstDelay before the first attempt after a loss
 * @param longestDelay what the delays between failing attempts grow to
 * @param redirect whether, and to which hosts, sessions are redirected
 */
public record LoginTerms(
        ServiceId self,
        ServiceId peer,
        String ourPassword,
        String peerPassword,
        DigestScheme digest,
        boolean initiate,
        Dialect.SetUp setUp,
        Optional<Duration> lifetime,
        Duration loginTime,
        Duration stepPatience,
        Duration firstDelay,
        Duration longestDelay,
        RedirectTerms redirect) {

    /** The same with other hosts. */
    public LoginTerms redirecting(RedirectTerms other) {
        return new LoginTerms(
                self,
                peer,
                ourPassword,
                peerPassword,
                digest,
                initiate,
                setUp,
                lifetime,
                loginTime,
                stepPatience,
                firstDelay,
                longestDelay,
                other);
    }

    /** Everything after step 3 runs under the initiator's Transaction-ID. */
    boolean oneTransactionId() {
        return setUp.loginIds() == Dialect.LoginIds.INITIATOR;
    }

    /** Step 10 comes before step 8. */
    boolean initiatorAnswersFirst() {
        return setUp.loginResponseOrder() == Dialect.LoginResponseOrder.INITIATOR_FIRST;
    }

    /** D-35: of two attempts at once, the one of the lexically lower Service-ID wins. */
    boolean ourAttemptWins() {
        return self.value().compareTo(peer.value()) < 0;
    }

    @Override
    public String toString() {
        return "LoginTerms[" + self + " with " + peer + "]";
    }
}
