package org.impsiwf.sip.stack;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sip.address.Address;
import javax.sip.header.AllowHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.HeaderAddress;
import org.impsiwf.sip.dialog.TimerTerms;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipUri;

/** A received message in words that are not JAIN-SIP's. */
final class ReceivedMessage {

    /** Headers that {@link RequestHead} has components for, or that are no business of the rest of the gateway. */
    private static final Set<String> NOT_OTHERS = Set.of(
            "via",
            "from",
            "to",
            "call-id",
            "cseq",
            "max-forwards",
            "route",
            "record-route",
            "content-length",
            "supported",
            "authorization",
            "proxy-authorization");

    private final SIPMessage message;
    private String sourceText;

    ReceivedMessage(SIPMessage message) {
        this.message = message;
    }

    String method() {
        return message.getCSeq().getMethod();
    }

    long cseq() {
        return message.getCSeq().getSeqNumber();
    }

    String callId() {
        return message.getCallId().getCallId();
    }

    String fromTag() {
        return orEmpty(message.getFromTag());
    }

    String toTag() {
        return orEmpty(message.getToTag());
    }

    /** The top Via's branch; RFC 2543 peers have none. */
    String branch() {
        return orEmpty(message.getTopmostVia().getBranch());
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    InetAddress source() {
        return message.getRemoteAddress();
    }

    /** {@code address:port}, an IPv6 address in brackets. */
    String sourceText() {
        if (sourceText == null) {
            String host = source().getHostAddress();
            sourceText = (host.indexOf(':') >= 0 ? '[' + host + ']' : host) + ':' + message.getRemotePort();
        }
        return sourceText;
    }

    NameAddr from() {
        return nameAddr(message.getFrom());
    }

    NameAddr to() {
        return nameAddr(message.getTo());
    }

    private static NameAddr nameAddr(Object header) {
        Address address = ((HeaderAddress) header).getAddress();
        String name = address.getDisplayName();
        return new NameAddr(
                name == null || name.isBlank() ? Optional.empty() : Optional.of(name),
                new SipUri(address.getURI().toString()));
    }

    /** The first Contact's URI; empty for none and for {@code *}. */
    Optional<SipUri> contact() {
        return contacts().stream().findFirst();
    }

    List<SipUri> contacts() {
        var contacts = new ArrayList<SipUri>();
        Iterator<?> headers = message.getHeaders(ContactHeader.NAME);
        while (headers.hasNext()) {
            if (headers.next() instanceof ContactHeader contact
                    && contact.getAddress() != null
                    && contact.getAddress().getURI() != null) {
                contacts.add(new SipUri(contact.getAddress().getURI().toString()));
            }
        }
        return contacts;
    }

    /** All values of a header, one per list element. */
    List<String> values(String name) {
        var values = new ArrayList<String>(2);
        Iterator<?> headers = message.getHeaders(name);
        while (headers.hasNext()) {
            values.add(((SIPHeader) headers.next()).getHeaderValue());
        }
        return values;
    }

    Optional<String> value(String name) {
        return values(name).stream().findFirst();
    }

    /** Tokens of headers such as Supported and Require, in lower case. */
    List<String> tokens(String name) {
        var tokens = new ArrayList<String>();
        for (String value : values(name)) {
            for (String token : value.split(",")) {
                if (!token.isBlank()) {
                    tokens.add(token.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return tokens;
    }

    boolean allows(String method) {
        Iterator<?> headers = message.getHeaders(AllowHeader.NAME);
        while (headers.hasNext()) {
            if (method.equalsIgnoreCase(((AllowHeader) headers.next()).getMethod())) {
                return true;
            }
        }
        return false;
    }

    byte[] body() {
        byte[] raw = message.getRawContent();
        return raw == null ? new byte[0] : raw;
    }

    /** RFC 4028 §4, §5. */
    TimerTerms terms() {
        Optional<String> expires = value("Session-Expires").or(() -> value("x"));
        var refresher = expires.flatMap(ReceivedMessage::refresher);
        boolean supported = tokens("Supported").contains("timer")
                || tokens("k").contains("timer")
                || tokens("Require").contains("timer");
        return new TimerTerms(
                expires.flatMap(ReceivedMessage::seconds),
                refresher,
                value("Min-SE").flatMap(ReceivedMessage::seconds),
                supported);
    }

    private static Optional<TimerTerms.Refresher> refresher(String value) {
        String lower = value.toLowerCase(Locale.ROOT).replace(" ", "");
        if (lower.contains(";refresher=uac")) {
            return Optional.of(TimerTerms.Refresher.UAC);
        }
        return lower.contains(";refresher=uas") ? Optional.of(TimerTerms.Refresher.UAS) : Optional.empty();
    }

    /** The delta-seconds that a value starts with. */
    static Optional<Duration> seconds(String value) {
        String text = value.strip();
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end == 0 || end > 9
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Long.parseLong(text.substring(0, end))));
    }

    String requestUri() {
        return ((SIPRequest) message).getRequestURI().toString();
    }

    /** Whom the request is for. */
    SipUri target() {
        return OurContact.meant(new SipUri(requestUri()));
    }

    int maxForwards() {
        return ((SIPRequest) message).getMaxForwards() == null
                ? 70
                : ((SIPRequest) message).getMaxForwards().getMaxForwards();
    }

    /** What the rest of the gateway sees of a request. */
    RequestHead head(Originator originator, String target) {
        return new RequestHead(
                new SipUri(target), from(), to(), callId(), originator, tokens("Supported"), otherHeaders());
    }

    private Map<String, List<String>> otherHeaders() {
        var others = new HashMap<String, List<String>>();
        Iterator<SIPHeader> headers = message.getHeaders();
        while (headers.hasNext()) {
            SIPHeader header = headers.next();
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (NOT_OTHERS.contains(name)) {
                continue;
            }
            List<String> values = others.computeIfAbsent(name, n -> new ArrayList<>(1));
            if (header instanceof SIPHeaderList<?> list) {
                list.forEach(element -> values.add(element.getHeaderValue()));
            } else {
                values.add(header.getHeaderValue());
            }
        }
        return others;
    }
}
