package org.impsiwf.ssp.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;

/** States and events of a session pair, by name: what the tests and the generated page are fed with. */
final class PairSamples {

    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    static final Fresh FRESH = new Fresh("our-token", new TransactionId("ours"), new SessionId("1@a.test"), 0.5);

    private static final Services SERVICES = new Services(
            Optional.of(new Services.SapFeature(true, false, false, false)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private PairSamples() {}

    static LoginTerms terms(String self, String peer, Dialect dialect, boolean initiate) {
        return new LoginTerms(
                new ServiceId(self),
                new ServiceId(peer),
                "a-password",
                "b-password",
                DigestScheme.SHA,
                initiate,
                dialect.setUp(),
                Optional.of(Duration.ofHours(1)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                RedirectTerms.NONE);
    }

    static Octets proof(String token, String password) {
        return DigestScheme.SHA.proof(token, password, Dialect.DigestOrder.TOKEN_THEN_PASSWORD);
    }

    static PairEvent.TokenReceived token() {
        return new PairEvent.TokenReceived(new TransactionId("theirs"), "their-token", false);
    }

    static PairEvent.LoginRequested login(String id) {
        return new PairEvent.LoginRequested(
                new TransactionId(id), proof("our-token", "b-password"), Optional.of(Duration.ofMinutes(10)));
    }

    static PairEvent.LoginAnswered accepted(String id) {
        return new PairEvent.LoginAnswered(
                new TransactionId(id), 200, Optional.of(new SessionId("2@b.test")), Optional.empty());
    }

    static Session session() {
        return Session.opened(
                new SessionId("1@a.test"),
                new SessionId("2@b.test"),
                Optional.of(Duration.ofMinutes(10)),
                Optional.of(Duration.ofHours(1)),
                NOW);
    }

    static Binding binding() {
        return new Binding(
                session().ours(), session().peers(), Optional.of("host1.a.test"), Optional.of("host2.b.test"));
    }

    /** One state of each kind, and of a kind more where it matters what is known already. */
    static Map<String, PairState> states() {
        Instant later = NOW.plusSeconds(10);
        Attempt started = Attempt.initiated(FRESH, NOW, later);
        Attempt answering = Attempt.answering(token(), FRESH, NOW, later);
        Attempt step5 = started.withPeerToken(token(), NOW.plusSeconds(1));
        Map<String, PairState> states = new LinkedHashMap<>();
        states.put("Down", new PairState.Down(NOW, 0, "lost"));
        states.put("TokenSent (step 1 done)", new PairState.TokenSent(started, 0));
        states.put("TokenAnswered (step 3 done)", new PairState.TokenAnswered(answering, 0));
        states.put("LoggingIn (step 5 done)", new PairState.LoggingIn(step5, 0));
        states.put(
                "LoggingIn (peer proved)", new PairState.LoggingIn(step5.proved(login("ours"), NOW.plusSeconds(1)), 0));
        states.put(
                "LoggingIn (step 8 done)",
                new PairState.LoggingIn(answering.proved(login("ours"), NOW).withAnswer(List.of()), 0));
        states.put("Open", new PairState.Open(session()));
        states.put(
                "Open (agreement expired)",
                new PairState.Open(session().agreed(false, new Agreement(SERVICES, Optional.of(NOW)))));
        states.put("Replacing", new PairState.Replacing(session(), new PairState.TokenAnswered(answering, 0)));
        states.put(
                "Leaving", new PairState.Leaving(session(), new TransactionId("bye"), NOW.plusSeconds(1), "drained"));
        states.put("Closed", new PairState.Closed("drained"));
        return states;
    }

    static Map<String, PairEvent> events() {
        Map<String, PairEvent> events = new LinkedHashMap<>();
        events.put("TokenReceived", new PairEvent.TokenReceived(new TransactionId("new"), "new-token", false));
        events.put("TokenReceived (our own)", new PairEvent.TokenReceived(new TransactionId("x"), "our-token", false));
        events.put("LoginRequested (proved)", login("ours"));
        events.put(
                "LoginRequested (wrong digest)",
                new PairEvent.LoginRequested(new TransactionId("ours"), proof("our-token", "wrong"), Optional.empty()));
        events.put("LoginRequested (foreign id)", login("foreign"));
        events.put(
                "LoginRequested (for a redirect pair)",
                new PairEvent.LoginRequested(
                        new TransactionId("ours"),
                        proof("our-token", "b-password"),
                        Optional.empty(),
                        Optional.of(binding())));
        events.put("PairWanted", new PairEvent.PairWanted(binding()));
        events.put("LoginAnswered (200)", accepted("theirs"));
        events.put(
                "LoginAnswered (608)",
                new PairEvent.LoginAnswered(new TransactionId("ours"), 608, Optional.empty(), Optional.empty()));
        events.put("LogoutReceived", new PairEvent.LogoutReceived(new TransactionId("bye")));
        events.put("DisconnectReceived", new PairEvent.DisconnectReceived(Optional.of(600)));
        events.put("DisconnectReceived (609)", new PairEvent.DisconnectReceived(Optional.of(609)));
        events.put("PeerUnreachable", new PairEvent.PeerUnreachable("connection refused"));
        events.put("SetUpRefused", new PairEvent.SetUpRefused("hung up"));
        events.put("SessionUnknownToPeer", new PairEvent.SessionUnknownToPeer());
        events.put("TrustLost", new PairEvent.TrustLost("no answers"));
        events.put("LastConnectionExpired", new PairEvent.LastConnectionExpired());
        events.put(
                "ServicesAgreed",
                new PairEvent.ServicesAgreed(
                        true, new Agreement(SERVICES, Optional.of(NOW.plusSeconds(600))), Optional.empty()));
        events.put("CloseOrdered", new PairEvent.CloseOrdered("drained"));
        events.put("TimePassed (deadline reached)", new PairEvent.TimePassed());
        return events;
    }
}
