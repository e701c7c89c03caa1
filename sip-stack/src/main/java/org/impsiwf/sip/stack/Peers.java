package org.impsiwf.sip.stack;

import java.net.InetAddress;
import org.impsiwf.sip.resolve.Hop;
import org.impsiwf.sip.trust.TrustDomain;

/** Whether a hop belongs to the trust domain. */
final class Peers {

    private Peers() {}

    static boolean isTrusted(TrustDomain trust, Hop hop) {
        return trust.trusts(InetAddress.ofLiteral(hop.host()));
    }
}
