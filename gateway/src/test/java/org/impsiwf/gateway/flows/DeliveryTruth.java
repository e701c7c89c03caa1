package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;

/**
 * What senders were told about their messages, and what receivers took. Whatever happens in between: a message that was called
 * accepted was taken, one that was refused had not been taken by then, and none was taken twice. Safe from any thread.
 */
final class DeliveryTruth {
    private static final String DOMAIN = "imps";

    /** A message of a participant, told by the id of its request. */
    private static final class Sent {
        final String by;
        final String text;

        /** In a room whom it was for; empty in a talk. */
        final String to;

        final List<Integer> answers = new ArrayList<>();
        int times;

        Sent(FlowMessage message, String text) {
            this.by = message.from();
            this.text = text;
            this.to = message.field("to", "");
        }
    }

    /** A message to a participant that he has not answered yet. */
    private record Offered(String kind, String to, String id, String text) {}

    private final Map<String, Sent> sent = new LinkedHashMap<>();
    private final List<Offered> offered = new ArrayList<>();
    private final Map<String, Set<String>> taken = new HashMap<>();

    /** A participant sends. */
    synchronized void injected(FlowMessage m) {
        String[] words = m.name().split(" ");
        switch (words[0]) {
            case "SendMessageRequest" -> owed("SendMessageRequest " + m.field("tx", ""), m);
            case "MESSAGE" -> owed("MESSAGE " + m.field("tx", ""), m);
            case "SEND" -> owed("SEND " + m.field("id", ""), m);
            case "SendMessageResponse" -> answered("SendMessageRequest", m, "request", words[1]);
            case "Status" -> answered("SendMessageRequest", m, "request", words[1]);
            default -> answered(words[words.length - 1], m, m.name().endsWith("SEND") ? "id" : "request", words[0]);
        }
    }

    private void owed(String key, FlowMessage m) {
        String text = new String(Words.body(textOf(m), "", "").bytes(), UTF_8);
        if (!text.isEmpty() && !m.field("type", "").contains("iscomposing")) {
            sent.computeIfAbsent(key, first -> new Sent(m, text)).times++;
        }
    }

    private static FlowMessage textOf(FlowMessage m) {
        return new FlowMessage("", "", "", Map.of("text", m.field("text", ""), "size", m.field("size", "0")));
    }

    /** A participant answers what the gateway sent him: that one, or the oldest. */
    private void answered(String kind, FlowMessage m, String idField, String status) {
        Optional<Offered> meant = offered.stream()
                .filter(each -> each.kind().equals(kind) && each.to().equals(m.from()))
                .filter(each -> m.field(idField, each.id()).equals(each.id()))
                .findFirst();
        meant.ifPresent(offered::remove);
        // Who takes what was refused to its sender in the meantime, for want of an answer, is late.
        meant.filter(each -> status.startsWith("2") && !isRefused(each.text()))
                .ifPresent(each -> taken.computeIfAbsent(each.text(), text -> new LinkedHashSet<>())
                        .add(each.id()));
    }

    private boolean isRefused(String text) {
        return sent.values().stream()
                .anyMatch(message ->
                        message.text.equals(text) && message.answers.stream().anyMatch(status -> status / 100 != 2));
    }

    /** The gateway sends. */
    synchronized void told(FlowMessage m) {
        String[] words = m.name().split(" ");
        String text = m.field("text", "");
        switch (words[0]) {
            case "SendMessageRequest" ->
                offered.add(new Offered("SendMessageRequest", DOMAIN, m.field("request", ""), text));
            case "SEND" -> offered.add(new Offered("SEND", m.to(), m.field("id", ""), text));
            case "MESSAGE" -> offered.add(new Offered("MESSAGE", m.to(), m.field("request", ""), text));
            case "SendMessageResponse", "Status" -> concluded("SendMessageRequest " + m.field("tx", ""), words[1]);
            default -> {
                String kind = words[words.length - 1];
                concluded(kind + " " + m.field(kind.equals("SEND") ? "id" : "tx", ""), words[0]);
            }
        }
    }

    private void concluded(String key, String status) {
        Sent message = sent.get(key);
        if (message != null && !status.startsWith("1")) {
            message.answers.add(Integer.valueOf(status));
        }
    }

    /** Whether the domain has heard about each of its messages: unlike a client it does not vanish. */
    synchronized boolean domainKnows() {
        return sent.values().stream()
                .filter(message -> message.by.equals(DOMAIN))
                .noneMatch(message -> message.answers.isEmpty());
    }

    /** SENDs of the user that were not answered: a client sends them again under the same Message-ID. */
    synchronized List<FlowMessage> unansweredSends(String user) {
        List<FlowMessage> again = new ArrayList<>();
        sent.forEach((key, message) -> {
            if (key.startsWith("SEND ") && message.by.equals(user) && message.answers.isEmpty()) {
                Map<String, String> fields = new HashMap<>(Map.of("id", key.substring("SEND ".length())));
                fields.put("text", message.text);
                if (!message.to.isEmpty()) {
                    fields.put("to", message.to);
                }
                again.add(new FlowMessage(user, FlowMessage.GATEWAY, "SEND", fields));
            }
        });
        return again;
    }

    synchronized void holds() {
        assertThat(taken)
                .allSatisfy((text, ids) -> assertThat(ids)
                        .as("ids under which '%s' was taken", text)
                        .hasSize(1));
        sent.forEach((key, message) -> {
            assertThat(message.answers).as("final answers to %s", key).hasSizeLessThanOrEqualTo(message.times);
            assertThat(message.answers)
                    .as(
                            "what the sender of %s was told, whose message was taken: %s",
                            key, taken.containsKey(message.text))
                    .allMatch(status -> (status / 100 == 2) == taken.containsKey(message.text));
        });
        assertThat(domainKnows())
                .as("the domain knows what became of its messages")
                .isTrue();
    }
}
