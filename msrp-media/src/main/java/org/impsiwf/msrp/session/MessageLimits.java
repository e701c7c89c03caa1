package org.impsiwf.msrp.session;

/**
 * What messages may cost us.
 *
 * @param messageBytes one message; this is our {@code a=max-size}
 * @param partialMessages begun and not ended, per session
 * @param partialBytesPerConnection of begun messages
 * @param partialBytes of begun messages, whole endpoint
 * @param holes separate ranges of one message that arrives out of order
 * @param unanswered messages handed over and not answered, per connection; beyond it nothing is read
 * @param unansweredBytes the same in bytes
 * @param remembered Message-IDs per session and direction, for repeats and REPORTs
 * @param queued messages to send that wait, per session
 * @param queuedBytes the same in bytes
 */
public record MessageLimits(
        int messageBytes,
        int partialMessages,
        long partialBytesPerConnection,
        long partialBytes,
        int holes,
        int unanswered,
        long unansweredBytes,
        int remembered,
        int queued,
        long queuedBytes) {
    public static final MessageLimits DEFAULT =
            new MessageLimits(1 << 20, 32, 16L << 20, 256L << 20, 64, 1024, 16L << 20, 256, 4096, 32L << 20);

    public MessageLimits {
        if (messageBytes < 1 || partialMessages < 1 || holes < 1 || unanswered < 1 || remembered < 1 || queued < 1) {
            throw new IllegalArgumentException("a limit is less than 1");
        }
    }

    public MessageLimits withMessageBytes(int bytes) {
        return new MessageLimits(
                bytes,
                partialMessages,
                Math.max(partialBytesPerConnection, bytes),
                Math.max(partialBytes, bytes),
                holes,
                unanswered,
                Math.max(unansweredBytes, bytes),
                remembered,
                queued,
                Math.max(queuedBytes, bytes));
    }

    public MessageLimits withUnanswered(int messages) {
        return new MessageLimits(
                messageBytes,
                partialMessages,
                partialBytesPerConnection,
                partialBytes,
                holes,
                messages,
                unansweredBytes,
                remembered,
                queued,
                queuedBytes);
    }

    /** Messages that may wait for one member of a chat room: a slow one costs little, however many there are. */
    public int roomQueued() {
        return Math.min(queued, 256);
    }

    /** The same in bytes. */
    public long roomQueuedBytes() {
        return Math.min(queuedBytes, 4L << 20);
    }
}
