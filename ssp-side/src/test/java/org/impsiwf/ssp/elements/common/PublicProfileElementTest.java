package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.common.PublicField.AGE;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetPublicProfileRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.GetPublicProfileResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.UpdatePublicProfileRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.PublicProfile;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcPublicProfiles;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicProfileElementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ServiceId HOME = new ServiceId("wv:@home.example.com");
    private static final UserId ANN = new UserId("wv:ann@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");
    private static final UserId GHOST = new UserId("wv:ghost@home.example.com");
    private static final UserId GUEST = new UserId("wv:guest@peer.example.com");

    @AutoClose
    private final Database database = Databases.H2.fresh();

    private final JdbcUserStore users = new JdbcUserStore(database);
    private final JdbcPublicProfiles profiles = new JdbcPublicProfiles(database);
    private final RecordingAccessPoint sap = new RecordingAccessPoint(HOME.value()).complementaryFor(GUEST);
    private final List<Notice> notices = new ArrayList<>();
    private PublicProfilePolicy policy = new PublicProfilePolicy(Set.of(AGE), true, 2, OptionalInt.empty());

    PublicProfileElementTest() {
        users.register(Registration.of(ANN), NOON);
        users.register(Registration.of(BOB), NOON);
    }

    private Primitive serve(UserId asking, Primitive request) {
        PublicProfileElement element =
                new PublicProfileElement(profiles, policy, users, (notice, told) -> notices.add(notice), sap);
        try {
            return element.serve(ServiceRequest.ofClient(asking, request, NOON));
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    private Status update(UserId user, boolean clear, String... namesAndValues) {
        return (Status) serve(
                user,
                new UpdatePublicProfileRequest(
                        MetaInformation.ofUser(HOME, user), clear, Optional.of(profile(namesAndValues))));
    }

    private static PublicProfile profile(String... namesAndValues) {
        return new PublicProfile(
                Optional.empty(),
                IntStream.range(0, namesAndValues.length / 2)
                        .mapToObj(i -> new Property(namesAndValues[2 * i], namesAndValues[2 * i + 1]))
                        .toList());
    }

    private static GetPublicProfileRequest get(UserId... users) {
        return new GetPublicProfileRequest(MetaInformation.ofUser(HOME, ANN), List.of(users));
    }

    private static PublicProfile profileOf(UserId user, String... namesAndValues) {
        return new PublicProfile(Optional.of(user), profile(namesAndValues).properties());
    }

    @Test
    @Tag("SSP-260")
    @Tag("tx:UpdatePublicProfile")
    @Tag("tx:GetPublicProfile")
    @Tag("status:200")
    @Tag("IMPS-SSP-CMSE-S-011")
    @Tag("IMPS-SSP-CMSE-S-012")
    void aUserFillsInTheOwnProfileAndOthersReadIt() {
        update(ANN, false, "PP_AGE", "30");
        assertThat(update(BOB, false, "PP_AGE", "44", "PP_CITY", "Turku", "PP_FREE_TEXT", "Hello"))
                .isEqualTo(Status.of(200));
        assertThat(update(BOB, false, "PP_CITY", "Oulu", "PP_FREE_TEXT", "")).isEqualTo(Status.of(200));
        assertThat(serve(ANN, get(BOB)))
                .isEqualTo(new GetPublicProfileResponse(
                        Optional.empty(), Status.of(200), List.of(profileOf(BOB, "PP_AGE", "44", "PP_CITY", "Oulu"))));
        assertThat(notices).hasSize(3).allMatch(notice -> notice.type() == NotificationType.PPU);
    }

    @Test
    @Tag("SSP-260")
    @Tag("tx:UpdatePublicProfile")
    void clearingEmptiesTheProfileBeforeTheGivenFieldsAreSet() {
        update(ANN, false, "PP_AGE", "30", "PP_CITY", "Turku");
        assertThat(update(ANN, true, "PP_AGE", "31")).isEqualTo(Status.of(200));
        assertThat(profiles.of(ANN).properties()).containsExactly(new Property("PP_AGE", "31"));
        assertThat(serve(
                        ANN, new UpdatePublicProfileRequest(MetaInformation.ofUser(HOME, ANN), true, Optional.empty())))
                .isEqualTo(Status.of(200));
        assertThat(profiles.of(ANN)).isEqualTo(PublicFields.NONE);
    }

    @Test
    @Tag("tx:UpdatePublicProfile")
    @Tag("status:904")
    void aProfileThatLacksAMandatoryFieldIsRefusedAndTheOldOneStays() {
        assertThat(update(ANN, false, "PP_CITY", "Turku")).isEqualTo(Status.of(904));
        update(ANN, false, "PP_AGE", "30");
        assertThat(update(ANN, true, "PP_CITY", "Turku")).isEqualTo(Status.of(904));
        assertThat(profiles.of(ANN).properties()).containsExactly(new Property("PP_AGE", "30"));
    }

    @ParameterizedTest(name = "SSP-261 [tx:UpdatePublicProfile] [status:442] {0} = {1}")
    @CsvSource({
        "PP_AGE, x",
        "PP_AGE, 1.5",
        "PP_AGE, -3",
        "PP_COUNTRY, XX",
        "PP_COUNTRY, f",
        "PP_GENDER, X",
        "PP_MARITAL_STATUS, Q"
    })
    void aValueOfTheWrongTypeIsRefused(String name, String value) {
        assertThat(update(ANN, false, "PP_AGE", "30", name, value).statusCode()).isEqualTo(442);
        assertThat(profiles.of(ANN)).isEqualTo(PublicFields.NONE);
    }

    @ParameterizedTest(name = "[tx:UpdatePublicProfile] [status:441] {0} takes {1} characters")
    @CsvSource({"PP_CITY, 200", "PP_FRIENDLY_NAME, 200", "PP_FREE_TEXT, 1000", "PP_INTENTION, 200", "PP_INTERESTS, 200"
    })
    void aValueHasAMostNumberOfCharacters(String name, int most) {
        assertThat(update(ANN, false, "PP_AGE", "30", name, "😀".repeat(most)).statusCode())
                .isEqualTo(200);
        assertThat(update(ANN, false, "PP_AGE", "30", name, "x".repeat(most + 1))
                        .statusCode())
                .isEqualTo(441);
    }

    @Test
    @Tag("status:402")
    @Tag("tx:UpdatePublicProfile")
    void anUnknownFieldIsRefused() {
        assertThat(update(ANN, false, "PP_AGE", "30", "PP_SHOE_SIZE", "43").statusCode())
                .isEqualTo(402);
    }

    @Test
    @Tag("status:403")
    @Tag("tx:UpdatePublicProfile")
    void nobodyFillsInTheProfileOfSomebodyElse() {
        assertThat(serve(
                        ANN,
                        new UpdatePublicProfileRequest(
                                MetaInformation.ofUser(HOME, ANN), false, Optional.of(profileOf(BOB, "PP_AGE", "1")))))
                .isEqualTo(Status.of(403));
    }

    @Test
    void aUserWhosePseWeAreHasAProfileHereToo() {
        assertThat(update(GUEST, false, "PP_AGE", "50")).isEqualTo(Status.of(200));
        policy = new PublicProfilePolicy(Set.of(AGE), false, 2, OptionalInt.empty());
        assertThat(serve(ANN, get(GUEST)))
                .isEqualTo(new GetPublicProfileResponse(
                        Optional.empty(), Status.of(200), List.of(profileOf(GUEST, "PP_AGE", "50"))));
    }

    @Test
    @Tag("tx:GetPublicProfile")
    @Tag("status:904")
    void whoHasNotFilledInTheOwnProfileDoesNotSeeOthersWherePolicySaysSo() {
        update(BOB, false, "PP_AGE", "44");
        assertThat(serve(ANN, get(BOB))).isEqualTo(Status.of(904));
        policy = new PublicProfilePolicy(Set.of(AGE), false, 2, OptionalInt.empty());
        assertThat(serve(ANN, get(BOB))).isInstanceOf(GetPublicProfileResponse.class);
    }

    @Test
    @Tag("tx:GetPublicProfile")
    @Tag("status:531")
    @Tag("status:905")
    @Tag("status:201")
    @Tag("status:900")
    void unknownUsersAndIncompleteProfilesAreToldByTheirCodes() {
        update(ANN, false, "PP_AGE", "30");
        assertThat(((Status) serve(ANN, get(GHOST))).statusCode()).isEqualTo(531);
        assertThat(((Status) serve(ANN, get(BOB))).statusCode()).isEqualTo(905);
        assertThat(((Status) serve(ANN, get(BOB, GHOST))).statusCode()).isEqualTo(900);
        GetPublicProfileResponse partly = (GetPublicProfileResponse) serve(ANN, get(ANN, BOB));
        assertThat(partly.statusInfo().statusCode()).isEqualTo(201);
        assertThat(partly.statusInfo().detailedResult())
                .containsExactly(
                        DetailedResult.ofUsers(StatusCode.MISSING_MANDATORY_FIELDS_OF_REQUESTED_USER, List.of(BOB)));
        assertThat(partly.publicProfileList()).containsExactly(profileOf(ANN, "PP_AGE", "30"));
    }

    @Test
    @Tag("SSP-259")
    @Tag("tx:GetPublicProfile")
    @Tag("status:201")
    @Tag("status:906")
    void moreProfilesThanOneAnswerGivesAreFetchedWithASecondRequest() {
        List<UserId> five = IntStream.range(0, 5)
                .mapToObj(i -> new UserId("wv:u" + i + "@home.example.com"))
                .toList();
        five.forEach(user -> users.register(Registration.of(user), NOON));
        five.forEach(user -> update(user, false, "PP_AGE", "20"));
        update(ANN, false, "PP_AGE", "30");

        GetPublicProfileResponse first = (GetPublicProfileResponse) serve(ANN, get(five.toArray(UserId[]::new)));
        assertThat(first.publicProfileList()).hasSize(2);
        assertThat(first.statusInfo().statusCode()).isEqualTo(201);
        DetailedResult excess = first.statusInfo().detailedResult().getFirst();
        assertThat(excess.code()).isEqualTo(906);
        assertThat(excess.userIds()).hasSize(3);

        GetPublicProfileResponse second =
                (GetPublicProfileResponse) serve(ANN, get(excess.userIds().toArray(UserId[]::new)));
        assertThat(second.publicProfileList())
                .extracting(profile -> profile.userId().orElseThrow())
                .containsExactly(five.get(2), five.get(3));
    }
}
