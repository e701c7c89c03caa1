package org.impsiwf.mapping.participation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.junit.jupiter.api.Test;

/** What of a member is saved for other nodes, and that the room comes back to it on one of them. */
class SharedParticipationTest {

    private final Scene scene = Scene.open();

    private Participation now() {
        return scene.state().orElseThrow();
    }

    private void accepts(String messageId) {
        scene.on(new Event.Msrp(new MsrpEvent.MessageAccepted(scene.session(), messageId)));
    }

    @Test
    void aMessageThatIsKeptForAMemberIsSharedBeforeTheHostIsAnswered() {
        Participation before = now().toShare();
        scene.on(Scene.said("d1", "m1@imps.example.com", "hello"));
        assertThat(now().toShare()).isNotEqualTo(before);
        assertThat(now().mayLagBehind(before)).isFalse();
        assertThat(now().toShare().due()).hasSize(1);
    }

    @Test
    void thatTheMemberHasItMayBeWrittenLater() {
        scene.on(Scene.said("d1", "m1@imps.example.com", "hello"));
        scene.on(Scene.said("d2", "m2@imps.example.com", "hello again"));
        Participation kept = now().toShare();
        accepts(scene.messages().getFirst().messageId());
        assertThat(now().toShare()).isNotEqualTo(kept);
        assertThat(now().mayLagBehind(kept)).isTrue();
    }

    @Test
    void aMemberIsReinvitedByTheNewNodeAndGetsWhatItHasNotTaken() {
        scene.on(Scene.said("d1", "m1@imps.example.com", "hello"));
        String first = scene.messages().getFirst().messageId();
        MsrpSessionId old = scene.session();
        scene.takeOrders();

        scene.takenOver();
        assertThat(scene.session()).isNotEqualTo(old);
        scene.prepared();
        assertThat(scene.sent(SipCommand.SendReinvite.class)).hasSize(1);
        scene.on(new Event.Sip(new SipEvent.ReinviteAnswered(
                scene.usage(), SipEvent.FinalResponse.of(200, "OK"), Optional.of(Scene.media("text/plain")))));
        scene.connected();
        assertThat(scene.messages())
                .extracting(MsrpCommand.SendMessage::messageId)
                .containsExactly(first);
        assertThat(now().membership()).isInstanceOf(Membership.Joined.class);
    }

    @Test
    void aRoomComesBackAsOftenAsItsNodesDie() {
        for (int i = 0; i < 3; i++) {
            scene.takenOver();
            scene.takenOver();
            scene.prepared();
            scene.on(new Event.Sip(new SipEvent.ReinviteAnswered(
                    scene.usage(), SipEvent.FinalResponse.of(200, "OK"), Optional.of(Scene.media("text/plain")))));
            scene.connected();
            assertThat(now().leg()).isInstanceOf(MemberLeg.Open.class);
        }
    }

    @Test
    void theHostIsAskedAgainInTheSameTransaction() {
        Scene entering = new Scene();
        entering.on(Scene.invite(Scene.media("text/plain")));
        SspCommand.SendRequest first =
                entering.sent(SspCommand.SendRequest.class).getFirst();
        assertThat(first.primitive()).isInstanceOf(JoinGroupRequest.class);
        entering.takeOrders();

        entering.takenOver();
        assertThat(entering.sent(SspCommand.SendRequest.class))
                .extracting(SspCommand.SendRequest::request)
                .contains(first.request());
        assertThat(entering.sent(SipCommand.RefuseInvite.class))
                .as("its INVITE is lost")
                .hasSize(1);
    }
}
