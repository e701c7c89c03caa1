package org.impsiwf.msrp.session;

import java.util.Map;
import java.util.Optional;
import org.impsiwf.msrp.message.ByteRange;
import org.impsiwf.msrp.message.MsrpFrame;
import org.impsiwf.msrp.message.MsrpStatus;

/** The messages that we sent in one session, to tell which REPORTs are about them. Its session's thread. */
public final class SentMessages {

    private static final class Sent {
        final int bytes;
        final CoveredBytes reported = new CoveredBytes();
        boolean told;

        Sent(int bytes) {
            this.bytes = bytes;
        }
    }

    private final Map<String, Sent> sent;

    public SentMessages(int remembered) {
        sent = new RecentMessages<>(remembered);
    }

    /** @return false if that Message-ID was sent before */
    public boolean add(String messageId, int bytes) {
        return sent.putIfAbsent(messageId, new Sent(bytes)) == null;
    }

    /**
     * Takes a REPORT.
     *
     * @return the status to tell of the whole message: the first failure, or 200 once success was reported for every byte;
     *     nothing where the message is unknown (RFC 4975 §7.1.2), told before, or only partly reported
     */
    public Optional<Integer> report(MsrpFrame.Report report) {
        Sent message = sent.get(report.messageId());
        if (message == null || message.told) {
            return Optional.empty();
        }
        if (report.status() == MsrpStatus.OK && !completes(message, report.byteRange())) {
            return Optional.empty();
        }
        message.told = true;
        return Optional.of(report.status());
    }

    private static boolean completes(Sent message, Optional<ByteRange> range) {
        if (range.isEmpty()) {
            return true;
        }
        ByteRange reported = range.get();
        long end = reported.end() == ByteRange.UNKNOWN ? message.bytes : reported.end();
        message.reported.add(Math.min(reported.start() - 1, message.bytes), Math.min(end, message.bytes));
        return message.reported.whole(message.bytes);
    }

    public void clear() {
        sent.clear();
    }
}
