package org.impsiwf.gateway.flows;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipUserAgent;

/** MESSAGE of and to user agents on real sockets, as lines of a flow. */
final class PagerSocketDesk {
    private final SipSocketDesk sip;
    private final Map<String, SipRequestReceived> unanswered = Collections.synchronizedMap(new LinkedHashMap<>());
    private int lastId;

    PagerSocketDesk(SipSocketDesk sip) {
        this.sip = sip;
    }

    void send(FlowMessage m) {
        SipUserAgent agent = sip.agent(m.from());
        String to = Words.impsUserAsSip(m.field("to", "bob"));
        Words.Content body = Words.body(m, Words.sipUser(m.from()), to);
        String tx = m.field("tx", "message-" + ++lastId);
        sip.send(
                agent,
                SipSocketDesk.request(agent, "MESSAGE", m).withBody(body.type(), body.bytes()),
                (message, response) -> sip.say(
                        m.from(),
                        response.status() + " MESSAGE",
                        Descriptions.withHeaders(new TreeMap<>(Map.of("tx", tx)), response)));
    }

    /** Answers the message that the line names, or the oldest to its sender. */
    void answer(FlowMessage m) {
        String to = "sip:" + m.from() + "@";
        String request = Optional.ofNullable(m.fields().get("request"))
                .orElseGet(() -> List.copyOf(unanswered.entrySet()).stream()
                        .filter(each -> each.getValue().message().requestUri().startsWith(to))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("nothing to answer with " + m)));
        unanswered.remove(request).answers(Integer.parseInt(m.name().substring(0, 3)), "-");
    }

    void arrived(String user, SipRequestReceived request) {
        Map<String, String> fields = new TreeMap<>();
        Words.describe(
                request.message().header("Content-Type").orElse(""),
                request.message().body(),
                fields);
        String callId = request.message().callId();
        fields.put("request", callId);
        fields.put("from", SipSocketDesk.sender(request));
        unanswered.put(callId, request);
        sip.say(user, "MESSAGE", fields);
    }
}
