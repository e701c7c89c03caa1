package org.impsiwf.sip.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.sip.wire.Head.Name;
import org.impsiwf.sip.wire.Triage.Drop;
import org.impsiwf.sip.wire.Triage.Refusal;
import org.impsiwf.sip.wire.Triage.Take;

/** Takes, repairs or refuses one request. */
final class RequestCheck {

    private static final long MAX_CSEQ = 0xffff_ffffL;
    private static final long MAX_FORWARDS = 255;
    private static final String VERSION = "SIP/2.0";

    /** Fields that a request has exactly once (RFC 3261 §8.1.1); Max-Forwards may be absent in old ones. */
    private static final List<Name> MANDATORY = List.of(Name.TO, Name.FROM, Name.CALL_ID, Name.CSEQ);

    /** The last two by RFC 3891 §3 and RFC 3515 §2.4.2. */
    private static final List<Name> ONCE_AT_MOST =
            List.of(Name.MAX_FORWARDS, Name.CONTENT_LENGTH, Name.CONTENT_TYPE, Name.REPLACES, Name.REFER_TO);

    private final Head head;
    private final byte[] message;
    private final boolean datagram;

    RequestCheck(Head head, byte[] message, boolean datagram) {
        this.head = head;
        this.message = message;
        this.datagram = datagram;
    }

    static boolean isSequenceNumber(String text) {
        OptionalLong number = Tokens.number(text);
        return number.isPresent() && number.getAsLong() <= MAX_CSEQ;
    }

    Triage check() {
        String line = head.startLine().strip();
        Optional<String> method = head.method();
        int firstGap = firstGap(line);
        int lastGap = Math.max(line.lastIndexOf(' '), line.lastIndexOf('\t'));
        String version = line.substring(lastGap + 1);
        if (method.isEmpty() || firstGap < 0 || lastGap <= firstGap || !Tokens.isVersion(version)) {
            return datagram && head.count(Name.VIA) == 0
                    ? new Drop("no SIP message")
                    : refuse(400, "Malformed Request-Line", !datagram);
        }
        if (!version.equalsIgnoreCase(VERSION)) {
            return refuse(505, "Version Not Supported", false);
        }
        Optional<String> uri = requestUri(line.substring(firstGap, lastGap).strip());
        if (uri.isEmpty()) {
            return refuse(400, "Malformed Request-URI", false);
        }
        Optional<Refusal> wrong = fieldsRefusal();
        if (wrong.isPresent()) {
            return RefusedRequest.of(head, wrong.get(), datagram);
        }
        return new Take(repaired(method.get() + ' ' + uri.get() + ' ' + VERSION));
    }

    private static int firstGap(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ' ' || line.charAt(i) == '\t') {
                return i;
            }
        }
        return -1;
    }

    private Triage refuse(int status, String reason, boolean endsConnection) {
        return RefusedRequest.of(head, new Refusal(status, reason, endsConnection), datagram);
    }

    /** The Request-URI as it is meant; empty where that is not plain. */
    private static Optional<String> requestUri(String written) {
        // RFC 4475 §3.1.2.7: the brackets are wrong, what they hold is clear.
        boolean bracketed = written.startsWith("<") && written.endsWith(">");
        String uri = bracketed ? written.substring(1, written.length() - 1) : written;
        if (uri.indexOf(':') <= 0 || hasDelimiter(uri)) {
            return Optional.empty();
        }
        if (!uri.regionMatches(true, 0, "sip:", 0, 4) && !uri.regionMatches(true, 0, "sips:", 0, 5)) {
            return Optional.of(uri);
        }
        int host = Math.max(uri.indexOf(':'), uri.indexOf('@')) + 1;
        // RFC 4475 §3.1.2.11: headers in a Request-URI are never made headers of the message.
        int headers = uri.indexOf('?', host);
        String clean = headers < 0 ? uri : uri.substring(0, headers);
        return isHostPort(hostPort(clean.substring(host))) ? Optional.of(clean) : Optional.empty();
    }

    private static boolean hasDelimiter(String uri) {
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c == '<' || c == '>' || c == '"') {
                return true;
            }
        }
        return false;
    }

    private static String hostPort(String afterUser) {
        int end = afterUser.indexOf(';');
        return end < 0 ? afterUser : afterUser.substring(0, end);
    }

    /** RFC 5118 §4.2: an IPv6 address stands in brackets, or nobody can tell where the port begins. */
    private static boolean isHostPort(String text) {
        int bracket = text.lastIndexOf(']');
        String afterBracket = text.substring(bracket + 1);
        int colon = afterBracket.indexOf(':');
        boolean onePort =
                colon < 0 || Tokens.number(afterBracket.substring(colon + 1)).isPresent();
        return !text.isEmpty() && onePort && (text.charAt(0) == '[') == (bracket > 0);
    }

    private Optional<Refusal> fieldsRefusal() {
        if (head.count(Name.VIA) == 0 || isAbsent(MANDATORY)) {
            return bad("Missing Header Field"); // RFC 4475 §3.3.1
        }
        if (head.count(Name.CONTENT_LENGTH) > 1) {
            return Optional.of(new Refusal(400, "Multiple Content-Length", true)); // RFC 4475 §3.3.9
        }
        if (isRepeated(MANDATORY) || isRepeated(ONCE_AT_MOST)) {
            return bad("Multiple Header Field"); // RFC 4475 §3.3.8
        }
        if (head.count(Name.REPLACES) > 0 && !head.method().equals(Optional.of("INVITE"))) {
            return bad("Replaces In Another Request Than INVITE"); // RFC 3891 §3
        }
        return sequenceRefusal().or(this::maxForwardsRefusal).or(this::lengthRefusal);
    }

    /** Whether one of them is not there. */
    private boolean isAbsent(List<Name> names) {
        for (Name name : names) {
            if (head.count(name) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether one of them is there more than once. */
    private boolean isRepeated(List<Name> names) {
        for (Name name : names) {
            if (head.count(name) > 1) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Refusal> bad(String reason) {
        return Optional.of(new Refusal(400, reason, false));
    }

    /** RFC 4475 §3.1.2.4, §3.1.2.17, §3.1.2.18. */
    private Optional<Refusal> sequenceRefusal() {
        String cseq = head.first(Name.CSEQ).orElseThrow();
        String number = Tokens.firstWord(cseq);
        String method = cseq.substring(number.length()).strip();
        if (!isSequenceNumber(number) || !Tokens.isToken(method)) {
            return bad("Malformed CSeq");
        }
        return head.method().equals(Optional.of(method)) ? Optional.empty() : bad("CSeq Method Mismatch");
    }

    private Optional<Refusal> maxForwardsRefusal() {
        Optional<String> value = head.first(Name.MAX_FORWARDS);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong number = Tokens.number(value.get());
        return number.isPresent() && number.getAsLong() <= MAX_FORWARDS
                ? Optional.empty()
                : bad("Malformed Max-Forwards");
    }

    /** RFC 4475 §3.1.2.2, §3.1.2.3; RFC 3261 §18.3. */
    private Optional<Refusal> lengthRefusal() {
        Optional<String> value = head.first(Name.CONTENT_LENGTH);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        OptionalLong length = Tokens.number(value.get());
        if (length.isEmpty() || length.getAsLong() > Integer.MAX_VALUE) {
            return Optional.of(new Refusal(400, "Malformed Content-Length", true));
        }
        boolean cut = datagram && length.getAsLong() > message.length - head.bodyStart();
        return cut ? bad("Body Shorter Than Content-Length") : Optional.empty();
    }

    /** The message itself when nothing was to be repaired. */
    private byte[] repaired(String requestLine) {
        String extra = head.count(Name.MAX_FORWARDS) == 0 ? "\r\nMax-Forwards: 70" : ""; // RFC 4475 §3.4.1
        if (extra.isEmpty() && requestLine.equals(head.startLine())) {
            return message;
        }
        byte[] start = (requestLine + extra).getBytes(ISO_8859_1);
        byte[] repaired = new byte[start.length + message.length - head.lineEnd()];
        System.arraycopy(start, 0, repaired, 0, start.length);
        System.arraycopy(message, head.lineEnd(), repaired, start.length, message.length - head.lineEnd());
        return repaired;
    }
}
