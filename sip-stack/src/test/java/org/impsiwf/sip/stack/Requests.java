package org.impsiwf.sip.stack;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.sip.event.MessageMedia;

/** Texts of requests that a peer sends, and the descriptions in them. */
final class Requests {

    private static final AtomicInteger SERIAL = new AtomicInteger();

    static final String SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
            + "m=message 7654 TCP/MSRP *\r\na=accept-types:text/plain\r\na=path:msrp://127.0.0.1:7654/abc;tcp\r\n";

    static final MessageMedia OURS = media(MessageMedia.Setup.PASSIVE);

    static final MessageMedia OUR_OFFER = media(MessageMedia.Setup.ACTPASS);

    private Requests() {}

    private static MessageMedia media(MessageMedia.Setup setup) {
        return new MessageMedia(
                false,
                "127.0.0.1",
                2855,
                List.of("msrp://127.0.0.1:2855/ours;tcp"),
                List.of("text/plain"),
                List.of(),
                OptionalLong.empty(),
                setup,
                MessageMedia.Direction.SENDRECV,
                Optional.empty(),
                false);
    }

    /** A call of a peer: the same Call-ID and From tag for all its requests. */
    record Caller(WirePeer peer, String callId, String tag) {

        static Caller of(WirePeer peer) {
            int serial = SERIAL.incrementAndGet();
            return new Caller(peer, "call-" + serial + "@peer", "from" + serial);
        }

        String request(String method, String uri, long cseq, String toTag, String headers, String body) {
            return request(method, uri, cseq, toTag, "z9hG4bK" + SERIAL.incrementAndGet() + "x", headers, body);
        }

        String request(String method, String uri, long cseq, String toTag, String branch, String headers, String body) {
            String to = "<sip:bob@ims.example.com>" + (toTag.isEmpty() ? "" : ";tag=" + toTag);
            return method + " " + uri + " SIP/2.0\r\n"
                    + "Via: SIP/2.0/" + peer.transportName() + " " + peer.hostPort() + ";branch=" + branch
                    + ";rport\r\n"
                    + "Max-Forwards: 70\r\n"
                    + "From: \"Alice\" <sip:alice@ims.example.com>;tag=" + tag + "\r\n"
                    + "To: " + to + "\r\n"
                    + "Call-ID: " + callId + "\r\n"
                    + "CSeq: " + cseq + " " + method + "\r\n"
                    + headers
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        }

        String contact() {
            return "Contact: <sip:alice@" + peer.hostPort() + ";transport="
                    + peer.transportName().toLowerCase(Locale.ROOT) + ">\r\n";
        }

        String message(String text) {
            return request("MESSAGE", "sip:bob@ims.example.com", 1, "", "Content-Type: text/plain\r\n", text);
        }

        String invite(String headers) {
            return request(
                    "INVITE",
                    "sip:bob@ims.example.com",
                    1,
                    "",
                    contact() + headers + "Content-Type: application/sdp\r\n",
                    SDP);
        }

        String ack(RawMessage ok, String body) {
            return inDialog("ACK", Long.parseLong(ok.header("CSeq").split(" ")[0]), ok, body);
        }

        String inDialog(String method, long cseq, RawMessage ok, String body) {
            String contact = ok.header("Contact");
            String uri = contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
            String type = body.isEmpty() ? "" : "Content-Type: application/sdp\r\n";
            return request(method, uri, cseq, ok.tag("To"), contact() + type, body);
        }
    }
}
