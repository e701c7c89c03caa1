package org.impsiwf.ssp.elements.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.profile.UserStore;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserGetSPInfoRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserGetSPInfoResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserKeepAliveRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserKeepAliveResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLogoutRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceResponse;

/**
 * Remote user sessions as their provider (SSP 12): we hold the credentials of users who log in through their home
 * domain. The home domain's side of it is {@code ssp.domain.HomeSessions}.
 */
public final class UserSessionElement implements ServiceElement {

    private static final ClientId UNNAMED = ClientId.of("");
    private static final int NONCE_BYTES = 18;
    private static final int AT_ONCE = 100;

    private final UserSessionStore sessions;
    private final UserStore users;
    private final ServiceAccessPoint sap;
    private final SessionSettings settings;
    private final Observer observer;
    private final SecureRandom random = new SecureRandom();

    /** Is told of sessions that began and ended with us, after the answer unless it says otherwise. */
    public interface Observer {
        void began(UserId user, ClientId client);

        void ended(UserId user, ClientId client);

        /** Before a log-in that succeeds is answered: what else the user said in it (SSP 12.1.1). */
        void answered(UserId user, List<SystemMessage.Response> systemMessages);

        /** The provider of a user of ours has ended its session. */
        void disconnected(UserId user, Optional<ClientId> client, UserDisconnect why);
    }

    public UserSessionElement(
            UserSessionStore sessions,
            UserStore users,
            ServiceAccessPoint sap,
            SessionSettings settings,
            Observer observer) {
        this.sessions = sessions;
        this.users = users;
        this.sap = sap;
        this.settings = settings;
        this.observer = observer;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(
                UserLoginRequest.class,
                UserLogoutRequest.class,
                UserKeepAliveRequest.class,
                UserGetSPInfoRequest.class,
                UserServiceRequest.class,
                UserDisconnect.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch (request.primitive()) {
            case UserLoginRequest login -> login(request, login);
            case UserLogoutRequest logout -> logout(request);
            case UserKeepAliveRequest keep -> keepAlive(request, keep.timeToLive());
            case UserGetSPInfoRequest info -> providerInfo(request);
            case UserServiceRequest asked -> functions(request, asked);
            case UserDisconnect over -> disconnected(request, over);
            default -> throw new IllegalStateException("not served here: " + request.primitive());
        };
    }

    private Primitive login(ServiceRequest request, UserLoginRequest login) {
        UserId user = request.requiredUser();
        ClientId client = client(request);
        LoginRules.Step step = step(login);
        List<UserSession> before = sessions.of(user);
        var facts = new LoginRules.Facts(
                users.isRegistered(user),
                login.applicationId()
                        .filter(settings.forbiddenApplications()::contains)
                        .isEmpty(),
                users.password(user),
                before.size(),
                before.stream().anyMatch(session -> session.client().equals(client)),
                step instanceof LoginRules.WithDigest ? sessions.takeChallenge(user, client) : Optional.empty());
        return switch (LoginRules.decide(step, login.timeToLive(), facts, settings, request.at())) {
            case LoginRules.Refuse(StatusCode why) -> throw Refusal.of(why);
            case LoginRules.Ask(UserDigest schema) -> challenge(user, client, schema, request.at());
            case LoginRules.Open(Optional<Duration> timeToLive) ->
                open(
                        UserSession.beginning(user, client, home(login.metaInformation()), timeToLive, request.at()),
                        login.systemMessageResponseList());
        };
    }

    private static LoginRules.Step step(UserLoginRequest login) {
        if (!login.supportedDigestSchema().isEmpty()) {
            return new LoginRules.Offering(login.supportedDigestSchema());
        }
        return login.digestBytes()
                .<LoginRules.Step>map(LoginRules.WithDigest::new)
                .orElseGet(
                        () -> new LoginRules.WithPassword(login.passwordString().orElseThrow()));
    }

    private UserLoginResponse challenge(UserId user, ClientId client, UserDigest schema, Instant now) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        sessions.challenge(user, client, new Challenge(nonce, schema, now.plus(settings.challengeLife())));
        return new UserLoginResponse(
                Status.of(StatusCode.UNAUTHORIZED),
                Optional.of(nonce),
                Optional.of(schema.name()),
                Optional.empty(),
                Optional.empty());
    }

    private UserLoginResponse open(UserSession session, List<SystemMessage.Response> answers) {
        if (!sessions.open(session, settings.sessionsPerUser())) {
            // Another log-in of the user was faster.
            throw Refusal.of(
                    sessions.find(session.user(), session.client()).isPresent()
                            ? StatusCode.CLIENT_ID_IS_NOT_UNIQUE
                            : StatusCode.USER_SESSION_LIMITATION_REACHED);
        }
        if (!answers.isEmpty()) {
            observer.answered(session.user(), answers);
        }
        sap.afterwards(() -> observer.began(session.user(), session.client()));
        return new UserLoginResponse(
                Status.of(StatusCode.SUCCESSFUL),
                Optional.empty(),
                Optional.empty(),
                session.timeToLive(),
                settings.asksCapabilities() ? Optional.of(true) : Optional.empty());
    }

    private Status logout(ServiceRequest request) {
        UserSession session = required(request);
        if (!sessions.close(session.user(), session.client())) {
            throw Refusal.of(StatusCode.NOT_LOGGED_IN_USER_SESSION);
        }
        sap.afterwards(() -> observer.ended(session.user(), session.client()));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    /** SSP-249: a time that is not granted leaves the old one in force, and the session lives on with it. */
    private Primitive keepAlive(ServiceRequest request, Optional<Duration> wanted) {
        UserSession session = required(request);
        boolean granted = settings.granted(wanted).equals(wanted);
        Optional<Duration> timeToLive = granted && wanted.isPresent() ? wanted : session.timeToLive();
        if (!sessions.keep(session.kept(timeToLive, request.at()))) {
            throw Refusal.of(StatusCode.NOT_LOGGED_IN_USER_SESSION);
        }
        return granted
                ? new UserKeepAliveResponse(Status.of(StatusCode.SUCCESSFUL), timeToLive)
                : Status.of(StatusCode.NEW_VALUE_NOT_ACCEPTED);
    }

    private UserGetSPInfoResponse providerInfo(ServiceRequest request) {
        required(request);
        var provider = settings.provider();
        return new UserGetSPInfoResponse(
                Status.of(StatusCode.SUCCESSFUL), provider.name(), provider.logo(), provider.text(), provider.url());
    }

    private UserServiceResponse functions(ServiceRequest request, UserServiceRequest asked) {
        required(request);
        return new UserServiceResponse(
                Status.of(StatusCode.SUCCESSFUL),
                Optional.of(CspFunctions.without(asked.requestedFunctions(), settings.functions())),
                asked.allFunctionsRequest() ? Optional.of(settings.functions()) : Optional.empty());
    }

    /** As the requestor: our user's provider has ended its session (one-way, nothing is answered). */
    private Status disconnected(ServiceRequest request, UserDisconnect over) {
        UserId user = request.requiredUser();
        if (!sap.isHome(user.domain())) {
            throw Refusal.of(StatusCode.UNKNOWN_USER);
        }
        sap.afterwards(() -> observer.disconnected(user, request.client(), over));
        return Status.of(StatusCode.SUCCESSFUL);
    }

    /** Of this user and client, held through the domain that asks: 634 when there is none, 422 when it is another client's. */
    private UserSession required(ServiceRequest request) {
        UserId user = request.requiredUser();
        ServiceId home = home(metaInformation(request.primitive()));
        List<UserSession> all = sessions.of(user).stream()
                .filter(session -> session.home().domain().equals(home.domain()))
                .filter(session -> request.at().isBefore(session.expires()))
                .toList();
        if (all.isEmpty()) {
            throw Refusal.of(StatusCode.NOT_LOGGED_IN_USER_SESSION);
        }
        return all.stream()
                .filter(session -> session.client().equals(client(request)))
                .findFirst()
                .orElseThrow(() -> Refusal.of(StatusCode.USER_ID_AND_CLIENT_ID_DOES_NOT_MATCH));
    }

    private static MetaInformation metaInformation(Primitive primitive) {
        return switch (primitive) {
            case UserLogoutRequest p -> p.metaInformation();
            case UserKeepAliveRequest p -> p.metaInformation();
            case UserGetSPInfoRequest p -> p.metaInformation();
            case UserServiceRequest p -> p.metaInformation();
            default -> throw new IllegalStateException("not in a user's session: " + primitive);
        };
    }

    private static ServiceId home(MetaInformation meta) {
        return meta.serviceId();
    }

    private static ClientId client(ServiceRequest request) {
        return request.client().orElse(UNNAMED);
    }

    /** The operator ends all sessions of a user; gives how many these were. */
    public int forceLogout(UserId user) {
        List<UserSession> all = sessions.of(user);
        all.forEach(session -> end(session, StatusCode.USER_SESSION_FORCED_LOGOUT));
        return all.size();
    }

    @Override
    public void expire(Instant now) {
        sessions.expired(now, AT_ONCE).forEach(session -> end(session, StatusCode.USER_SESSION_EXPIRED));
        sessions.forgetChallenges(now);
    }

    private void end(UserSession session, StatusCode why) {
        if (!sessions.close(session.user(), session.client())) {
            return;
        }
        observer.ended(session.user(), session.client());
        var meta =
                new MetaInformation(true, sap.serviceId(), Optional.of(session.user()), Optional.of(session.client()));
        sap.ask(session.home().domain(), new UserDisconnect(meta, Status.of(why)));
    }
}
