package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.impsiwf.gateway.FreePorts;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.domain.DomainProcess.Guest;
import org.impsiwf.gateway.runtime.Gateway;
import org.impsiwf.sip.stack.ListenOn;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.user.SipMsrpUser;
import org.impsiwf.testkit.user.Talk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of SIP users that a whole IMPS domain hosts, {@code ./iwf domain} in a process of its own. */
class HostingDomainTest {

    private static final String FACTORY = "sip:conference@iwf.example.com";
    private static final String PASSWORD = "secret-of-alice";

    @TempDir
    private Path directory;

    private DomainProcess domain;
    private Guest bob;
    private Guest ben;
    private Gateway gateway;
    private SipMsrpUser alice;

    /**
     * Starts the domain of Bob and Ben and the gateway, waits for their session pair, and registers Alice.
     *
     * @param agreements of the domain, about who keeps which service for whose users (SSP 5.1)
     * @param groups of the gateway
     */
    private void start(String agreements, String groups) throws IOException, ConfigException {
        int[] ports = FreePorts.choose(2);
        domain = DomainProcess.start(Files.writeString(directory.resolve("domain.yaml"), """
                service-id: wv:@imps.example.com
                ssp:
                  listen: "127.0.0.1:%d"
                  peers:
                    - service-id: wv:@iwf.example.com
                      url: http://127.0.0.1:%d/
                      our-password: from the domain
                      peer-password: from the gateway
                      domains: [ ims.example.com ]
                      connect: false
                  routes: { ims.example.com: "wv:@iwf.example.com" }
                admin: { listen: "127.0.0.1:0" }
                storage: { directory: "%s" }
                agreements: [ %s ]
                users:
                  - { id: "wv:bob@imps.example.com", answer: accept }
                  - { id: "wv:ben@imps.example.com", answer: accept }
                """.formatted(
                        ports[0], ports[1], directory.resolve("data"), agreements)));
        gateway = Gateway.start(Config.gatewayOf("""
                service-id: "wv:@iwf.example.com"
                sip:
                  listen: [ "tcp:127.0.0.1:0" ]
                  domains: [ ims.example.com ]
                  users: [ { id: alice@ims.example.com, password: %s } ]
                msrp: { listen: "127.0.0.1:0" }
                ssp:
                  listen: "127.0.0.1:%d"
                  peers:
                    - service-id: wv:@imps.example.com
                      url: http://127.0.0.1:%d/
                      our-password: from the gateway
                      peer-password: from the domain
                      connect: true
                admin: { listen: "127.0.0.1:0" }
                storage: { url: memory }
                %s
                """.formatted(PASSWORD, ports[1], ports[0], groups)));
        domain.awaitPeerUp();
        bob = domain.user("wv:bob@imps.example.com");
        ben = domain.user("wv:ben@imps.example.com");
        ListenOn sip = gateway.sipAddresses().getFirst();
        alice = SipMsrpUser.start(SipUserAgent.Settings.of(
                "alice@ims.example.com", PASSWORD, SipTransport.TCP, new InetSocketAddress(sip.host(), sip.port())));
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

    /** The conference URI that a focus stands for, from its Contact: that of our host names the domain apart. */
    private static String room(Talk talk) {
        String contact = talk.call().remoteTarget();
        Matcher domain = Pattern.compile(";conference=([^;>]+)").matcher(contact);
        return domain.find() ? contact.substring(0, contact.indexOf('@') + 1) + domain.group(1) : contact;
    }

    @Test
    @Tag("tx:ExtendConversation")
    void sipUsersTalkBecomesAGroupOfItsPartnersDomain() throws Exception {
        start("", "");
        Talk two = talkWithBob();
        Talk all = alice.extendsTalk(two, FACTORY, List.of("sip:bob@imps.example.com", "sip:ben@imps.example.com"));
        two.expectsBye();
        String room = room(all);
        assertThat(room).startsWith("sip:").contains("@imps.example.com");
        allSpeak(all, room);
    }

    @Test
    @Tag("tx:CreateGroup")
    void groupOfAConferenceIsMadeAtTheNeighbourThatHostsThem() throws Exception {
        start(
                "{ domain: ims.example.com, provider: imps.example.com, services: [ group ] }",
                "groups: { hosted-by: \"wv:@imps.example.com\" }");
        Talk all = alice.invitesAll(FACTORY, List.of("sip:bob@imps.example.com", "sip:ben@imps.example.com"));
        allSpeak(all, room(all));
    }

    @Test
    @Tag("tx:ExtendConversation")
    void impsUsersTalkBecomesAGroupOfItsOwnDomain() throws Exception {
        start("", "");
        Talk two = talkWithBob();
        assertThat(bob.does().extendsTalk(new UserId("wv:alice@ims.example.com"), ben.id()))
                .isEqualTo(200);
        Talk all = alice.answersInvite();
        two.expectsBye();
        assertThat(bob.gets(ExtendConversationResponse.class).result().isSuccess())
                .isTrue();
        String room = room(all);
        assertThat(room).contains("@imps.example.com");
        allSpeak(all, room);
    }

    private Talk talkWithBob() {
        Talk two = alice.invites("sip:bob@imps.example.com");
        two.sends("Only you and me");
        bob.getsText("Only you and me");
        return two;
    }

    /** The domain's users join as soon as they are invited; only members may speak. In the end Alice leaves. */
    private void allSpeak(Talk all, String room) {
        GroupId group = new GroupId("wv:" + room.substring("sip:".length()));
        await().atMost(DomainProcess.PATIENCE).until(() -> bob.does().says("I am in", group) == 200);
        await().atMost(DomainProcess.PATIENCE).until(() -> ben.does().says("So am I", group) == 200);
        all.says(alice.uri(), room, "Hello, both of you");
        bob.getsText("Hello, both of you");
        ben.getsText("Hello, both of you");
        assertThat(bob.does().says("Hello, Alice", group)).isEqualTo(200);
        all.expectsText("Hello, Alice");
        ben.getsText("Hello, Alice");
        all.byes();
    }
}
