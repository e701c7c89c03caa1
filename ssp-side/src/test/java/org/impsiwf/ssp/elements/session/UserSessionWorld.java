package org.impsiwf.ssp.elements.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginResponse;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcUserSessionStore;
import org.impsiwf.ssp.storage.JdbcUserStore;

/** Our element, which holds the credentials of a user of away.example and serves her through her home; a clock that stands. */
final class UserSessionWorld implements AutoCloseable {

    static final UserId ANN = new UserId("wv:ann@away.example");
    static final ServiceId AWAY = new ServiceId("wv:@away.example");
    static final ClientId PHONE = ClientId.of("phone");
    static final Duration HOUR = Duration.ofHours(1);
    final Database database = Databases.H2.fresh();
    final JdbcUserStore users = new JdbcUserStore(database);
    final JdbcUserSessionStore sessions = new JdbcUserSessionStore(database);
    final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@provider.example");
    final List<String> observed = new ArrayList<>();
    SessionSettings settings = SessionSettings.of("Provider Inc.");
    Instant now = Instant.parse("2026-03-01T09:30:00Z");
    UserSessionElement element;

    UserSessionWorld() {
        users.register(Registration.of(ANN).withPassword("secret"), now);
        element = made();
    }

    /** From now on the element is set up like this. */
    void with(SessionSettings other) {
        settings = other;
        element = made();
    }

    private UserSessionElement made() {
        return new UserSessionElement(sessions, users, sap, settings, new UserSessionElement.Observer() {
            @Override
            public void began(UserId user, ClientId client) {
                observed.add("began " + user + " " + client.url());
            }

            @Override
            public void ended(UserId user, ClientId client) {
                observed.add("ended " + user + " " + client.url());
            }

            @Override
            public void answered(UserId user, List<SystemMessage.Response> systemMessages) {
                systemMessages.forEach(answer -> observed.add("answered " + user + " " + answer.systemMessageId()));
            }

            @Override
            public void disconnected(UserId user, Optional<ClientId> client, UserDisconnect why) {
                observed.add("disconnected " + user + " "
                        + client.map(ClientId::url).orElse("all") + " "
                        + why.statusInfo().statusCode());
            }
        });
    }

    static MetaInformation meta(UserId user, ClientId client) {
        return new MetaInformation(true, AWAY, Optional.of(user), Optional.of(client));
    }

    Primitive ask(ClientId client, Primitive primitive) {
        return ask(ANN, client, primitive);
    }

    Primitive ask(UserId user, ClientId client, Primitive primitive) {
        return element.serve(
                new ServiceRequest(primitive, Optional.of(AWAY), Optional.of(user), Optional.of(client), now));
    }

    static UserLoginRequest login(UserId user, ClientId client, String password, Optional<Duration> timeToLive) {
        return new UserLoginRequest(
                meta(user, client),
                Optional.empty(),
                Optional.of(password),
                Optional.empty(),
                List.of(),
                timeToLive,
                List.of());
    }

    UserLoginResponse loggedIn(ClientId client, Optional<Duration> timeToLive) {
        return (UserLoginResponse) ask(client, login(ANN, client, "secret", timeToLive));
    }

    static void assertRefused(int status, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.status().statusCode()).isEqualTo(status));
    }

    @Override
    public void close() {
        database.close();
    }
}
