package org.impsiwf.ssp.elements.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ProfilePrimitive.GetUserProfileRequest;
import org.impsiwf.ssp.primitives.ProfilePrimitive.UpdateUserProfileRequest;
import org.impsiwf.ssp.primitives.ProfilePrimitive.UserProfile;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;
import org.impsiwf.ssp.primitives.UserProfileEntry.ClientProfile;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UserProfileElementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ServiceId PEER = new ServiceId("wv:@peer.example.com");
    private static final UserId ANN = new UserId("wv:ann@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");
    private static final UserId GHOST = new UserId("wv:ghost@home.example.com");
    private static final UserId GUEST = new UserId("wv:guest@peer.example.com");

    @AutoClose
    private final Database database = Databases.H2.fresh();

    private final JdbcUserStore users = new JdbcUserStore(database);
    private final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example.com").complementaryFor(GUEST);
    private final UserProfileElement element = new UserProfileElement(users, sap);

    @BeforeEach
    void register() {
        users.register(Registration.of(ANN), NOON);
        users.register(Registration.of(BOB), NOON);
    }

    private Primitive peerAsks(Primitive request) {
        return element.serve(new ServiceRequest(request, Optional.of(PEER), Optional.empty(), Optional.empty(), NOON));
    }

    private static GetUserProfileRequest get(UserId... asked) {
        return new GetUserProfileRequest(MetaInformation.ofServer(PEER), List.of(asked));
    }

    private static UpdateUserProfileRequest set(UserProfileEntry... profiles) {
        return new UpdateUserProfileRequest(MetaInformation.ofServer(PEER), List.of(profiles));
    }

    private static UserProfileEntry profile(UserId user, String... namesAndValues) {
        return new UserProfileEntry(
                user,
                IntStream.range(0, namesAndValues.length / 2)
                        .mapToObj(i -> new Property(namesAndValues[2 * i], namesAndValues[2 * i + 1]))
                        .toList(),
                List.of());
    }

    private static Status status(Throwable refused) {
        return ((Refusal) refused).status();
    }

    @Test
    @Tag("SSP-234")
    @Tag("tx:GetUserProfile")
    @Tag("tx:UpdateUserProfile")
    @Tag("status:200")
    @Tag("IMPS-SSP-SAP-S-018")
    @Tag("IMPS-SSP-SAP-S-019")
    void aPeerReadsBackWhatItUpdatedAndOthersKeepTheirs() {
        assertThat(peerAsks(set(profile(ANN, "Services.IM", "YES"), profile(BOB, "Services.IM", "NO"))))
                .isEqualTo(Status.of(200));
        assertThat(peerAsks(set(profile(ANN, "Services.IM.PSE", "im.example.com"))))
                .isEqualTo(Status.of(200));

        assertThat(peerAsks(get(ANN, BOB)))
                .isEqualTo(new UserProfile(
                        Status.of(200),
                        List.of(
                                profile(ANN, "Services.IM", "YES", "Services.IM.PSE", "im.example.com"),
                                profile(BOB, "Services.IM", "NO"))));
    }

    @Test
    @Tag("SSP-087")
    void servicesStatusPrivacyAccountAndWhatClientsCanAreExchanged() {
        UserProfileEntry everything = new UserProfileEntry(
                ANN,
                List.of(
                        new Property("MSISDN", "+358401234567"),
                        new Property("Services.IM", "YES"),
                        new Property("Services.IM.Status", "OFF"),
                        new Property("Services.Presence.PSE", "presence.example.com"),
                        new Property("User.Account.Status", "ON"),
                        new Property("User.Privacy.Interaction", "OFF"),
                        new Property("User.Privacy.Location", "ON")),
                List.of(terminal("phone", "Terminal.Delivery", "NOTIFY")));
        assertThat(peerAsks(set(everything))).isEqualTo(Status.of(200));
        assertThat(peerAsks(get(ANN))).isEqualTo(new UserProfile(Status.of(200), List.of(everything)));
    }

    @Test
    @Tag("SSP-229")
    void eachClientHasItsOwnTerminalKeys() {
        UserProfileEntry two = new UserProfileEntry(
                ANN,
                List.of(),
                List.of(
                        terminal("pc", "Terminal.ParserSize", "65536"),
                        terminal("phone", "Terminal.ParserSize", "4096")));
        peerAsks(set(two));
        assertThat(peerAsks(get(ANN))).isEqualTo(new UserProfile(Status.of(200), List.of(two)));
    }

    @Test
    @Tag("SSP-232")
    void aProvidersOwnKeyIsKeptAndPassedOn() {
        peerAsks(set(profile(ANN, "x.MaximumOfContactLists", "100")));
        assertThat(peerAsks(get(ANN)))
                .isEqualTo(new UserProfile(Status.of(200), List.of(profile(ANN, "x.MaximumOfContactLists", "100"))));
    }

    @Test
    @Tag("SSP-233")
    void nobodyNamedAsksForEverybody() {
        assertThat(peerAsks(get()))
                .asInstanceOf(type(UserProfile.class))
                .satisfies(all -> assertThat(all.userProfileList())
                        .extracting(UserProfileEntry::userId)
                        .containsExactly(ANN, BOB));
    }

    @Test
    @Tag("SSP-233")
    @Tag("status:201")
    void moreProfilesThanOneAnswerHoldsAreSaidToBeLeftOut() {
        users.registerAll(
                IntStream.range(0, 1_000)
                        .mapToObj(i -> Registration.of(new UserId("wv:u" + i + "@home.example.com")))
                        .toList(),
                NOON);
        UserProfile answer = (UserProfile) peerAsks(get());
        assertThat(answer.statusInfo().statusCode()).isEqualTo(201);
        assertThat(answer.userProfileList()).hasSize(1_000);
    }

    @Test
    @Tag("tx:GetUserProfile")
    @Tag("status:531")
    @Tag("status:201")
    void unknownUsersAreNamedAndTheOthersAnswered() {
        assertThatThrownBy(() -> peerAsks(get(GHOST)))
                .satisfies(refused -> assertThat(status(refused)).isEqualTo(Status.of(531)));
        UserProfile partly = (UserProfile) peerAsks(get(ANN, GHOST));
        assertThat(partly.statusInfo().statusCode()).isEqualTo(201);
        assertThat(partly.statusInfo().detailedResult()).singleElement().satisfies(detail -> {
            assertThat(detail.code()).isEqualTo(531);
            assertThat(detail.userIds()).containsExactly(GHOST);
        });
        assertThat(partly.userProfileList()).containsExactly(profile(ANN));
    }

    @Test
    @Tag("tx:UpdateUserProfile")
    @Tag("status:531")
    void anUpdateOfAnUnknownUserIsRefusedAndOthersInItAreDone() {
        assertThatThrownBy(() -> peerAsks(set(profile(GHOST, "Services.IM", "YES"))))
                .satisfies(refused -> assertThat(status(refused)).isEqualTo(Status.of(531)));
        Status partly =
                (Status) peerAsks(set(profile(GHOST, "Services.IM", "YES"), profile(ANN, "Services.IM", "YES")));
        assertThat(partly.statusCode()).isEqualTo(201);
        assertThat(users.profiles(Arrays.asList(ANN, GHOST))).containsExactly(profile(ANN, "Services.IM", "YES"));
    }

    @Test
    @Tag("SSP-231")
    @Tag("tx:UpdateUserProfile")
    @Tag("status:402")
    void oneValueOutOfItsRangeRefusesTheWholeUpdate() {
        assertThatThrownBy(
                        () -> peerAsks(set(profile(ANN, "Services.IM", "YES"), profile(BOB, "Services.IM", "PERHAPS"))))
                .satisfies(refused -> {
                    assertThat(status(refused).statusCode()).isEqualTo(402);
                    assertThat(status(refused).statusDescription())
                            .hasValueSatisfying(text ->
                                    assertThat(text).contains("Services.IM").doesNotContain("PERHAPS"));
                });
        assertThat(users.profiles(List.of(ANN))).containsExactly(profile(ANN));
    }

    @Test
    void theProfileOfAUserWhosePseWeAreIsKeptAlthoughTheUserIsNotOurs() {
        assertThat(peerAsks(set(profile(GUEST, "Services.Group", "YES")))).isEqualTo(Status.of(200));
        assertThat(peerAsks(get(GUEST)))
                .isEqualTo(new UserProfile(Status.of(200), List.of(profile(GUEST, "Services.Group", "YES"))));
    }

    @Test
    @Tag("status:403")
    @Tag("tx:GetUserProfile")
    @Tag("tx:UpdateUserProfile")
    void aUserReadsAndWritesItsOwnProfileOnly() {
        assertThat(element.serve(ServiceRequest.ofClient(ANN, set(profile(ANN, "User.Privacy.Location", "ON")), NOON)))
                .isEqualTo(Status.of(200));
        for (Primitive request : List.of(get(BOB), get(), set(profile(BOB, "User.Privacy.Location", "OFF")))) {
            assertThatThrownBy(() -> element.serve(ServiceRequest.ofClient(ANN, request, NOON)))
                    .satisfies(refused -> assertThat(status(refused)).isEqualTo(Status.of(403)));
        }
    }

    private static ClientProfile terminal(String client, String name, String value) {
        return new ClientProfile(Optional.of(ClientId.of(client)), List.of(new Property(name, value)));
    }
}
