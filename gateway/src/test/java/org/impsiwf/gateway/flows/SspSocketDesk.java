package org.impsiwf.gateway.flows;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.impsiwf.testkit.Inbox;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.ssp.SspXml;

/** An IMPS domain behind an SSP peer that is written by hand, as lines of a flow. */
final class SspSocketDesk {
    private static final String OWN_QUESTION = "sign-of-life-";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name;
    private final String service;
    private final SspLinesOnWire lines;
    private final RawSspPeer peer;
    private final Consumer<FlowMessage> sent;
    private final Map<String, SspText> outgoing = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, SspText> all = new ConcurrentHashMap<>();
    private final Map<String, Integer> copies = new ConcurrentHashMap<>();
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final Map<String, String> invitations = new ConcurrentHashMap<>();

    /** What lines call a transaction of the gateway's in which the domain asks in its turn. */
    private final Map<String, String> namesInFlow = new ConcurrentHashMap<>();

    private final Inbox<SspText> own = new Inbox<>("sign of life", SspText::toString);
    private final Set<String> responses = ConcurrentHashMap.newKeySet();
    private final int times;
    private int lastId;

    /**
     * @param name of the domain in flows
     * @param times how often each transaction and each answer goes out, under the same Transaction-ID
     */
    SspSocketDesk(String name, RawSspPeer peer, int times, Consumer<FlowMessage> sent) {
        this.name = name;
        this.service = "wv:@" + name + ".example.com";
        this.lines = new SspLinesOnWire(service);
        this.times = times;
        this.peer = peer;
        this.sent = sent;
        peer.readBy(this::requested, this::responded);
    }

    /** Asks what every peer answers, and waits for the answer. */
    void asksForASignOfLife() {
        ownQuestion("<KeepAliveRequest/>");
    }

    void logsOut() {
        ownQuestion("<LogoutRequest/>");
    }

    private void ownQuestion(String primitive) {
        String id = OWN_QUESTION + ++lastId;
        peer.sends(id, primitive);
        own.take("an answer to " + primitive, answer -> answer.transactionId().equals(id), PATIENCE);
    }

    /** The peer's process is gone, and with it what it had been asked. */
    void forgets() {
        outgoing.clear();
    }

    /** How often a request of the gateway has come. */
    int copiesOf(String request) {
        return copies.getOrDefault(request, 0);
    }

    /** Requests of the gateway that wait for an answer. */
    List<FlowMessage> unanswered() {
        return List.copyOf(outgoing.values()).stream()
                .map(request -> {
                    Map<String, String> fields = SspFields.of(request);
                    fields.put("request", request.transactionId());
                    return new FlowMessage(FlowMessage.GATEWAY, name, SspFields.name(request), fields);
                })
                .toList();
    }

    // ---- from the domain

    void inject(FlowMessage m) {
        String[] words = m.name().split(" ");
        switch (words[0]) {
            case "SendMessageRequest" -> request(m, sendMessage(m));
            case "DeliveryStatusReport" ->
                request(
                        m,
                        SspXml.deliveryReport(
                                service,
                                sipUser(m),
                                impsUser(m),
                                m.field("id", ""),
                                Integer.parseInt(m.field("result", "200"))));
            case "InviteResponse", "InviteUserResponse" -> {
                // D-10: under the Transaction-ID of the InviteRequest.
                String invitation = invitations.get(m.field("invite", "i1"));
                namesInFlow.put(invitation, m.field("tx", invitation));
                send(invitation, SspLinesOnWire.inviteAnswer(words[0], m));
            }
            case "SendMessageResponse" -> {
                int code = Integer.parseInt(words[1]);
                answer(m, "SendMessageRequest", SspXml.messageTaken(code, m.field("id", "server-1@imps.example.com")));
            }
            case "Status" -> answer(m, "", SspXml.status(Integer.parseInt(words[1])));
            default -> lines.request(m).ifPresentOrElse(request -> request(m, request), () -> answer(m));
        }
    }

    /** An answer that is more than a Status. */
    private void answer(FlowMessage m) {
        String name = m.name().split(" ")[0];
        String of = name.equals("LeaveGroupIndication") ? "LeaveGroupRequest" : name.replace("Response", "Request");
        String request =
                waiting(m, of).orElseThrow(() -> new IllegalArgumentException("the IMPS domain cannot send " + m));
        String group = asked(request).primitive().getAttribute("groupID");
        answer(
                m,
                of,
                SspLinesOnWire.answer(m, group)
                        .orElseThrow(() -> new IllegalArgumentException("the IMPS domain cannot send " + m)));
    }

    private void request(FlowMessage m, String primitive) {
        send(m.field("tx", "tx" + ++lastId), primitive);
    }

    private void send(String transaction, String primitive) {
        for (int time = 0; time < times; time++) {
            peer.sends(transaction, primitive);
        }
    }

    private static String impsUser(FlowMessage m) {
        return Words.impsUser(m.field("from", "bob"));
    }

    private static String sipUser(FlowMessage m) {
        return Words.sipUserAsImps(m.field("to", "alice"));
    }

    private String sendMessage(FlowMessage m) {
        if (m.field("from", "").startsWith("~")) {
            return lines.saidInGroup(m);
        }
        List<String> to = Arrays.stream(m.field("to", "alice").split(","))
                .map(Words::sipUserAsImps)
                .toList();
        Words.Content body = Words.body(m, "", "");
        return SspXml.sendMessage(
                service,
                impsUser(m),
                to,
                body.type(),
                body.bytes(),
                Optional.ofNullable(m.fields().get("id")),
                m.field("report", "no").equals("yes"));
    }

    /** Answers the request that the line names, or the oldest of that name. */
    private void answer(FlowMessage m, String name, String primitive) {
        String request =
                waiting(m, name).orElseThrow(() -> new IllegalArgumentException("nothing to answer with " + m));
        if (m.fields().containsKey("under")) {
            // Under a Transaction-ID that is not the one of the request.
            SspText asked = asked(request);
            peer.answers(
                    new SspText(asked.sessionId(), asked.mode(), m.field("under", ""), asked.primitive()), primitive);
            return;
        }
        outgoing.remove(request);
        SspText asked = asked(request);
        answered.put(request, primitive);
        for (int time = 0; time < times; time++) {
            peer.answers(asked, primitive);
        }
    }

    private Optional<String> waiting(FlowMessage m, String name) {
        return Optional.ofNullable(m.fields().get("request"))
                .or(() -> List.copyOf(outgoing.entrySet()).stream()
                        .filter(open -> name.isEmpty()
                                || SspFields.name(open.getValue()).equals(name))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    private SspText asked(String request) {
        return Optional.ofNullable(all.get(request))
                .orElseThrow(() -> new IllegalArgumentException("nobody asked " + request));
    }

    // ---- to the domain

    private void requested(SspText request) {
        String tx = request.transactionId();
        boolean repeat = copies.merge(tx + " " + request.name(), 1, Integer::sum) > 1;
        copies.merge(tx, 1, Integer::sum);
        if (repeat) {
            // SSP 8.5: the same answer again, if there is one yet.
            Optional.ofNullable(answered.get(tx)).ifPresent(answer -> peer.answers(request, answer));
            return;
        }
        boolean answersInvitation =
                request.name().equals("InviteResponse") || request.name().equals("InviteUserResponse");
        if (answersInvitation) {
            peer.answers(request, SspXml.status(200));
        } else {
            outgoing.put(tx, request);
            all.put(tx, request);
        }
        Map<String, String> fields = SspFields.of(request);
        fields.put(answersInvitation ? "tx" : "request", tx);
        if (request.name().equals("InviteRequest") || request.name().equals("InviteUserRequest")) {
            invitations.put(fields.get("invite"), tx);
        }
        say(SspFields.name(request), fields);
    }

    private void responded(SspText response) {
        if (response.transactionId().startsWith(OWN_QUESTION)) {
            own.put(response);
            return;
        }
        String answer = response.transactionId() + " " + response.name() + " " + response.status();
        boolean working = response.status() / 100 == 1;
        if (times > 1 && (working || !responses.add(answer))) {
            // SSP 8.5: a repeat is told that its first is being worked on, or gets the same answer.
            return;
        }
        Map<String, String> fields = SspFields.of(response);
        fields.put("tx", namesInFlow.getOrDefault(response.transactionId(), response.transactionId()));
        // A report that a peer wants as one more response says how the message fared, not how a request did.
        boolean report = response.name().equals("DeliveryStatusReport");
        say(report ? response.name() : response.name() + " " + response.status(), fields);
    }

    private void say(String primitive, Map<String, String> fields) {
        sent.accept(new FlowMessage(FlowMessage.GATEWAY, name, primitive, fields));
    }
}
