package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;
import org.impsiwf.testkit.ssp.SspText;
import org.impsiwf.testkit.ssp.SspXml;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that shares no code with ours, its SSP written by hand after the document or after the traces of the public server,
 * logs into a domain, and its user does with the users there what users do.
 */
class ForeignServerTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String SERVER = "wv:@guest.example";
    private static final String GUS = "wv:gus@guest.example";
    private static final String ECHO = "wv:echo@imps.example";
    private static final String OWNER = "wv:owner@imps.example";
    private static final String CLUB = "wv:owner/club@imps.example";
    private static final String META = SspXml.metaInfo(SERVER, GUS);

    @TempDir
    private Path directory;

    private RawSspPeer guest;
    private ImpsDomain domain;

    private void logIn(Manner manner) throws Exception {
        guest = RawSspPeer.start(new RawSspPeer.Settings(SERVER, "of the guest", "of the domain", "SHA-1", manner));
        Path file = Files.writeString(directory.resolve("domain.yaml"), """
                service-id: wv:@imps.example
                ssp:
                  listen: "127.0.0.1:0"
                  peers:
                    - service-id: %s
                      url: %s
                      our-password: of the domain
                      peer-password: of the guest
                      connect: false
                      dialect: %s
                users:
                  - { id: "%s", answer: echo }
                  - { id: "%s", answer: accept }
                """.formatted(
                        SERVER, guest.url(), manner == Manner.BARAZA ? "baraza" : "oma-1.3", ECHO, OWNER));
        domain = ImpsDomain.start(Config.domain(file), SspCounters.NONE);
        InetSocketAddress address = domain.addresses().getFirst();
        guest.facing(URI.create("http://127.0.0.1:" + address.getPort() + "/")).logsIn();
        await().atMost(PATIENCE).until(() -> state() == PeerSnapshot.State.UP);
    }

    @AfterEach
    void close() {
        if (domain != null) {
            domain.close();
        }
        guest.close();
    }

    private PeerSnapshot.State state() {
        return domain.peers().getFirst().state();
    }

    @ParameterizedTest
    @EnumSource
    void messagesAndTheirReportsGoBothWays(Manner manner) throws Exception {
        logIn(manner);

        SspText answer = guest.sendsText(GUS, ECHO, "hello");
        assertThat(answer.name()).isEqualTo("SendMessageResponse");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(guest.expectsText("hello").role("Sender")).isEqualTo(ECHO);
        assertThat(guest.sendsText(GUS, "wv:nobody@imps.example", "hello").status())
                .isEqualTo(531);

        String wanted = guest.sends(guest.message(GUS, OWNER, "did you get it?", "m1@guest.example", true));
        assertThat(guest.expectsResponse(wanted).status()).isEqualTo(200);
        SspText report =
                manner == Manner.BARAZA ? guest.expectsResponse(wanted) : guest.expects("DeliveryStatusReport");
        assertThat(report.name()).isEqualTo("DeliveryStatusReport");
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.messageId()).isEqualTo("m1@guest.example");

        Thread asking = Thread.ofVirtual().start(() -> says(OWNER, GUS, "and you?"));
        guest.reports(guest.expectsText("and you?"), 200);
        asking.join();
        await().atMost(PATIENCE).until(() -> inbox(OWNER).contains("DeliveryStatusReport"));
    }

    @ParameterizedTest
    @EnumSource
    void aGuestTalksInAGroup(Manner manner) throws Exception {
        logIn(manner);
        acts(OWNER, "groups", "{\"group\": \"" + CLUB + "\", \"act\": \"create\", \"screen-name\": \"Owner\"}");

        SspText joined =
                guest.asks("<JoinGroupRequest groupID=\"" + CLUB + "\" joinedListRequest=\"Yes\" subscribeNotif=\"No\">"
                        + META + "<SName>Gus</SName></JoinGroupRequest>");
        assertThat(joined.name()).as(joined.toString() + joined.status()).isEqualTo("JoinGroupResponse");

        Thread asking = Thread.ofVirtual().start(() -> says(OWNER, CLUB, "welcome"));
        guest.expectsText("welcome");
        asking.join();
        assertThat(guest.sendsText(GUS, CLUB, "thank you").status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> inbox(OWNER).contains("NewMessage thank you"));
        SspText left = guest.asks("<LeaveGroupRequest groupID=\"" + CLUB + "\">" + META + "</LeaveGroupRequest>");
        assertThat(left.name()).isEqualTo("LeaveGroupIndication");
    }

    @ParameterizedTest
    @EnumSource
    void aGuestWatchesAndSearches(Manner manner) throws Exception {
        logIn(manner);
        acts(
                OWNER,
                "requests",
                SspXml.lone("<CreateAttrListRequest defaultList=\"Yes\" defaultNotify=\"No\">" + META
                        + "<AttributeList><PresenceSubList xmlns=\"http://www.openmobilealliance.org/DTD/IMPS-PA1.3\">"
                        + "<OnlineStatus/></PresenceSubList></AttributeList></CreateAttrListRequest>"));

        SspText subscribed = guest.asks("<SubscribeRequest autoSubscribe=\"No\">" + META + "<UserID userID=\"" + OWNER
                + "\"/></SubscribeRequest>");
        assertThat(subscribed.status()).isEqualTo(200);
        guest.isAsked("PresenceNotification");

        SspText found = guest.asks("<SearchRequest searchLimit=\"5\">" + META
                + "<SearchPairList><SearchPair><SearchElement>USER_ID</SearchElement><SearchString>echo</SearchString>"
                + "</SearchPair></SearchPairList>"
                + "</SearchRequest>");
        assertThat(found.name()).as("" + found.status()).isEqualTo("SearchResponse");
        assertThat(found.attribute("SearchResponse", "searchFindings")).isEqualTo("1");
        assertThat(found.attribute("UserID", "userID") + found.attribute("User", "userID"))
                .isEqualTo(ECHO);
    }

    @ParameterizedTest
    @EnumSource
    void itsLogoutEndsTheSessionAndItsNextLoginOpensAnother(Manner manner) throws Exception {
        logIn(manner);

        guest.logsOut();
        await().atMost(PATIENCE).until(() -> state() != PeerSnapshot.State.UP);
        guest.logsIn();
        await().atMost(PATIENCE).until(() -> state() == PeerSnapshot.State.UP);

        assertThat(guest.sendsText(GUS, OWNER, "back again").status()).isEqualTo(200);
    }

    private Map<?, ?> acts(String user, String act, String body) {
        Map<?, ?> answer = (Map<?, ?>) new UserPages(domain)
                .post(path(user, act), body.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .content();
        assertThat(answer.get("status")).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private void says(String from, String to, String text) {
        acts(from, "messages", "{\"to\": \"" + to + "\", \"text\": \"" + text + "\", \"report\": true}");
    }

    /** Names of what came, each message with its text. */
    private List<String> inbox(String user) {
        Map<?, ?> page = (Map<?, ?>)
                new UserPages(domain).get(path(user, "inbox")).orElseThrow().content();
        return ((List<?>) page.get("inbox"))
                .stream()
                        .map(Map.class::cast)
                        .map(one -> one.get("primitive") + (one.get("text") == null ? "" : " " + one.get("text")))
                        .toList();
    }

    private static String path(String user, String act) {
        return "/api/users/" + URLEncoder.encode(user, StandardCharsets.UTF_8) + "/" + act;
    }
}
