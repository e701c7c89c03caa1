package org.impsiwf.ssp.primitives;

import java.util.Optional;

/**
 * SSP 10.8.4: a content type that is taken, up to a size.
 *
 * @param richContentLength bytes
 * @param contentPolicyLimit bytes, above which the policy applies
 */
public record AcceptedContentType(
        @Element("ContentType") String contentType,
        @Element("AcceptedRichContentLength") Optional<Long> richContentLength,
        @Element("ContentPolicy") Optional<String> contentPolicy,
        @Element("ContentPolicyLimit") Optional<Long> contentPolicyLimit) {

    public static AcceptedContentType of(String contentType) {
        return new AcceptedContentType(contentType, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
