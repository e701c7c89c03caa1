package org.impsiwf.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FlowRunnerTest {

    @Test
    void showsTheLadderAndMarksTheFirstLineThatDiffers() {
        Flow flow = FlowParser.parse("wrong", """
                # A status that is not the due one
                alice -> iwf   MESSAGE "hello" tx=t1
                iwf   -> imps  SendMessageRequest "hello"
                imps  -> iwf   SendMessageResponse 531
                iwf   -> alice 200 MESSAGE tx=t1
                """);
        assertThatThrownBy(() -> FlowRunner.run(flow, new InMemoryWorld()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("wrong.flow:5")
                .hasMessageContaining("imps -> iwf  SendMessageResponse 531")
                .hasMessageContaining(">> expected iwf -> alice  200 MESSAGE tx=t1")
                .hasMessageContaining(">> was      iwf -> alice  404 MESSAGE tx=t1");
    }

    @Test
    void refusesAMessageThatNobodyExpected() {
        Flow flow = FlowParser.parse("surplus", """
                # Nobody expects the SendMessageRequest
                alice -> iwf MESSAGE "hello"
                +1s
                """);
        assertThatThrownBy(() -> FlowRunner.run(flow, new InMemoryWorld()))
                .hasMessageContaining("SendMessageRequest \"hello\"");
    }

    @Test
    void holdsANameToTheValueItHadFirst() {
        Flow flow = FlowParser.parse("binding", """
                # Two ids that should be one
                alice -> iwf  MESSAGE "a"
                iwf   -> imps SendMessageRequest id=$m
                alice -> iwf  MESSAGE "b"
                iwf   -> imps SendMessageRequest id=$m
                """);
        assertThatThrownBy(() -> FlowRunner.run(flow, new InMemoryWorld())).hasMessageContaining("id: ");
    }

    @Test
    void namesTheLineThatItCannotRead() {
        assertThatThrownBy(() -> FlowParser.parse("bad", "# t\nalice sends something"))
                .hasMessageContaining("bad:2");
    }

    @Test
    void findsAMessageThatIsLeftUnanswered() {
        InMemoryWorld world = new InMemoryWorld();
        world.ledger().owed("MESSAGE x", "text");
        assertThatThrownBy(world::settle).hasMessageContaining("no final answer to MESSAGE x");
    }

    @Test
    void findsAnAcceptanceThatNobodyGave() {
        Ledger ledger = new Ledger();
        ledger.owed("MESSAGE x", "text");
        assertThatThrownBy(() -> ledger.answered("MESSAGE x", 200)).hasMessageContaining("before the far side took it");
    }

    @Test
    void drawsALadderOfEveryFlow() {
        assertThat(FlowRenderer.page(Flows.all()))
                .contains("## A SIP user sends single messages")
                .contains("alice");
    }
}
