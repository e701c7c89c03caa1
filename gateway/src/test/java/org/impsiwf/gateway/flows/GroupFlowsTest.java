package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.testkit.domain.ImpsGroupMember;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Groups that we host, over sockets: our own Group Service Element, two SIP users and two users of an IMPS domain. */
class GroupFlowsTest {

    private static final String ALICE = "wv:alice@ims.example.com";
    private static final String CAROL = "wv:carol@ims.example.com";
    private static final String ERIN = "wv:erin@imps.example.com";

    private static String conferenceUri(GroupId group) {
        return "sip:" + group.value().substring("wv:".length());
    }

    @Test
    @Tag("tx:ExtendConversation")
    void impsUserMakesAGroupOfItsTalkWithASipUser() throws Exception {
        try (Scene scene = Scene.open()) {
            SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
            SipMsrpUser carol = scene.user("carol", SipTransport.TCP);
            ImpsUser bob = scene.impsUser("bob");
            ImpsUser erin = scene.impsUser("erin");
            Talk two = alice.invites(bob.sipUri());
            two.sends("Only you and me");
            bob.expectsText("Only you and me");

            ExtendConversationId asked = bob.extendsTalk(ALICE, List.of(CAROL, ERIN), "Bob");
            Talk ofAlice = alice.answersInvite();
            ImpsGroupMember bobIn = bob.expectsGroup(asked, "Bob");
            two.expectsBye();
            Talk ofCarol = carol.answersInvite();
            InviteRequest invitation = erin.expectsInvitation();
            assertThat(invitation.inviteType()).isEqualTo(InviteType.EC);
            ImpsGroupMember erinIn = erin.joins(invitation.inviteGroupId().orElseThrow(), "Erin");
            bobIn.expectsJoined("Erin");

            String room = conferenceUri(bobIn.group());
            ofAlice.says(alice.uri(), room, "Hello, all of you");
            bob.expectsText("Hello, all of you");
            erin.expectsText("Hello, all of you");
            ofCarol.expectsText("Hello, all of you");
            bobIn.says("Hello from the other side");
            ofAlice.expectsText("Hello from the other side");
            ofCarol.expectsText("Hello from the other side");
            erinIn.expectsText("Hello from the other side", "Bob");

            ofCarol.byes();
            bobIn.expectsSomebodyLeft();
            ofAlice.byes();
            bobIn.expectsSomebodyLeft();
            erinIn.leaves();
            bobIn.leaves();
            assertThat(bob.triesToJoin(bobIn.group(), "Bob")).isEqualTo(800);
            scene.leavesNothing();
        }
    }

    /** Here we are the host that the chat-flow document speaks of. */
    @Test
    @Tag("tx:CreateGroup")
    @Tag("CHAT-05")
    @Tag("CHAT-11")
    @Tag("CHAT-12")
    @Tag("CHAT-13")
    @Tag("CHAT-14")
    void sipUserBeginsAConferenceWithAListOfUsers() throws Exception {
        try (Scene scene = Scene.open()) {
            SipMsrpUser alice = scene.user("alice", SipTransport.TCP);
            SipMsrpUser carol = scene.user("carol", SipTransport.TCP);
            ImpsUser bob = scene.impsUser("bob");

            Talk ofAlice = alice.invitesAll("sip:conference@iwf.example.com", List.of(carol.uri(), bob.sipUri()));
            Talk ofCarol = carol.answersInvite();
            InviteRequest invitation = bob.expectsInvitation();
            assertThat(invitation.inviteType()).isEqualTo(InviteType.GR);
            ImpsGroupMember bobIn = bob.joins(invitation.inviteGroupId().orElseThrow(), "Bob");

            bobIn.says("Here I am");
            ofAlice.expectsText("Here I am");
            ofCarol.expectsText("Here I am");
            ofCarol.says(carol.uri(), conferenceUri(bobIn.group()), "Welcome");
            ofAlice.expectsText("Welcome");
            bob.expectsText("Welcome");

            ofAlice.byes();
            ofCarol.byes();
            bobIn.leaves();
            scene.leavesNothing();
        }
    }
}
