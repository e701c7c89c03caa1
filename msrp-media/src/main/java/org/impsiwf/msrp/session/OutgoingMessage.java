package org.impsiwf.msrp.session;

import java.nio.charset.StandardCharsets;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.msrp.message.MsrpPath;

/** A message on its way out: how far it is written and which chunks wait for a response. Its connection's thread. */
public final class OutgoingMessage {

    /** Who sent it. */
    public interface Sender {
        /** Every chunk was answered with 200, or written where no answer comes. */
        void accepted(OutgoingMessage message);

        /** Told once. */
        void refused(OutgoingMessage message, int status);

        /** Bad news after good: the far end wants only failures told (Failure-Report partial). */
        void refusedLate(OutgoingMessage message, int status);
    }

    final MsrpPath toPath;
    final MsrpPath fromPath;
    final boolean longChunks;
    private final String messageId;
    private final MsrpContent content;
    final SuccessReport successReport;
    final FailureReport failureReport;
    private final Sender sender;
    /** A body without any line of dashes can hold no end-line. */
    private final boolean hasDashes;

    int written;
    private int unanswered;
    private boolean settled;

    /**
     * @param longChunks whether chunks longer than 2048 bytes may be sent; a relay may not have the buffers
     */
    public OutgoingMessage(
            MsrpPath toPath,
            MsrpPath fromPath,
            String messageId,
            MsrpContent content,
            SuccessReport successReport,
            FailureReport failureReport,
            boolean longChunks,
            Sender sender) {
        this.toPath = toPath;
        this.fromPath = fromPath;
        this.messageId = messageId;
        this.content = content;
        this.successReport = successReport;
        this.failureReport = failureReport;
        this.longChunks = longChunks;
        this.sender = sender;
        this.hasDashes = contains(content.bytes(), DASHES, 0);
    }

    private static final byte[] DASHES = "-------".getBytes(StandardCharsets.US_ASCII);

    public String messageId() {
        return messageId;
    }

    /** Our own path, that of the session it is sent in. */
    public MsrpPath fromPath() {
        return fromPath;
    }

    /** Octets of the whole content. */
    public int contentBytes() {
        return content.bytes().length;
    }

    public FailureReport failureReport() {
        return failureReport;
    }

    String contentType() {
        return content.contentType();
    }

    byte[] bytes() {
        return content.bytes();
    }

    int remaining() {
        return content.bytes().length - written;
    }

    public int size() {
        return content.bytes().length;
    }

    /** RFC 4975 §7.1: a transaction id must not make an end-line inside the body. */
    boolean mayUse(String transactionId) {
        return !hasDashes
                || !contains(content.bytes(), ("-------" + transactionId).getBytes(StandardCharsets.US_ASCII), written);
    }

    void chunkBegun() {
        unanswered++;
    }

    /** A chunk was answered with 200, or was flushed where no response comes. */
    public void chunkAccepted() {
        unanswered--;
        if (unanswered == 0 && remaining() == 0 && !settled) {
            settled = true;
            sender.accepted(this);
        }
    }

    /** A chunk was refused, timed out or lost: so is the message. */
    public void chunkRefused(int status) {
        if (settled) {
            if (failureReport == FailureReport.PARTIAL) {
                sender.refusedLate(this, status);
            }
            return;
        }
        settled = true;
        sender.refused(this, status);
    }

    /** Accepted, refused or given up: nothing more of it is written. */
    public boolean settled() {
        return settled;
    }

    /** Given up without a word to the sender, who asked for it. */
    public void giveUp() {
        settled = true;
    }

    private static boolean contains(byte[] bytes, byte[] wanted, int from) {
        int last = bytes.length - wanted.length;
        for (int i = from; i <= last; i++) {
            // Look at the last of the dashes first: it lets us step over seven bytes that are none.
            if (bytes[i + 6] != '-') {
                i += 6;
            } else if (matches(bytes, i, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
