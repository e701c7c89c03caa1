package org.impsiwf.sip.auth;

import java.util.List;

/**
 * How users are asked to prove themselves.
 *
 * @param algorithms offered, the preferred one first (RFC 8760 §2.3); one challenge header each
 * @param qop the qop-options offered; {@code auth} and {@code auth-int} are taken in any case
 * @param requireQop whether credentials without qop, the form of RFC 2069, are refused
 */
public record AuthPolicy(List<DigestAlgorithm> algorithms, String qop, boolean requireQop) {

    /** MD5 only, because widespread clients give up at a second challenge whose algorithm they don't know. */
    public static final AuthPolicy DEFAULT = new AuthPolicy(List.of(DigestAlgorithm.MD5), "auth", false);

    public AuthPolicy {
        algorithms = algorithms.stream().map(DigestAlgorithm::base).distinct().toList();
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("at least one algorithm is offered");
        }
    }
}
