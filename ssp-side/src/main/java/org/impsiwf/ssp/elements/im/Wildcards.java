package org.impsiwf.ssp.elements.im;

import java.util.Optional;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/** Which wildcards an entry of a block or grant list may have: {@code wv:*@domain} and no other, so that a look-up stays one. Pure. */
final class Wildcards {

    private static final String EVERYBODY = "wv:*@";

    private Wildcards() {}

    static UserId everybodyIn(String domain) {
        return new UserId(EVERYBODY + domain);
    }

    static boolean isWildcard(String address) {
        return address.contains("*") || address.contains("?");
    }

    /** Why that address is refused: 547 or 548 (SSP 16.3.9). */
    static Optional<StatusCode> refusal(String address, boolean allowed) {
        if (!isWildcard(address)) {
            return Optional.empty();
        }
        if (!allowed) {
            return Optional.of(StatusCode.WILDCARD_CHARACTERS_NOT_ALLOWED);
        }
        String domain = address.startsWith(EVERYBODY) ? address.substring(EVERYBODY.length()) : "";
        return domain.isEmpty() || domain.contains("@") || isWildcard(domain)
                ? Optional.of(StatusCode.WILDCARD_EXPRESSION_IS_TOO_COMPLICATED)
                : Optional.empty();
    }
}
