package org.impsiwf.sip.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.sip.wire.Head.Name;
import org.impsiwf.sip.wire.Triage.Drop;
import org.impsiwf.sip.wire.Triage.Refusal;
import org.impsiwf.sip.wire.Triage.Refuse;

/** Makes of a malformed request one that can be answered: what a response copies (RFC 3261 §8.2.6.2), as far as it is there. */
final class RefusedRequest {

    private static final String TOKEN = "[-.!%*_+`'~A-Za-z0-9]+";

    private static final Pattern VIA = Pattern.compile("\\s*SIP\\s*/\\s*[0-9.]+\\s*/\\s*(" + TOKEN
            + ")\\s+(\\[[0-9a-fA-F:.]+]|[-.A-Za-z0-9]+)\\s*(?::\\s*([0-9]{1,5}))?(.*)");
    private static final Pattern VIA_PARAM =
            Pattern.compile("\\s*(branch|rport|received|maddr|ttl)\\s*(?:=\\s*([-.!%*_+`'~A-Za-z0-9:\\[\\]]+))?\\s*");
    private static final Pattern URI = Pattern.compile("(?i)(?:sips?|tel):[^\\s<>\",;?]+");
    private static final Pattern TAG = Pattern.compile("(?i);\\s*tag\\s*=\\s*(" + TOKEN + ")");

    /** Header values longer than that are cut off rather than sent back. */
    private static final int MAX_VALUE = 512;

    private RefusedRequest() {}

    static Triage of(Head head, Refusal refusal, boolean datagram) {
        List<String> vias = vias(head);
        String method = head.method().orElse("INVALID");
        if (method.equals("ACK")) {
            return new Drop("malformed ACK"); // RFC 3261 §17.2.1: an ACK has no response
        }
        if (vias.isEmpty()) {
            return new Drop("malformed request without a usable Via");
        }
        var text = new StringBuilder(512);
        text.append(method).append(" sip:refused.invalid SIP/2.0\r\n");
        vias.forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        text.append("From: ").append(party(head, Name.FROM)).append("\r\n");
        text.append("To: ").append(party(head, Name.TO)).append("\r\n");
        text.append("Call-ID: ").append(callId(head)).append("\r\n");
        text.append("CSeq: ").append(sequence(head)).append(' ').append(method).append("\r\n");
        text.append("Max-Forwards: 70\r\n");
        // The stack looks for these in some methods; they are not in the response.
        text.append("Contact: <sip:refused.invalid>\r\nEvent: refused\r\nSubscription-State: active\r\n");
        text.append("Content-Length: ")
                .append(datagram ? 0 : length(head, refusal))
                .append("\r\n\r\n");
        return new Refuse(text.toString().getBytes(ISO_8859_1), refusal);
    }

    private static List<String> vias(Head head) {
        var vias = new ArrayList<String>();
        for (String field : head.all(Name.VIA)) {
            for (String value : field.split(",")) {
                Matcher via = VIA.matcher(value);
                if (via.matches()) {
                    vias.add(via(via));
                } else if (vias.isEmpty() && !value.isBlank()) {
                    return List.of(); // the top one says where the answer goes; without it there is none
                }
            }
        }
        return vias;
    }

    private static String via(Matcher via) {
        var text =
                new StringBuilder("SIP/2.0/").append(via.group(1)).append(' ').append(via.group(2));
        if (via.group(3) != null) {
            text.append(':').append(via.group(3));
        }
        for (String param : via.group(4).split(";")) {
            Matcher known = VIA_PARAM.matcher(param);
            if (known.matches()) {
                text.append(';').append(known.group(1));
                if (known.group(2) != null) {
                    text.append('=').append(known.group(2));
                }
            }
        }
        return text.toString();
    }

    private static String party(Head head, Name name) {
        String value = head.first(name).orElse("");
        Matcher uri = URI.matcher(value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value);
        Matcher tag = TAG.matcher(value);
        String address = '<' + (uri.find() ? uri.group() : "sip:unknown@refused.invalid") + '>';
        return tag.find() && tag.group(1).length() <= MAX_VALUE ? address + ";tag=" + tag.group(1) : address;
    }

    private static String callId(Head head) {
        String value = head.first(Name.CALL_ID).orElse("");
        return value.matches("[!-~]{1,512}") ? value : "unknown";
    }

    private static long sequence(Head head) {
        String number =
                head.first(Name.CSEQ).map(value -> value.split("\\s+", 2)[0]).orElse("");
        return RequestCheck.isSequenceNumber(number) ? Long.parseLong(number) : 0;
    }

    /** On a stream the body still follows, and is skipped by its length where that is certain. */
    private static long length(Head head, Refusal refusal) {
        if (refusal.endsConnection()) {
            return 0;
        }
        OptionalLong length = Tokens.number(head.first(Name.CONTENT_LENGTH).orElse(""));
        return length.isPresent() && length.getAsLong() <= Integer.MAX_VALUE ? length.getAsLong() : 0;
    }
}
