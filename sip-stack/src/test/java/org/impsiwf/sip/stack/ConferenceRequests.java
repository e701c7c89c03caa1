package org.impsiwf.sip.stack;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** INVITEs that ask for conferences, as text. */
final class ConferenceRequests {

    static final String FACTORY = "sip:conference@iwf.example.com";

    private ConferenceRequests() {}

    static String list(String... entries) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n"
                + "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\""
                + " xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"><list>\r\n"
                + String.join("\r\n", entries)
                + "\r\n</list></resource-lists>\r\n";
    }

    static String entry(String uri, String copyControl) {
        return "<entry uri=\"" + uri + "\" cp:copyControl=\"" + copyControl + "\"/>";
    }

    static String sdpPart() {
        return "Content-Type: application/sdp\r\n\r\n" + Requests.SDP;
    }

    static String listPart(String document) {
        return "Content-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n" + document;
    }

    static String packedListPart(String document) {
        return "Content-Disposition: recipient-list\r\nContent-Transfer-Encoding: base64\r\n"
                + "Content-Type: application/resource-lists+xml\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8));
    }

    static String mixed(String boundary, String... parts) {
        var text = new StringBuilder();
        for (String part : parts) {
            text.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
        }
        return text.append("--").append(boundary).append("--\r\n").toString();
    }

    static String mixedHeader(String boundary) {
        return "Content-Type: multipart/mixed;boundary=\"" + boundary + "\"\r\n";
    }

    /** To the factory, with whatever body parts. */
    static String invite(Requests.Caller caller, String headers, String... parts) {
        return caller.request(
                "INVITE", FACTORY, 1, "", caller.contact() + headers + mixedHeader("b1"), mixed("b1", parts));
    }
}
