package org.impsiwf.sip.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One side's {@code m=message} description (RFC 4975 §8, RFC 6135 setup): what an SDP offer or answer of ours says and
 * what we keep of the other side's.
 *
 * @param secure {@code TCP/TLS/MSRP} rather than {@code TCP/MSRP}
 * @param path {@code a=path}, the MSRP URIs in order, never empty
 * @param acceptTypes {@code a=accept-types} in order; {@code *} is an entry like any other
 * @param acceptWrappedTypes {@code a=accept-wrapped-types}, empty when absent
 * @param maxSize {@code a=max-size} in bytes, absent means no limit was named
 * @param fingerprint {@code a=fingerprint} value, where secure
 * @param msrpCema {@code a=msrp-cema} present (RFC 6714)
 */
public record MessageMedia(
        boolean secure,
        String host,
        int port,
        List<String> path,
        List<String> acceptTypes,
        List<String> acceptWrappedTypes,
        OptionalLong maxSize,
        Setup setup,
        Direction direction,
        Optional<String> fingerprint,
        boolean msrpCema) {

    /** RFC 4145 §4, as RFC 6135 §4.2 uses it. */
    public enum Setup {
        ACTIVE,
        PASSIVE,
        ACTPASS,
        /** No {@code a=setup}: the offerer is active (RFC 4975 §8.1). */
        UNSPECIFIED
    }

    /** RFC 3264 §5.1. */
    public enum Direction {
        SENDRECV,
        SENDONLY,
        RECVONLY,
        INACTIVE
    }
}
