package org.impsiwf.msrp.session;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final OutgoingContent content;
    final SuccessReport successReport;
    final FailureReport failureReport;
    private final Sender sender;

    long written;
    private int unanswered;
    private boolean settled;
    private boolean owesAbort;
    /** Set aside by the queue until more of it has come. */
    private final AtomicBoolean parked = new AtomicBoolean();

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
        this(toPath, fromPath, messageId, WholeContent.of(content), successReport, failureReport, longChunks, sender);
    }

    private OutgoingMessage(
            MsrpPath toPath,
            MsrpPath fromPath,
            String messageId,
            OutgoingContent content,
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
    }

    /** A message that leaves while it still comes in; nobody is asked for reports on it. */
    public static OutgoingMessage relayed(
            MsrpPath toPath,
            MsrpPath fromPath,
            String messageId,
            RelayedContent content,
            boolean longChunks,
            Sender sender) {
        return new OutgoingMessage(
                toPath, fromPath, messageId, content, SuccessReport.NO, FailureReport.YES, longChunks, sender);
    }

    public String messageId() {
        return messageId;
    }

    /** Our own path, that of the session it is sent in. */
    public MsrpPath fromPath() {
        return fromPath;
    }

    public FailureReport failureReport() {
        return failureReport;
    }

    OutgoingContent content() {
        return content;
    }

    /** How many octets can be written now. */
    int ready() {
        return content.ready(written);
    }

    /** Whether its last octet is written. */
    boolean complete() {
        return content.endsAt(written);
    }

    /** Octets that it keeps in memory; of one that is relayed none. */
    public int size() {
        return content.held();
    }

    /** RFC 4975 §7.1: a transaction id must not make an end-line inside the body. */
    boolean mayUse(String transactionId) {
        return !content.contains(("-------" + transactionId).getBytes(StandardCharsets.US_ASCII), written);
    }

    void chunkBegun() {
        unanswered++;
    }

    /** A chunk was answered with 200, or was flushed where no response comes. */
    public void chunkAccepted() {
        unanswered--;
        if (unanswered == 0 && complete() && !settled) {
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

    /** The same, and the far end is told so, where it has got some of it (RFC 4975 §7.1.1: the flag {@code #}). */
    public void breakOff() {
        owesAbort = !settled && written > 0 && !complete();
        settled = true;
    }

    /** Whether the far end still has to be told that nothing more comes. Once. */
    boolean takeAbort() {
        boolean owed = owesAbort;
        owesAbort = false;
        return owed;
    }

    // ---- of one that still comes in

    /** It waits until there is more of it. */
    void park() {
        parked.set(true);
    }

    /** There is more of it. @return whether it waited; only one of those who ask is told so */
    public boolean unpark() {
        return parked.get() && parked.compareAndSet(true, false);
    }

    /** Whether it has got all that has come. */
    public boolean parked() {
        return parked.get();
    }
}
