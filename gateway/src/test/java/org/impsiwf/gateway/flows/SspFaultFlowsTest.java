package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;

import org.impsiwf.testkit.flow.Flow;
import org.impsiwf.testkit.flow.FlowParser;
import org.impsiwf.testkit.flow.FlowRunner;
import org.impsiwf.testkit.sip.SipTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A peer that answers late, twice or somebody else, repeats itself, or dies: through a whole gateway, on real sockets. */
@Execution(ExecutionMode.SAME_THREAD)
class SspFaultFlowsTest {

    private static void plays(String text) {
        Flow flow = FlowParser.parse("inline", text);
        try (SocketWorld world = new SocketWorld(flow, SipTransport.UDP)) {
            FlowRunner.run(flow, world);
            world.settle();
        }
    }

    private static double playsCounting(String counter, String text) {
        Flow flow = FlowParser.parse("inline", text);
        try (SocketWorld world = new SocketWorld(flow, SipTransport.UDP)) {
            FlowRunner.run(flow, world);
            world.settle();
            return world.metric("iwf_ssp_total", counter);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAnswerThatComesTooLateChangesNothing_SSP_8_6() {
        plays("""
                # The sender has his refusal; the next message goes its way in the next session
                alice -> iwf   MESSAGE "hello" tx=t1
                iwf   -> imps  SendMessageRequest "hello" request=$q1
                imps  -> iwf   SILENCE request=$q1
                iwf   -> alice 504 MESSAGE tx=t1
                imps  -> iwf   UP
                imps  -> iwf   SendMessageResponse 200 request=$q1
                alice -> iwf   MESSAGE "are you there now?" tx=t2
                iwf   -> imps  SendMessageRequest "are you there now?" request=$q2
                imps  -> iwf   SendMessageResponse 200 request=$q2
                iwf   -> alice 200 MESSAGE tx=t2
                """);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAnswerThatComesTwiceCountsOnce_SSP_8_6() {
        assertThat(playsCounting("answer-unexpected", """
                        # The second one is of the opposite opinion
                        alice -> iwf   MESSAGE "one" tx=t1
                        iwf   -> imps  SendMessageRequest "one" request=$q1
                        imps  -> iwf   SendMessageResponse 200 request=$q1
                        iwf   -> alice 200 MESSAGE tx=t1
                        imps  -> iwf   SendMessageResponse 531 request=$q1
                        alice -> iwf   MESSAGE "two" tx=t2
                        iwf   -> imps  SendMessageRequest "two" request=$q2
                        imps  -> iwf   SendMessageResponse 200 request=$q2
                        iwf   -> alice 200 MESSAGE tx=t2
                        """)).isEqualTo(1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAnswerUnderAForeignTransactionIdAnswersNobody_SSP_8_6() {
        assertThat(playsCounting("answer-unexpected", """
                        # Only the answer under the id of the request counts
                        alice -> iwf   MESSAGE "hello" tx=t1
                        iwf   -> imps  SendMessageRequest "hello" request=$q1
                        imps  -> iwf   SendMessageResponse 200 request=$q1 under=of-nobody
                        imps  -> iwf   SendMessageResponse 531 request=$q1
                        iwf   -> alice 404 MESSAGE tx=t1
                        """)).isEqualTo(1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aTransactionThatIsRepeatedAfterItsAnswerGetsThatAnswerAgain_D25() {
        assertThat(playsCounting("transaction-duplicate", """
                        # No second MESSAGE: the answer is kept
                        imps  -> iwf   SendMessageRequest "once" tx=t1
                        iwf   -> alice MESSAGE "once"
                        alice -> iwf   200 MESSAGE
                        iwf   -> imps  SendMessageResponse 200 tx=t1 id=$m1
                        imps  -> iwf   SendMessageRequest "once" tx=t1
                        iwf   -> imps  SendMessageResponse 200 tx=t1 id=$m1
                        """)).isEqualTo(1);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPeerThatSpeaksForAForeignDomainIsRefusedWith427AndTheSessionGoesOn() {
        plays("""
                # Whether it sends, invites or reports
                imps  -> iwf   SendMessageRequest "hello" tx=t1 from=wv:eve@elsewhere.example.org
                iwf   -> imps  Status 427 tx=t1
                imps  -> iwf   InviteRequest invite=i1 tx=t2 from=wv:eve@elsewhere.example.org
                iwf   -> imps  Status 427 tx=t2
                imps  -> iwf   SendMessageRequest "hello" tx=t3
                iwf   -> alice MESSAGE "hello"
                alice -> iwf   200 MESSAGE
                iwf   -> imps  SendMessageResponse 200 tx=t3
                """);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPeerThatIsKilledWithAMessageInFlightLeavesItsSenderARefusalAndIsFoundAgain() {
        plays("""
                # Never a 200 for what may be lost; the peer's restart brings the session back
                alice -> iwf   MESSAGE "hello" tx=t1
                iwf   -> imps  SendMessageRequest "hello"
                imps  -> iwf   KILLED
                +28s
                iwf   -> alice 504 MESSAGE tx=t1
                imps  -> iwf   UP
                alice -> iwf   MESSAGE "welcome back" tx=t2
                iwf   -> imps  SendMessageRequest "welcome back"
                imps  -> iwf   SendMessageResponse 200
                iwf   -> alice 200 MESSAGE tx=t2
                imps  -> iwf   SendMessageRequest "thanks" tx=t3
                iwf   -> alice MESSAGE "thanks"
                alice -> iwf   200 MESSAGE
                iwf   -> imps  SendMessageResponse 200 tx=t3
                """);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPeerThatIsKilledUnderASessionLeavesItsSenderA408() {
        plays("""
                # The SEND is refused, the MSRP session stands and serves again
                alice -> iwf   INVITE call=c1
                iwf   -> alice 200 INVITE call=c1
                alice -> iwf   ACK
                alice -> iwf   CONNECT
                alice -> iwf   SEND "hello" id=m1
                iwf   -> imps  SendMessageRequest "hello"
                imps  -> iwf   KILLED
                +28s
                iwf   -> alice 408 SEND id=m1
                imps  -> iwf   UP
                alice -> iwf   SEND "again" id=m2
                iwf   -> imps  SendMessageRequest "again"
                imps  -> iwf   SendMessageResponse 200
                iwf   -> alice 200 SEND id=m2
                alice -> iwf   BYE
                """);
    }
}
