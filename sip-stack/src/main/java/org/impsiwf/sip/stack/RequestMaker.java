package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.header.AddressHeader;
import org.impsiwf.sip.resolve.Hop;

/** Writes requests of ours (RFC 3261 §8.1.1, §12.2.1.1). Any thread. */
final class RequestMaker {

    private final String product;

    RequestMaker(String product) {
        this.product = product;
    }

    /**
     * The request as it leaves from that point to that hop, with a branch of its own.
     *
     * @throws ParseException when an address or header that we were given cannot stand in a message
     */
    SIPRequest make(OutgoingRequest request, SipPoint point, Hop hop) throws ParseException {
        var head = new StringBuilder(512);
        String ownHost = point.hostTowards(hop.host());
        head.append(request.method()).append(' ').append(requestUri(request)).append(" SIP/2.0\r\n");
        line(
                head,
                "Via",
                "SIP/2.0/" + point.transport() + ' ' + ownHost + ':' + point.port() + ";branch=" + Tokens.branch()
                        + ";rport");
        line(head, "Max-Forwards", "70");
        line(head, "From", tagged(request.from(), request.fromTag()));
        line(head, "To", tagged(request.to(), request.toTag()));
        line(head, "Call-ID", request.callId());
        line(head, "CSeq", request.cseq() + " " + request.method());
        for (String route : request.routes()) {
            line(head, "Route", route);
        }
        if (request.withContact()) {
            line(head, "Contact", OurContact.write(request.from(), request.focus(), point, hop.host()));
            line(head, "Allow", ResponseMaker.ALLOW);
        }
        line(head, "User-Agent", product);
        for (var header : request.headers().entrySet()) {
            line(head, header.getKey(), header.getValue());
        }
        request.body().ifPresent(body -> line(head, "Content-Type", body.contentType()));
        line(head, "Content-Length", "0");
        head.append("\r\n");
        return finished(head, request, hop);
    }

    private static SIPRequest finished(StringBuilder head, OutgoingRequest request, Hop hop) throws ParseException {
        byte[] bytes = head.toString().getBytes(StandardCharsets.UTF_8);
        try {
            var made = (SIPRequest) new StringMsgParser().parseSIPMessage(bytes, false, true, (e, m, t, h, text) -> {
                throw e;
            });
            request.body().ifPresent(body -> made.setMessageContent(body.bytes()));
            made.setApplicationData(new ChosenHop(hop));
            return made;
        } catch (RuntimeException e) {
            var unfit = new ParseException("cannot be said in SIP: " + e.getMessage(), 0);
            unfit.initCause(e);
            throw unfit;
        }
    }

    /** RFC 3261 §19.1.1: no headers in a Request-URI. */
    private static String requestUri(OutgoingRequest request) throws ParseException {
        String uri = request.requestUri().value();
        int headers = uri.indexOf('?');
        String bare = headers < 0 || uri.indexOf('@') > headers ? uri : uri.substring(0, headers);
        if (bare.chars().anyMatch(c -> c <= ' ')) {
            throw new ParseException("no Request-URI", 0);
        }
        return bare;
    }

    private static String tagged(NameAddr address, String tag) {
        String written = AddressHeader.write(address);
        return tag.isEmpty() ? written : written + ";tag=" + tag;
    }

    private static void line(StringBuilder head, String name, String value) {
        head.append(name).append(": ");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            head.append(c == '\r' || c == '\n' ? ' ' : c); // nobody writes further headers through a value
        }
        head.append("\r\n");
    }
}
