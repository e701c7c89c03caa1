package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.profile.Password;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;
import org.impsiwf.ssp.primitives.UserProfileEntry.ClientProfile;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Databases.class)
class JdbcUserStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final UserId ANN = new UserId("wv:Ann@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    JdbcUserStore users;

    @BeforeEach
    void open() {
        database = databases.fresh();
        users = new JdbcUserStore(database);
        users.register(Registration.of(ANN).withPassword("a-secret"), NOON.plusMillis(123));
    }

    @Test
    void aUserIsRegisteredOnceWithoutRegardToCase() {
        assertThat(users.isRegistered(new UserId("wv:ann@HOME.example.com"))).isTrue();
        assertThat(users.isRegistered(BOB)).isFalse();
        assertThat(users.register(Registration.of(new UserId("wv:ANN@home.example.com")), NOON))
                .isFalse();
        assertThat(users.password(ANN)).contains(new Password("a-secret"));
    }

    @Test
    void creationTimesAreInSeconds() {
        assertThat(users.created(List.of(ANN, BOB))).isEqualTo(Map.of(ANN, NOON));
        assertThat(users.created(List.of())).isEmpty();
    }

    @Test
    void passwordsCanBeChangedAndAreNotShown() {
        assertThat(users.changePassword(ANN, new Password("b-secret"))).isTrue();
        assertThat(users.changePassword(BOB, new Password("b-secret"))).isFalse();
        assertThat(users.password(ANN)).contains(new Password("b-secret"));
        assertThat(users.password(BOB)).isEmpty();
        assertThat(users.password(ANN).toString()).doesNotContain("b-secret");
    }

    @Test
    void aRemovedUserLeavesNothingBehind() {
        users.update(List.of(new UserProfileEntry(ANN, List.of(new Property("MSISDN", "+358401")), List.of())));
        assertThat(users.remove(ANN)).isTrue();
        assertThat(users.remove(ANN)).isFalse();
        assertThat(users.profiles(List.of(ANN))).isEmpty();
        assertThat(database.<Integer>read(handle -> handle.select("SELECT COUNT(*) FROM search_term")
                        .mapTo(Integer.class)
                        .one()))
                .isZero();
    }

    @Test
    void profilesKeepWhatAnUpdateDoesNotName() {
        users.update(List.of(new UserProfileEntry(
                ANN,
                List.of(new Property("Services.IM", "YES"), new Property("MSISDN", "+358401")),
                List.of(client("phone", "Terminal.Delivery", "PUSH"), client("pc", "Terminal.Delivery", "NOTIFY")))));
        users.update(List.of(new UserProfileEntry(
                ANN, List.of(new Property("Services.IM", "NO")), List.of(client("pc", "Terminal.MultiTrans", "4")))));
        assertThat(users.profiles(List.of(ANN, BOB)))
                .containsExactly(new UserProfileEntry(
                        ANN,
                        List.of(new Property("MSISDN", "+358401"), new Property("Services.IM", "NO")),
                        List.of(
                                new ClientProfile(
                                        Optional.of(ClientId.of("pc")),
                                        List.of(
                                                new Property("Terminal.Delivery", "NOTIFY"),
                                                new Property("Terminal.MultiTrans", "4"))),
                                client("phone", "Terminal.Delivery", "PUSH"))));
    }

    @Test
    void allProfilesComeInPieces() {
        users.registerAll(
                IntStream.range(0, 5)
                        .mapToObj(i -> Registration.of(new UserId("wv:u" + i + "@home.example.com")))
                        .toList(),
                NOON);
        List<UserId> first = ids(users.profilesAfter(Optional.empty(), 4));
        List<UserId> rest = ids(users.profilesAfter(Optional.of(first.getLast()), 4));
        assertThat(first).hasSize(4).startsWith(ANN);
        assertThat(rest).hasSize(2).doesNotContainAnyElementsOf(first);
    }

    private static List<UserId> ids(List<UserProfileEntry> profiles) {
        return profiles.stream().map(UserProfileEntry::userId).toList();
    }

    private static ClientProfile client(String id, String name, String value) {
        return new ClientProfile(Optional.of(ClientId.of(id)), List.of(new Property(name, value)));
    }
}
