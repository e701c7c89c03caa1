package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.elements.session.Challenge;
import org.impsiwf.ssp.elements.session.UserDigest;
import org.impsiwf.ssp.elements.session.UserSession;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of the store of user sessions, on every kind of database. */
@ParameterizedClass
@EnumSource(Databases.class)
class JdbcUserSessionStoreTest {

    private static final UserId ANN = new UserId("wv:Ann@away.example");
    private static final ServiceId HOME = new ServiceId("wv:@away.example");
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    private JdbcUserSessionStore store;

    @BeforeEach
    void open() {
        database = databases.fresh();
        store = new JdbcUserSessionStore(database);
        new JdbcUserStore(database).register(Registration.of(ANN), NOW);
    }

    private static UserSession session(String client, Optional<Duration> timeToLive) {
        return new UserSession(
                ANN,
                new ClientId(client, Optional.of(new ApplicationId("app"))),
                HOME,
                timeToLive,
                NOW.plus(timeToLive.orElse(Duration.ofDays(1000))));
    }

    @Test
    void aSessionComesBackAsItWasWhateverTheCaseOfTheUser() {
        UserSession session = session("phone", Optional.of(Duration.ofMinutes(5)));

        assertThat(store.open(session, 1)).isTrue();

        assertThat(store.find(new UserId("wv:ann@AWAY.example"), session.client()))
                .contains(session);
        assertThat(store.find(ANN, ClientId.of("phone"))).isEmpty();
    }

    @Test
    void beyondTheMostOrForAClientThatHasOneNothingIsOpened() {
        store.open(session("one", Optional.empty()), 2);

        assertThat(store.open(session("one", Optional.empty()), 2)).isFalse();
        assertThat(store.open(session("two", Optional.empty()), 2)).isTrue();
        assertThat(store.open(session("three", Optional.empty()), 2)).isFalse();
        assertThat(store.of(ANN)).hasSize(2);
    }

    @Test
    void logInsAtTheSameTimeAreCountedOneAfterTheOther() throws Exception {
        List<Future<Boolean>> opened = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 8; i++) {
                UserSession session = session("client" + i, Optional.empty());
                opened.add(threads.submit(() -> store.open(session, 3)));
            }
        }

        int successes = 0;
        for (Future<Boolean> one : opened) {
            successes += one.get() ? 1 : 0;
        }
        assertThat(successes).isEqualTo(3);
        assertThat(store.of(ANN)).hasSize(3);
    }

    @Test
    void whatIsOverIsFoundOldestFirstUntilItIsClosed() {
        UserSession late = session("late", Optional.of(Duration.ofMinutes(2)));
        UserSession early = session("early", Optional.of(Duration.ofMinutes(1)));
        store.open(late, 9);
        store.open(early, 9);
        store.open(session("endless", Optional.empty()), 9);

        assertThat(store.expired(NOW.plus(Duration.ofMinutes(1)), 9)).containsExactly(early);
        assertThat(store.expired(NOW.plus(Duration.ofMinutes(9)), 9)).containsExactly(early, late);
        assertThat(store.expired(NOW.plus(Duration.ofMinutes(9)), 1)).containsExactly(early);
        assertThat(store.close(ANN, early.client())).isTrue();
        assertThat(store.close(ANN, early.client())).isFalse();
        assertThat(store.keep(early)).isFalse();
    }

    @Test
    void aChallengeIsTakenOnceAndReplacesAnEarlierOne() {
        ClientId phone = ClientId.of("phone");
        Challenge second = new Challenge("two", UserDigest.MD5, NOW.plusSeconds(60));
        store.challenge(ANN, phone, new Challenge("one", UserDigest.SHA, NOW.plusSeconds(60)));
        store.challenge(ANN, phone, second);

        assertThat(store.takeChallenge(ANN, phone)).contains(second);
        assertThat(store.takeChallenge(ANN, phone)).isEmpty();
        store.challenge(ANN, phone, second);
        store.forgetChallenges(NOW.plusSeconds(60));
        assertThat(store.takeChallenge(ANN, phone)).isEmpty();
    }
}
