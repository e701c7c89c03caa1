package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.impsiwf.testkit.Inbox;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.ssp.SspXml;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** An IMPS domain behind an SSP peer that is written by hand, as lines of a flow. */
final class SspSocketDesk {
    private static final String DOMAIN = "imps";
    private static final String SERVICE = "wv:@imps.example.com";
    private static final String OWN_QUESTION = "sign-of-life-";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RawSspPeer peer;
    private final Consumer<FlowMessage> sent;
    private final Map<String, SspText> outgoing = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, SspText> all = new ConcurrentHashMap<>();
    private final Map<String, Integer> copies = new ConcurrentHashMap<>();
    private final Map<String, String> answered = new ConcurrentHashMap<>();
    private final Map<String, String> invitations = new ConcurrentHashMap<>();
    private final Inbox<SspText> own = new Inbox<>(SERVICE, SspText::toString);
    private final Set<String> responses = ConcurrentHashMap.newKeySet();
    private final int times;
    private int lastId;

    /** @param times how often each transaction and each answer goes out, under the same Transaction-ID */
    SspSocketDesk(RawSspPeer peer, int times, Consumer<FlowMessage> sent) {
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
                    Map<String, String> fields = fields(request);
                    fields.put("request", request.transactionId());
                    return new FlowMessage(FlowMessage.GATEWAY, DOMAIN, request.name(), fields);
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
                                SERVICE,
                                sipUser(m),
                                impsUser(m),
                                m.field("id", ""),
                                Integer.parseInt(m.field("result", "200"))));
            case "InviteRequest" ->
                request(m, SspXml.invite(SERVICE, impsUser(m), sipUser(m), m.field("invite", "i1")));
            case "CancelInviteRequest" ->
                request(m, SspXml.cancelInvite(SERVICE, impsUser(m), sipUser(m), m.field("invite", "i1")));
            case "InviteResponse" -> {
                String invite = m.field("invite", "i1");
                boolean accepted = m.field("accepted", "yes").equals("yes");
                // D-10: under the Transaction-ID of the InviteRequest.
                send(invitations.get(invite), SspXml.inviteAnswer(sipUser(m), impsUser(m), invite, accepted));
            }
            case "SendMessageResponse" -> {
                int code = Integer.parseInt(words[1]);
                answer(m, "SendMessageRequest", SspXml.messageTaken(code, m.field("id", "server-1@imps.example.com")));
            }
            case "Status" -> answer(m, "", SspXml.status(Integer.parseInt(words[1])));
            default -> throw new IllegalArgumentException("the IMPS domain cannot send " + m.name());
        }
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

    private static String sendMessage(FlowMessage m) {
        List<String> to = Arrays.stream(m.field("to", "alice").split(","))
                .map(Words::sipUserAsImps)
                .toList();
        Words.Content body = Words.body(m, "", "");
        return SspXml.sendMessage(
                SERVICE,
                impsUser(m),
                to,
                body.type(),
                body.bytes(),
                Optional.ofNullable(m.fields().get("id")),
                m.field("report", "no").equals("yes"));
    }

    /** Answers the request that the line names, or the oldest of that name. */
    private void answer(FlowMessage m, String name, String primitive) {
        String request = Optional.ofNullable(m.fields().get("request"))
                .orElseGet(() -> List.copyOf(outgoing.entrySet()).stream()
                        .filter(open -> name.isEmpty() || open.getValue().name().equals(name))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("nothing to answer with " + m)));
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
        if (request.name().equals("InviteResponse")) {
            peer.answers(request, SspXml.status(200));
        } else {
            outgoing.put(tx, request);
            all.put(tx, request);
        }
        Map<String, String> fields = fields(request);
        fields.put(request.name().equals("InviteResponse") ? "tx" : "request", tx);
        if (request.name().equals("InviteRequest")) {
            invitations.put(fields.get("invite"), tx);
        }
        say(request.name(), fields);
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
        Map<String, String> fields = fields(response);
        fields.put("tx", response.transactionId());
        boolean bare = response.name().equals("Status") || response.name().equals("SendMessageResponse");
        say(bare ? response.name() + " " + response.status() : response.name(), fields);
    }

    private static Map<String, String> fields(SspText primitive) {
        Map<String, String> fields = new TreeMap<>();
        switch (primitive.name()) {
            case "SendMessageRequest" -> {
                addressed(primitive, fields);
                fields.put(
                        "report",
                        primitive
                                        .attribute("SendMessageRequest", "deliveryReport")
                                        .equals("Yes")
                                ? "yes"
                                : "no");
                String type = Stream.of("ContentData", "MessageInfo")
                        .map(element -> primitive.attribute(element, "contentType"))
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("text/plain");
                Words.describe(type, primitive.content().getBytes(UTF_8), fields);
            }
            case "SendMessageResponse" -> {
                fields.put("id", primitive.messageId());
                fields.put("detail", details(primitive));
            }
            case "DeliveryStatusReport" -> {
                addressed(primitive, fields);
                fields.put("result", String.valueOf(primitive.status()));
            }
            case "InviteRequest" -> {
                fields.put("invite", primitive.attribute("InviteRequest", "inviteID"));
                fields.put("type", primitive.attribute("InviteRequest", "inviteType"));
            }
            case "InviteResponse" -> {
                fields.put("invite", primitive.attribute("InviteResponse", "inviteID"));
                fields.put(
                        "accepted",
                        primitive.attribute("InviteResponse", "acceptance").equals("Yes") ? "yes" : "no");
                fields.put("note", primitive.text("ResponseNote"));
            }
            case "CancelInviteRequest" -> fields.put("invite", primitive.attribute("CancelInviteRequest", "inviteID"));
            default -> {
                // A status says it all in its name.
            }
        }
        return fields;
    }

    private static void addressed(SspText message, Map<String, String> fields) {
        fields.put("id", message.messageId());
        fields.put("from", Words.shortName(message.role("Sender")));
        fields.put("to", Words.shortName(message.role("Recipient")));
    }

    private static String details(SspText response) {
        return elements(response.primitive(), "DetailedResult")
                .map(detail -> detail.getAttribute("code") + ":"
                        + elements(detail, "UserID")
                                .map(user -> Words.shortName(user.getAttribute("userID")))
                                .collect(Collectors.joining("+")))
                .collect(Collectors.joining(","));
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }

    private void say(String name, Map<String, String> fields) {
        sent.accept(new FlowMessage(FlowMessage.GATEWAY, DOMAIN, name, fields));
    }
}
