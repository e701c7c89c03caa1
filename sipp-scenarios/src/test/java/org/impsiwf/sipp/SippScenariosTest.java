package org.impsiwf.sipp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.demo.Stage;
import org.impsiwf.sipp.Sipp.Command;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.testkit.domain.ImpsGroupMember;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.Script;
import org.impsiwf.testkit.msrp.MsrpEndpoint;
import org.impsiwf.testkit.sip.SipTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario against a gateway with a simulated IMPS domain behind it; SIP by SIPp, media by the testkit. */
class SippScenariosTest {
    private static final String ALICE = "wv:alice@ims.example.com";

    private Stage stage;
    private ImpsUser bob;

    @BeforeAll
    static void needsSipp() {
        assumeTrue(Sipp.installed(), "sipp is not installed (Debian: sip-tester)");
    }

    @BeforeEach
    void open() throws IOException {
        stage = Stage.open();
        bob = stage.impsUser("bob");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    static List<String> scenarios() {
        return Readme.scenarios();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void readmeSaysHowToRun(String scenario) {
        assertThat(Readme.command(scenario)).contains("-sf");
    }

    @Test
    void registersWithDigest() {
        command("register").succeeds();
    }

    @Test
    void sendsAMessage() {
        command("message").succeeds();
        assertThat(bob.expectsMessage().text().strip()).isEqualTo("A line from SIPp, number 1.");
    }

    @Test
    void sendsAMessageOverTcp() {
        Command.of("message")
                .against(stage.sip(SipTransport.TCP))
                .option("-t", "t1")
                .succeeds();
        assertThat(bob.expectsMessage().text().strip()).isEqualTo("A line from SIPp, number 1.");
    }

    @Test
    void isToldThatTheRecipientDoesNotExist_404() {
        command("message-refused").succeeds();
    }

    @Test
    void receivesAMessage() {
        Command receiving = Command.of("message-receive");
        try (Sipp receiver = receiving.starts()) {
            command("register").key("contact_port", receiving.port()).succeeds();
            bob.sendsTo(ALICE, "A line from IMPS.");
            receiver.succeeds();
        }
    }

    @Test
    void holdsASessionWithMediaBothWays() {
        try (MsrpEndpoint media =
                        MsrpEndpoint.listen(stage.sip(SipTransport.UDP).getAddress());
                Sipp call = withMedia(command("session"), media).starts()) {
            mediaFlowsBothWays(media);
            media.vanishes();
            call.succeeds();
        }
    }

    @Test
    void receivesASessionWithMediaBothWays() {
        Command receiving = Command.of("session-receive");
        try (MsrpEndpoint media =
                        MsrpEndpoint.listen(stage.sip(SipTransport.UDP).getAddress());
                Sipp receiver = withMedia(receiving, media).starts()) {
            command("register").key("contact_port", receiving.port()).succeeds();
            String text = "Too long for a MESSAGE. ".repeat(100);
            ImpsUser.Sent sent = bob.sends(ALICE, text, false);
            media.towards(
                    List.of(media.expectsRequest("SEND").header("From-Path").orElseThrow()));
            media.expectsText(text);
            assertThat(sent.expectsStatus()).isEqualTo(200);
            media.sends("Got it.");
            bob.expectsText("Got it.");
            media.vanishes();
            receiver.succeeds();
        }
    }

    @Test
    void offersASessionAgain() {
        command("reinvite").succeeds();
    }

    @Test
    void givesUpWhileTheImpsUserHasNotAnswered_487() throws IOException {
        try (Stage inviting = Stage.openWithInvitations()) {
            ImpsUser slow = inviting.impsUser("bob");
            slow.follows(Script.silent());
            Command.of("cancel").against(inviting.sip(SipTransport.UDP)).succeeds();
            assertThat(slow.expectsCancellation().inviteId())
                    .isEqualTo(slow.expectsInvitation().inviteId());
        }
    }

    @Test
    void isRefusedWhereNobodyServesTheDomain_404() {
        command("invite-refused").succeeds();
    }

    @Test
    @Tag("tx:CreateGroup")
    void beginsAConferenceWithAUriList() {
        command("conference").succeeds();
        InviteRequest invitation = bob.expectsInvitation();
        assertThat(invitation.inviteType()).isEqualTo(InviteType.GR);
        assertThat(invitation.inviteGroupId().orElseThrow().value()).startsWith("wv:alice/adhoc-");
        assertThat(invitation.invitingUser()).isEqualTo(User.of(ALICE));
    }

    @Test
    void subscribesToTheStateOfAConference() {
        try (Sipp call = command("conference-subscribe").starts()) {
            GroupId group = bob.expectsInvitation().inviteGroupId().orElseThrow();
            ImpsGroupMember member = bob.joins(group, "Bob");
            call.succeeds();
            member.expectsSomebodyLeft();
        }
    }

    @Test
    @Tag("tx:RemoveGroupMember")
    void talksInAConferenceAndHasTheFocusInviteSomebodyAndPutThemOutAgain() {
        ImpsUser erin = stage.impsUser("erin");
        erin.follows(Script.silent());
        try (MsrpEndpoint media =
                        MsrpEndpoint.listen(stage.sip(SipTransport.UDP).getAddress());
                Sipp call = withMedia(command("conference-refer"), media)
                        .key("setup", "passive")
                        .starts()) {
            InviteRequest invitation = erin.expectsInvitation();
            GroupId group = invitation.inviteGroupId().orElseThrow();
            ImpsGroupMember member = bob.joins(group, "Bob");
            talks(media, group, member);
            erin.joins(group, "Erin");
            erin.answers(invitation, true);
            call.succeeds();
            erin.expectsRemoval(group);
        }
    }

    private void talks(MsrpEndpoint media, GroupId group, ImpsGroupMember member) {
        media.towards(List.of(media.expectsRequest("SEND").header("From-Path").orElseThrow()));
        String cpim =
                "From: <sip:alice@ims.example.com>\r\nTo: <sip:" + group.value().substring("wv:".length())
                        + ">\r\n\r\nContent-Type: text/plain\r\n\r\nHello from SIPp's media.";
        media.sends("message/cpim", cpim.getBytes(UTF_8), Integer.MAX_VALUE, Map.of());
        member.expectsText("Hello from SIPp's media.", "Alice");
        member.says("Hello from IMPS.");
        media.expectsText("Hello from IMPS.");
    }

    @Test
    @Tag("SIPX-05")
    void isRefusedAListThatIsTooLong_403() {
        command("conference-oversize").succeeds();
    }

    @Test
    void isRefusedAListThatIsNoXml_400() {
        command("conference-malformed").succeeds();
    }

    @Test
    @Tag("tx:ExtendConversation")
    void makesAConferenceOfATalk() {
        try (Sipp call = command("conference-replaces").starts()) {
            ExtendConversationRequest wish = bob.expectsWishToExtend();
            assertThat(wish.userIdList()).containsExactly(new UserId("wv:erin@imps.example.com"));
            bob.agrees(wish, new GroupId("wv:/talk-1@imps.example.com"));
            call.succeeds();
        }
    }

    @Test
    void isRefusedTheTalkOfAnotherUser_403() {
        command("conference-replaces-foreign").succeeds();
    }

    @Test
    void theConfigurationsOfThePageAreRight() throws ConfigException {
        Path here = Readme.root().resolve("sipp-scenarios");
        assertThat(Config.gateway(here.resolve("gateway.yaml")).sip().users()).hasSize(2);
        assertThat(Config.domain(here.resolve("domain.yaml")).users()).hasSize(2);
    }

    @Test
    @Tag("load")
    void setsUpAHundredCallsASecondForTenSecondsWithoutAFailure() {
        command("load-calls").succeeds();
    }

    private Command command(String scenario) {
        return Command.of(scenario).against(stage.sip(SipTransport.UDP));
    }

    private static Command withMedia(Command command, MsrpEndpoint media) {
        String path = media.path();
        String port = path.substring(path.lastIndexOf(':') + 1, path.lastIndexOf('/'));
        String session = path.substring(path.lastIndexOf('/') + 1, path.indexOf(';'));
        return command.key("msrp_port", port).key("msrp_session", session);
    }

    private void mediaFlowsBothWays(MsrpEndpoint media) {
        media.towards(List.of(media.expectsRequest("SEND").header("From-Path").orElseThrow()));
        media.sends("Hello from SIPp's media.");
        bob.expectsText("Hello from SIPp's media.");
        bob.sendsTo(ALICE, "Hello from IMPS.");
        media.expectsText("Hello from IMPS.");
    }
}
