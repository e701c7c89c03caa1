package org.impsiwf.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.impsiwf.mapping.State;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one user can make the gateway keep has an end. */
class LimitsTest {

    private final InMemoryWorld world = new InMemoryWorld();

    @Test
    @DisplayName("SSP 18.4.8: 507 when the messages that wait for one user are too many")
    void refusesTheMessageThatNoLongerFitsTheQueue_507() {
        world.given("carriage", "SESSION");
        for (int i = 0; i < 100; i++) {
            message("text " + i, 0);
        }
        assertThat(answers()).isEmpty();
        message("one too many", 0);
        assertThat(answers()).containsExactly("SendMessageResponse 507");
        world.settle();
        assertThat(answers()).hasSize(100).containsOnly("SendMessageResponse 504");
    }

    @Test
    void refusesTheMessageThatNoLongerFitsTheMemory_507() {
        world.given("carriage", "SESSION");
        for (int i = 0; i < 4; i++) {
            message("text " + i, 1024 * 1024);
        }
        assertThat(answers()).isEmpty();
        message("one too many", 1);
        assertThat(answers()).containsExactly("SendMessageResponse 507");
    }

    @Test
    @DisplayName("SSP 18.4.23: 540 for a message over the size that is taken here")
    void refusesAMessageOverTheLimit_540() {
        message("huge", 1024 * 1024 + 1);
        assertThat(answers()).containsExactly("SendMessageResponse 540");
    }

    @Test
    void remembersABoundedNumberOfIdsForABoundedTime() {
        for (int i = 0; i < 300; i++) {
            message("text " + i, 0);
            world.inject(new FlowMessage("alice", FlowMessage.GATEWAY, "200 MESSAGE", Map.of()));
        }
        State kept = world.states().values().iterator().next();
        assertThat(kept)
                .isInstanceOfSatisfying(
                        State.OfConversation.class,
                        state -> assertThat(state.conversation().recent()).hasSizeLessThanOrEqualTo(64));
        world.advance(Duration.ofMinutes(5));
        assertThat(world.states()).isEmpty();
    }

    @Test
    void endsASessionWhenTheGatewayStopsAndNothingIsInFlight() {
        world.inject(new FlowMessage("alice", FlowMessage.GATEWAY, "INVITE", Map.of()));
        world.inject(new FlowMessage("alice", FlowMessage.GATEWAY, "CONNECT", Map.of()));
        world.inject(new FlowMessage("alice", FlowMessage.GATEWAY, "SEND", Map.of("text", "last words")));
        world.takeAll();
        world.drainConversations();
        assertThat(world.takeAll()).isEmpty();
        world.inject(new FlowMessage("imps", FlowMessage.GATEWAY, "SendMessageResponse 200", Map.of()));
        assertThat(world.takeAll()).extracting(FlowMessage::name).containsExactly("200 SEND", "BYE");
        world.settle();
    }

    private void message(String text, int size) {
        world.inject(new FlowMessage(
                "imps",
                FlowMessage.GATEWAY,
                "SendMessageRequest",
                Map.of(
                        "text",
                        text,
                        "size",
                        String.valueOf(size),
                        "id",
                        text.replace(' ', '-') + "@imps.example.com")));
    }

    private List<String> answers() {
        return world.takeAll().stream()
                .map(FlowMessage::name)
                .filter(name -> name.startsWith("SendMessageResponse"))
                .toList();
    }
}
