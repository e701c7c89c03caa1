package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.gateway.FreePorts;
import org.impsiwf.gateway.IwfProcess;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.Listen;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.session.DigestScheme;
import org.impsiwf.testkit.domain.ImpsGroupMember;
import org.impsiwf.testkit.domain.ImpsUser;
import org.impsiwf.testkit.domain.Script;
import org.impsiwf.testkit.domain.SimulatedDomain;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gateway is killed (SIGKILL) while a group of its own has a SIP user and two IMPS users, and starts again over the same
 * database.
 */
class KilledGatewayTest {

    private static final ServiceId GATEWAY = new ServiceId("wv:@iwf.example.com");
    private static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");

    @TempDir
    private Path directory;

    private SimulatedDomain domain;
    private IwfProcess gateway;
    private SipMsrpUser alice;

    /** Starts all three; the servers have met, and Alice is registered. */
    private void start(String callAgain) throws IOException {
        int[] ports = FreePorts.choose(3);
        domain = SimulatedDomain.start(
                new SimulatedDomain.Settings(IMPS, List.of(Listen.plain("127.0.0.1:0")), List.of(), List.of()));
        gateway = new IwfProcess("run", configuration(ports, domain.url(), callAgain));
        alice = SipMsrpUser.start(SipUserAgent.Settings.of(
                "alice@" + Scene.SIP_DOMAIN,
                Scene.PASSWORD,
                SipTransport.TCP,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), ports[0])));
        gateway.starts().listens();
        domain.addPeer(PeerSettings.of(
                        GATEWAY,
                        Optional.of(URI.create("http://127.0.0.1:" + ports[2] + "/")),
                        Scene.IMPS_SECRET,
                        Scene.GATEWAY_SECRET,
                        DigestScheme.SHA,
                        Dialect.OMA_1_3,
                        false)
                .speakingFor(Set.of(Scene.SIP_DOMAIN)));
        domain.expectsSession();
        alice.registers();
    }

    @AfterEach
    void stop() {
        if (alice != null) {
            alice.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        if (domain != null) {
            domain.close();
        }
    }

    private Path configuration(int[] ports, URI peer, String callAgain) throws IOException {
        return Files.writeString(directory.resolve("killed.yaml"), """
                service-id: "wv:@iwf.example.com"
                sip:
                  listen: [ "tcp:127.0.0.1:%d" ]
                  domains: [ %s ]
                  users: [ { id: alice@%s, password: %s } ]
                msrp: { listen: "127.0.0.1:%d" }
                ssp: { listen: "127.0.0.1:%d", reconnect-min: 100ms, reconnect-max: 1s, peers: [ {
                       service-id: "wv:@imps.example.com", url: "%s", our-password: %s, peer-password: %s,
                       connect: true } ] }
                admin: { listen: "127.0.0.1:0" }
                storage: { url: embedded, directory: "%s" }
                groups: { call-again: %s }
                """.formatted(
                        ports[0],
                        Scene.SIP_DOMAIN,
                        Scene.SIP_DOMAIN,
                        Scene.PASSWORD,
                        ports[1],
                        ports[2],
                        peer,
                        Scene.GATEWAY_SECRET,
                        Scene.IMPS_SECRET,
                        directory.resolve("data"),
                        callAgain));
    }

    @Test
    void groupsTheirImpsMembersAndWhatWasAcceptedSurviveAndASipMemberCallsAgain() throws Exception {
        start("60s");
        ImpsUser bob = domain.user("bob");
        ImpsUser erin = domain.user("erin");
        Talk ofAlice = alice.invitesAll("sip:conference@iwf.example.com", List.of(bob.sipUri(), erin.sipUri()));
        ImpsGroupMember bobIn = joins(bob, "Bob");
        joins(erin, "Erin");
        bobIn.says("Here I am");
        ofAlice.expectsText("Here I am");
        erin.expectsText("Here I am");

        // Erin's server has heard it and does not say so: it is accepted, and not yet delivered.
        erin.follows(Script.silent());
        bobIn.says("Do you hear me?");
        erin.expectsText("Do you hear me?");
        gateway.kill();
        domain.expectsLoss();
        erin.follows(Script.accepting());
        gateway.starts().listens();
        domain.expectsSession();

        erin.expectsText("Do you hear me?");
        bobIn.says("I was never out");
        erin.expectsText("I was never out");
        alice.registers();
        String room = "sip:" + bobIn.group().value().substring("wv:".length());
        Talk again = alice.invites(room);
        again.says(alice.uri(), room, "Back again");
        bob.expectsText("Back again");
        erin.expectsText("Back again");
        bobIn.says("Welcome back");
        again.expectsText("Welcome back");
        assertThat(gateway.log()).doesNotContain("ERROR");
    }

    @Test
    @Tag("tx:NotifyGroupChange")
    void sipMembersWhoDoNotCallAgainArePutOutAndTheOthersAreTold() throws Exception {
        start("5s");
        ImpsUser bob = domain.user("bob");
        Talk ofAlice = alice.invitesAll("sip:conference@iwf.example.com", List.of(bob.sipUri()));
        ImpsGroupMember bobIn = joins(bob, "Bob");
        bobIn.says("Here I am");
        ofAlice.expectsText("Here I am");
        gateway.kill();
        domain.expectsLoss();
        gateway.starts().listens();
        domain.expectsSession();

        assertThat(bobIn.expectsSomebodyLeft().leftUserScreenNameList()).containsExactly("alice");
        bobIn.says("Is nobody there?");
        bobIn.leaves();
        assertThat(bob.triesToJoin(bobIn.group(), "Bob"))
                .as("the group has ended with its last member")
                .isEqualTo(800);
        assertThat(gateway.log()).contains("1 SIP members of 1 groups").doesNotContain("ERROR");
    }

    private static ImpsGroupMember joins(ImpsUser user, String screenName) {
        InviteRequest invitation = user.expectsInvitation();
        return user.joins(invitation.inviteGroupId().orElseThrow(), screenName);
    }
}
