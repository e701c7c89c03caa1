package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.ssp.domain.DomainLimits;
import org.impsiwf.ssp.domain.ServiceSettings;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetMapRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetMapResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetPublicProfileRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageUser;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.PresenceSubList.GeoLocation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginResponse;
import org.impsiwf.ssp.server.SspCounters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each section of {@code services} in a domain's configuration decides something in its Service Element. */
class ServiceKeysTest {

    private static final UserId BOB = new UserId("wv:bob@home.example");
    private static final UserId CID = new UserId("wv:cid@home.example");

    @TempDir
    private Path directory;

    private final List<ImpsDomain> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.forEach(ImpsDomain::close);
    }

    /** Ann of a domain with these services; {@code ' '} separates the lines' indentation as in YAML. */
    private Asking annWith(String services) throws Exception {
        return user(domain(services), "ann");
    }

    private ImpsDomain domain(String services) throws Exception {
        Path file = Files.writeString(directory.resolve("domain.yaml"), """
                service-id: wv:@home.example
                ssp: { listen: "127.0.0.1:0" }
                services: { %s }
                users:
                  - { id: "wv:ann@home.example", password: secret }
                  - { id: "wv:bob@home.example", answer: accept }
                  - { id: "wv:cid@home.example", answer: accept }
                """.formatted(services));
        ImpsDomain domain = ImpsDomain.start(Config.domain(file), SspCounters.NONE);
        started.add(domain);
        return domain;
    }

    private static Asking user(ImpsDomain domain, String local) {
        ScriptedClient client = domain.client(local + "@home.example").orElseThrow();
        return new Asking(client.user(), client.session()::request);
    }

    @Test
    void withoutThemTheServicesAreThoseOfADomainOfTheirOwn() {
        var config = Config.domainDefaults();

        assertThat(ServiceAssembly.settings(config))
                .isEqualTo(ServiceSettings.defaults(config.serviceId().domain()));
        assertThat(ImpsDomain.limits(config)).isEqualTo(DomainLimits.DEFAULT);
    }

    @Test
    void userSessionsLiveNoLongerThanTheyMay() throws Exception {
        Asking ann = annWith("user-sessions: { longest: 10m }");

        Primitive answer = ann.asks(new UserLoginRequest(
                ann.meta(),
                Optional.empty(),
                Optional.of("secret"),
                Optional.empty(),
                List.of(),
                Optional.of(Duration.ofHours(1)),
                List.of()));

        assertThat(((UserLoginResponse) answer).keepAliveTime()).contains(Duration.ofMinutes(10));
    }

    @Test
    void publicProfilesAreGivenInTheNumberThatIsAllowed_906() throws Exception {
        Asking ann = annWith("public-profiles: { mandatory: [], most-per-request: 1 }");

        Primitive answer = ann.asks(new GetPublicProfileRequest(ann.meta(), List.of(BOB, CID)));

        assertThat(AnswerPage.statusOf(answer).orElseThrow().detailedResult())
                .extracting(DetailedResult::code)
                .contains(906);
    }

    @Test
    void aSearchGetsNoMoreResultsAtOnceThanAreAllowed_610() throws Exception {
        Asking ann = annWith("search: { page-size: 2, most-per-page: 2 }");

        assertThat(ann.status(ann.search(SearchElement.USER_ID, "home.example", 3)))
                .isEqualTo(610);
    }

    @Test
    void aMapIsWhereItsUrlSays() throws Exception {
        Asking ann = annWith("maps: { url: \"http://maps.example/{latitude}/{longitude}\" }");
        GeoLocation here = new GeoLocation(
                Optional.of(true),
                Optional.of("24.9"),
                Optional.of("60.2"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        Primitive answer = ann.asks(new GetMapRequest(ann.meta(), List.of(), Optional.of(here), Optional.empty()));

        assertThat(((GetMapResponse) answer).url()).contains("http://maps.example/60.2/24.9");
    }

    @Test
    void wrongAnswersToSystemMessagesAreEnoughWhenTheOperatorSaysSo_611() throws Exception {
        Asking ann = annWith("system-messages: { most-wrong: 1 }");

        assertThat(ann.status(new SystemMessageUser(
                        ann.meta(),
                        List.of(new SystemMessage.Response("never sent", Optional.empty(), Optional.empty())))))
                .isEqualTo(611);
    }

    @Test
    void aUserKeepsNoMoreContactListsThanAllowed_403() throws Exception {
        Asking ann = annWith("contact-lists: { most-lists: 1 }");

        assertThat(ann.keepsList("friends", BOB)).isEqualTo(200);
        assertThat(ann.keepsList("others", CID)).isEqualTo(403);
    }

    @Test
    void aUserWatchesNoMoreUsersThanAllowed_403() throws Exception {
        Asking ann = annWith("presence: { most-subscriptions: 1 }");

        assertThat(ann.watches(BOB, CID)).isEqualTo(403);
        assertThat(ann.watches(BOB)).isEqualTo(200);
    }

    @Test
    void noMoreMessagesWaitForAUserThanItsQuota_507() throws Exception {
        ImpsDomain home = domain("messages: { quota: 1 }");
        home.client("bob@home.example").orElseThrow().logOut();
        Asking ann = user(home, "ann");

        assertThat(ann.says("one", User.of(BOB))).isEqualTo(200);
        assertThat(ann.says("two", User.of(BOB))).isEqualTo(507);
    }

    @Test
    void messagesForWhoIsAwayAreRefusedWhereNothingIsStored_533() throws Exception {
        ImpsDomain home = domain("messages: { store-offline: false }");
        home.client("bob@home.example").orElseThrow().logOut();

        assertThat(user(home, "ann").says("one", User.of(BOB))).isEqualTo(533);
    }

    @Test
    void onlyTheSupportedInvitationsAreTaken_402() throws Exception {
        Asking ann = annWith("invitations: { types: [ im ] }");

        assertThat(ann.invites(InviteType.IM, BOB, Optional.empty())).isEqualTo(200);
        assertThat(ann.invites(InviteType.GR, CID, Optional.of(new GroupId("wv:ann/club@home.example"))))
                .isEqualTo(402);
    }

    @Test
    void aUserOwnsNoMoreGroupsThanAllowed_814() throws Exception {
        Asking ann = annWith("groups: { most-per-user: 1 }");

        assertThat(ann.creates(new GroupId("wv:ann/one@home.example"), "Ann")).isEqualTo(200);
        assertThat(ann.creates(new GroupId("wv:ann/two@home.example"), "Ann")).isEqualTo(814);
    }

    @Test
    void anExtensionInvitesNoMoreUsersThanAllowed_402() throws Exception {
        Asking ann = annWith("extensions: { most-invited: 1 }");

        assertThat(ann.extendsTalk(BOB, CID, new UserId("wv:dan@home.example"))).isEqualTo(402);
        assertThat(ann.extendsTalk(BOB, CID)).isEqualTo(200);
    }
}
