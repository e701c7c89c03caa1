package org.impsiwf.ssp.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.session.PairSamples.FRESH;
import static org.impsiwf.ssp.session.PairSamples.NOW;
import static org.impsiwf.ssp.session.PairSamples.terms;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.store.RecordCodec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table of a session pair, without network or clock. */
class SessionPairTest {

    private final SessionPair pair = new SessionPair(terms("wv:@a.test", "wv:@b.test", Dialect.OMA_1_3, true));

    @Test
    @Tag("SSP-145")
    @Tag("SSP-146")
    void computesTheDigestOfTheWireReference() {
        // Captured: token peertoken0001, no password, MD5.
        assertThat(DigestScheme.MD5.proof("peertoken0001", "", Dialect.DigestOrder.TOKEN_THEN_PASSWORD))
                .isEqualTo(new Octets(Base64.getDecoder().decode("uNNU5S33EOWUhgIOgQPZfA==")));
        // FIPS 180: the SHA-1 of abc.
        assertThat(DigestScheme.SHA.proof("a", "bc", Dialect.DigestOrder.TOKEN_THEN_PASSWORD))
                .isEqualTo(new Octets(HexFormat.of().parseHex("a9993e364706816aba3e25717850c26c9cd0d89d")));
    }

    @Test
    @Tag("SSP-151")
    void proofOfOneTokenIsNoneOfAnother_SSP140() {
        Octets proof = DigestScheme.SHA.proof("one", "secret", Dialect.DigestOrder.TOKEN_THEN_PASSWORD);
        assertThat(DigestScheme.SHA.verifies(proof, "one", "secret", Dialect.DigestOrder.TOKEN_THEN_PASSWORD))
                .isTrue();
        assertThat(DigestScheme.SHA.verifies(proof, "two", "secret", Dialect.DigestOrder.TOKEN_THEN_PASSWORD))
                .isFalse();
        assertThat(DigestScheme.SHA.verifies(proof, "one", "Secret", Dialect.DigestOrder.TOKEN_THEN_PASSWORD))
                .isFalse();
    }

    /** Every state goes through the store's form unchanged: another node could go on from it. */
    @Test
    void everyStateSurvivesTheStore() {
        RecordCodec<PairState> codec = RecordCodec.of(PairState.class);
        PairSamples.states()
                .forEach((name, state) ->
                        assertThat(codec.decode(codec.encode(state))).as(name).isEqualTo(state));
    }

    @Test
    @Tag("SSP-076")
    @Tag("SSP-153")
    void neverOpensBeforeThePeerHasProvedItself() {
        for (Map.Entry<String, PairState> state : PairSamples.states().entrySet()) {
            boolean proved = state.getValue() instanceof PairState.LoggingIn s
                    && s.attempt().provedAs().isPresent();
            for (PairEvent event : PairSamples.events().values()) {
                PairDecision decision = pair.decide(state.getValue(), event, NOW.plusSeconds(30), FRESH);
                boolean opened = decision.effects().stream().anyMatch(PairEffect.SessionOpened.class::isInstance);
                boolean proves = event instanceof PairEvent.LoginRequested;
                assertThat(opened && !proved && !proves)
                        .as(state.getKey() + " on " + event)
                        .isFalse();
            }
        }
    }

    @Test
    @Tag("SSP-178")
    void whatEndsTheSessionEndsBothAndTheSecondEndChangesNothing_D36() {
        List<PairEvent> ends = List.of(
                new PairEvent.LogoutReceived(new TransactionId("x")),
                new PairEvent.DisconnectReceived(Optional.of(600)),
                new PairEvent.PeerUnreachable("gone"),
                new PairEvent.SessionUnknownToPeer(),
                new PairEvent.TrustLost("broken"),
                new PairEvent.LastConnectionExpired());
        for (PairEvent first : ends) {
            PairDecision ended = pair.decide(new PairState.Open(PairSamples.session()), first, NOW, FRESH);
            assertThat(ended.next()).as("after " + first).isInstanceOf(PairState.Down.class);
            assertThat(ended.effects()).anyMatch(PairEffect.SessionEnded.class::isInstance);
            assertThat(ended.effects()).anyMatch(PairEffect.CloseConnections.class::isInstance);
            for (PairEvent second : ends) {
                assertThat(pair.decide(ended.next(), second, NOW, FRESH))
                        .as(first + " then " + second)
                        .isEqualTo(new PairDecision(ended.next(), List.of()));
            }
        }
    }

    @Test
    void triesAgainWithinAMinuteHoweverOftenItFailed() {
        PairState state = pair.initial(NOW);
        Instant now = NOW;
        for (int i = 0; i < 20; i++) {
            state = pair.decide(state, new PairEvent.TimePassed(), now, jitter(1))
                    .next();
            state = pair.decide(state, new PairEvent.PeerUnreachable("refused"), now, jitter(1))
                    .next();
            Duration delay = Duration.between(now, state.deadline());
            assertThat(delay).isLessThan(Duration.ofSeconds(40)).isPositive();
            now = state.deadline();
        }
    }

    @Test
    void spreadsItsAttempts() {
        PairState open = new PairState.Open(PairSamples.session());
        PairEvent lost = new PairEvent.PeerUnreachable("gone");
        assertThat(pair.decide(open, lost, NOW, jitter(0)).next().deadline())
                .isBefore(pair.decide(open, lost, NOW, jitter(1)).next().deadline());
    }

    @Test
    void waitsForThePeerWhenItIsNotOursToConnect() {
        SessionPair waiting = new SessionPair(terms("wv:@a.test", "wv:@b.test", Dialect.OMA_1_3, false));
        assertThat(waiting.initial(NOW).deadline()).isEqualTo(PairState.NEVER);
        assertThat(waiting.decide(
                                new PairState.Open(PairSamples.session()),
                                new PairEvent.PeerUnreachable("gone"),
                                NOW,
                                FRESH)
                        .next()
                        .deadline())
                .isEqualTo(PairState.NEVER);
    }

    @Test
    void aFailedLoginInThePeersNameLeavesTheOpenSessionAlone() {
        PairState state = new PairState.Open(PairSamples.session());
        state = pair.decide(state, PairSamples.token(), NOW, FRESH).next();
        PairDecision refused = pair.decide(
                state,
                new PairEvent.LoginRequested(
                        new TransactionId("ours"), PairSamples.proof("our-token", "wrong"), Optional.empty()),
                NOW,
                FRESH);
        assertThat(refused.next()).isEqualTo(new PairState.Open(PairSamples.session()));
        assertThat(refused.effects()).noneMatch(PairEffect.CloseConnections.class::isInstance);
        assertThat(refused.effects()).anyMatch(PairEffect.HangUp.class::isInstance);
    }

    @Test
    void twoThatTakeEachOthersAnswerForABeginningStop() {
        // One token forged in the name of b makes a answer to b, who takes that for a login of a's, and so on.
        Duel duel = new Duel(Dialect.OMA_1_3, new Random(1));
        duel.a = new PairState.Open(PairSamples.session());
        duel.b = new PairState.Open(PairSamples.session());
        duel.deliver(true, new PairEvent.TokenReceived(new TransactionId("forged"), "forged", false));
        assertThat(duel.run(100)).as("messages").isLessThan(20);
        assertThat(duel.opened(duel.a) && duel.opened(duel.b)).isTrue();
    }

    @Test
    @Tag("SSP-185")
    void opensInEveryOrderOfStartsAndArrivals_D35() {
        for (Dialect dialect : List.of(Dialect.OMA_1_3, Dialect.BARAZA)) {
            for (int seed = 0; seed < 300; seed++) {
                Duel duel = new Duel(dialect, new Random(seed));
                duel.startSomeOrBoth(seed % 3);
                duel.run(10_000);
                assertThat(duel.opened(duel.a) && duel.opened(duel.b))
                        .as(dialect.name() + " seed " + seed + ": " + duel.a + " / " + duel.b)
                        .isTrue();
                assertThat(((PairState.Open) duel.a).session().ours())
                        .isEqualTo(((PairState.Open) duel.b).session().peers());
            }
        }
    }

    private static Fresh jitter(double jitter) {
        return new Fresh("t", new TransactionId("i"), new SessionId("s@a.test"), jitter);
    }

    /** Two pairs and a network between them that delays each direction as it likes, but keeps its order. */
    private static final class Duel {
        private final SessionPair pairOfA;
        private final SessionPair pairOfB;
        private final Random random;
        private final boolean roleMarked;
        private final Deque<PairEvent> toA = new ArrayDeque<>();
        private final Deque<PairEvent> toB = new ArrayDeque<>();
        private PairState a = new PairState.Down(PairState.NEVER, 0, "");
        private PairState b = new PairState.Down(PairState.NEVER, 0, "");
        private Instant now = NOW;
        private int numbers;

        Duel(Dialect dialect, Random random) {
            this.random = random;
            roleMarked = dialect.setUp().mode() == Dialect.SetUpMode.ROLE;
            pairOfA = new SessionPair(withPasswords("wv:@a.test", "wv:@b.test", dialect));
            pairOfB = new SessionPair(withPasswords("wv:@b.test", "wv:@a.test", dialect));
        }

        private static LoginTerms withPasswords(String self, String peer, Dialect dialect) {
            LoginTerms t = terms(self, peer, dialect, true);
            return new LoginTerms(
                    t.self(),
                    t.peer(),
                    "same",
                    "same",
                    t.digest(),
                    true,
                    t.setUp(),
                    t.lifetime(),
                    t.loginTime(),
                    t.stepPatience(),
                    t.firstDelay(),
                    t.longestDelay(),
                    t.redirect());
        }

        void startSomeOrBoth(int who) {
            if (who != 1) {
                a = new PairState.Down(NOW, 0, "");
            }
            if (who != 0) {
                b = new PairState.Down(NOW, 0, "");
            }
        }

        boolean opened(PairState state) {
            return state instanceof PairState.Open;
        }

        /** @return how many messages travelled until all was quiet */
        int run(int most) {
            int travelled = 0;
            for (int i = 0; i < most && !(opened(a) && opened(b) && toA.isEmpty() && toB.isEmpty()); i++) {
                boolean somethingForA = !toA.isEmpty() && (toB.isEmpty() || random.nextBoolean());
                if (toA.isEmpty() && toB.isEmpty()) {
                    now = now.plusMillis(100 + random.nextInt(50));
                    tick(random.nextBoolean());
                } else {
                    travelled++;
                    deliver(somethingForA, somethingForA ? toA.poll() : toB.poll());
                    if (random.nextInt(5) == 0) {
                        tick(random.nextBoolean());
                    }
                }
            }
            return travelled;
        }

        private void tick(boolean first) {
            deliver(first, new PairEvent.TimePassed());
            deliver(!first, new PairEvent.TimePassed());
        }

        void deliver(boolean forA, PairEvent event) {
            Fresh fresh = new Fresh(
                    "token-" + numbers++,
                    new TransactionId("t-" + numbers++),
                    new SessionId("s-" + numbers++ + (forA ? "@a.test" : "@b.test")),
                    random.nextDouble());
            PairDecision decision = forA ? pairOfA.decide(a, event, now, fresh) : pairOfB.decide(b, event, now, fresh);
            if (forA) {
                a = decision.next();
            } else {
                b = decision.next();
            }
            decision.effects().forEach(effect -> travel(effect, forA ? toB : toA));
        }

        private void travel(PairEffect effect, Deque<PairEvent> to) {
            switch (effect) {
                case PairEffect.SendToken t ->
                    to.add(new PairEvent.TokenReceived(t.transactionId(), t.token(), roleMarked && t.inReply()));
                case PairEffect.SendLoginRequest l ->
                    to.add(new PairEvent.LoginRequested(l.transactionId(), l.proof(), l.lifetime(), l.binding()));
                case PairEffect.SendLoginResponse r ->
                    to.add(new PairEvent.LoginAnswered(
                            r.transactionId(), r.status(), r.session(), r.lifetime(), r.hosts()));
                case PairEffect.SendLogout l -> to.add(new PairEvent.LogoutReceived(l.transactionId()));
                case PairEffect.SendDisconnect d -> to.add(new PairEvent.DisconnectReceived(Optional.of(d.status())));
                case PairEffect.AnswerLogout l -> to.add(new PairEvent.DisconnectReceived(Optional.of(200)));
                case PairEffect.PeerProved p -> {}
                case PairEffect.SessionOpened o -> {}
                case PairEffect.AgreementMade m -> {}
                case PairEffect.PairAdded p -> {}
                case PairEffect.SessionEnded e -> {}
                case PairEffect.CloseConnections c -> {}
                case PairEffect.HangUp h -> {}
                case PairEffect.TurnAway t -> {}
                case PairEffect.LoginFailed f -> {}
            }
        }
    }
}
