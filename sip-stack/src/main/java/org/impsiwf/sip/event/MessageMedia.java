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
 * @param chatroom {@code a=chatroom} and what of RFC 7701 that end can do; absent: no word of chat rooms
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
        boolean msrpCema,
        Optional<Chatroom> chatroom) {

    /** No chat room. */
    public MessageMedia(
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
        this(
                secure,
                host,
                port,
                path,
                acceptTypes,
                acceptWrappedTypes,
                maxSize,
                setup,
                direction,
                fingerprint,
                msrpCema,
                Optional.empty());
    }

    /** RFC 7701 §8: {@code a=chatroom:nickname private-messages}. */
    public record Chatroom(boolean nickname, boolean privateMessages) {}

    public MessageMedia in(Chatroom room) {
        return new MessageMedia(
                secure,
                host,
                port,
                path,
                acceptTypes,
                acceptWrappedTypes,
                maxSize,
                setup,
                direction,
                fingerprint,
                msrpCema,
                Optional.of(room));
    }

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
