package org.impsiwf.gateway.flows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.impsiwf.testkit.flow.FlowMessage;

/**
 * Participants who take whatever comes, when no line tells them any more what to do: they accept invitations and messages,
 * and send again under its Message-ID what was not answered (RFC 4975 §5.4).
 */
final class Goodwill implements AutoCloseable {
    private final Consumer<FlowMessage> participants;
    private final DeliveryTruth truth;
    private final ExecutorService work = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("goodwill").factory());

    /** @param participants where their messages go */
    Goodwill(Consumer<FlowMessage> participants, DeliveryTruth truth) {
        this.participants = participants;
        this.truth = truth;
    }

    void takesUp(List<FlowMessage> requests) {
        requests.forEach(this::sees);
    }

    /** Reacts in its own time: messages come on threads that must not wait. */
    void sees(FlowMessage message) {
        if (!work.isShutdown()) {
            work.execute(() -> reacts(message));
        }
    }

    private void reacts(FlowMessage m) {
        String me = m.to();
        switch (m.name()) {
            case "SendMessageRequest" ->
                participants.accept(answer(
                        me,
                        "SendMessageResponse 200",
                        Map.of("request", m.field("request", ""), "id", m.field("id", ""))));
            case "InviteRequest", "CancelInviteRequest", "DeliveryStatusReport" ->
                participants.accept(answer(me, "Status 200", Map.of("request", m.field("request", ""))));
            case "INVITE" -> {
                participants.accept(answer(me, "200 INVITE", Map.of("call", m.field("call", ""))));
                connects(me);
            }
            case "REINVITE" -> {
                participants.accept(answer(me, "200 REINVITE", Map.of("call", m.field("call", ""))));
                connects(me);
            }
            case "JoinGroupRequest" ->
                participants.accept(answer(me, "JoinGroupResponse 200", Map.of("request", m.field("request", ""))));
            case "LeaveGroupRequest" ->
                participants.accept(answer(me, "LeaveGroupIndication 200", Map.of("request", m.field("request", ""))));
            case "200 INVITE" -> {
                participants.accept(answer(me, "ACK", Map.of("call", m.field("call", ""))));
                connects(me);
            }
            case "SEND" -> participants.accept(answer(me, "200 SEND", Map.of("id", m.field("id", ""))));
            case "MESSAGE" -> participants.accept(answer(me, "200 MESSAGE", Map.of("request", m.field("request", ""))));
            default -> {
                // An answer, or the end of something.
            }
        }
    }

    private void connects(String user) {
        participants.accept(answer(user, "CONNECT", Map.of()));
        truth.unansweredSends(user).forEach(participants);
    }

    private static FlowMessage answer(String from, String name, Map<String, String> fields) {
        return new FlowMessage(from, FlowMessage.GATEWAY, name, fields);
    }

    @Override
    public void close() {
        work.shutdownNow();
    }
}
