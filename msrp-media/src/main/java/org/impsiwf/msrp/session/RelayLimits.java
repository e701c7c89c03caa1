package org.impsiwf.msrp.session;

import java.time.Duration;

/**
 * What a message may cost that is relayed to the members of a chat room while it comes in.
 *
 * @param above larger messages are relayed, others collected
 * @param messageBytes the largest that is relayed
 * @param window octets of one message that may wait for its slowest recipient
 * @param gather how long its recipients may take to say whether they take it
 * @param patience how long the others wait for slow ones, all the times in one message together
 * @param longestPause how long the sender waits at once, whoever is slow
 * @param settle how long the recipients may take after its last octet; the sender's own timer is 30 s (RFC 4975 §7.1.1)
 */
public record RelayLimits(
        long above,
        long messageBytes,
        int window,
        Duration gather,
        Duration patience,
        Duration longestPause,
        Duration settle) {

    public RelayLimits {
        if (above < 0 || messageBytes < 1 || window < 8 * ChunkQueue.SHORT_CHUNK) {
            throw new IllegalArgumentException("relay limits are too small to work with");
        }
    }

    /** The defaults, for these sizes. */
    public static RelayLimits of(long above, long messageBytes) {
        return new RelayLimits(
                above,
                messageBytes,
                1 << 20,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20));
    }

    /** A backlog below it is little enough for the sender to go on. */
    public int resumeAt() {
        return window - window / 8;
    }

    public RelayLimits withWindow(int octets) {
        return new RelayLimits(above, messageBytes, octets, gather, patience, longestPause, settle);
    }
}
