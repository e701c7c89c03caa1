package org.impsiwf.sip.wire;

/** A response is taken or dropped; nobody answers one (RFC 3261 §8.1.3). */
final class ResponseCheck {

    private ResponseCheck() {}

    static Triage check(Head head, byte[] message) {
        String[] words = head.startLine().strip().split("\\s+", 3);
        if (words.length < 2 || !words[1].matches("[1-6][0-9]{2}")) {
            return new Triage.Drop("response without a status code"); // RFC 4475 §3.1.2.19
        }
        String number =
                head.first("cseq").map(value -> value.split("\\s+", 2)[0]).orElse("");
        if (!RequestCheck.isSequenceNumber(number)) {
            return new Triage.Drop("response with a CSeq out of range"); // RFC 4475 §3.1.2.5
        }
        if (head.count("cseq") > 1 || head.count("call-id") > 1 || head.count("via") == 0) {
            return new Triage.Drop("response whose transaction is ambiguous");
        }
        return new Triage.Take(message);
    }
}
