package org.impsiwf.sip.wire;

import org.impsiwf.sip.wire.Head.Name;

/** A response is taken or dropped; nobody answers one (RFC 3261 §8.1.3). */
final class ResponseCheck {

    private ResponseCheck() {}

    static Triage check(Head head, byte[] message) {
        if (!isStatusCode(Tokens.secondWord(head.startLine().strip()))) {
            return new Triage.Drop("response without a status code"); // RFC 4475 §3.1.2.19
        }
        String number = head.first(Name.CSEQ).map(Tokens::firstWord).orElse("");
        if (!RequestCheck.isSequenceNumber(number)) {
            return new Triage.Drop("response with a CSeq out of range"); // RFC 4475 §3.1.2.5
        }
        if (head.count(Name.CSEQ) > 1 || head.count(Name.CALL_ID) > 1 || head.count(Name.VIA) == 0) {
            return new Triage.Drop("response whose transaction is ambiguous");
        }
        return new Triage.Take(message);
    }

    /** RFC 3261 §7.2. */
    private static boolean isStatusCode(String text) {
        return text.length() == 3
                && text.charAt(0) >= '1'
                && text.charAt(0) <= '6'
                && Tokens.number(text).isPresent();
    }
}
