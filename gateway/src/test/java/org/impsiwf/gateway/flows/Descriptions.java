package org.impsiwf.gateway.flows;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.sip.MessageSdp;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipUserAgent;

/** Session descriptions as lines of a flow want and tell them. */
final class Descriptions {

    private Descriptions() {}

    static InetAddress local(SipUserAgent agent) {
        return agent.address().getAddress();
    }

    static String offer(SocketCall call, FlowMessage m) {
        String setup = m.field("setup", "ACTPASS").toLowerCase(Locale.ROOT);
        return description(call, m, setup);
    }

    /** @param offer their INVITE or re-INVITE */
    static String answer(SocketCall call, SipMessage offer, FlowMessage m) {
        boolean offeredActive = MessageSdp.parse(offer.text()).setup().equals(Optional.of("active"));
        return description(call, m, offeredActive ? "passive" : "active");
    }

    static String description(SocketCall call, FlowMessage m, String setup) {
        String text = MessageSdp.of(call.media.end.path(), Optional.of(setup))
                .withAcceptTypes(
                        List.of(m.field("accept", "message/cpim,text/plain").split(",")))
                .text(call.version.get());
        String maxSize = m.field("max-size", "");
        return text + "a=accept-wrapped-types:text/plain message/imdn+xml\r\n"
                + (maxSize.isEmpty() ? "" : "a=max-size:" + maxSize + "\r\n")
                + ConferenceHeaders.chatroom(m)
                + "a=" + m.field("direction", "SENDRECV").toLowerCase(Locale.ROOT) + "\r\n";
    }

    static Map<String, String> media(String sdp) {
        Map<String, String> fields = new TreeMap<>();
        String direction = sdp.lines()
                .filter(line -> line.matches("a=(sendrecv|sendonly|recvonly|inactive)"))
                .findFirst()
                .orElse("a=sendrecv");
        fields.put("direction", direction.substring(2).toUpperCase(Locale.ROOT));
        MessageSdp.parse(sdp).setup().ifPresent(setup -> fields.put("setup", setup.toUpperCase(Locale.ROOT)));
        return fields;
    }

    static Map<String, String> withHeaders(Map<String, String> fields, SipMessage response) {
        response.header("Retry-After").ifPresent(after -> fields.put("retry-after", after));
        response.header("Accept").ifPresent(types -> fields.put("accept", types.replaceAll(",\\s*", ", ")));
        return fields;
    }
}
