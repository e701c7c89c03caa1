package org.impsiwf.ssp.domain;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.common.SystemMessages;
import org.impsiwf.ssp.elements.session.UserSessionElement;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CspFeatures;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserDisconnect;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserKeepAliveRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLoginResponse;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserLogoutRequest;
import org.impsiwf.ssp.primitives.UserSessionPrimitive.UserServiceRequest;
import org.impsiwf.ssp.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The home domain's part in the sessions of its users (SSP 12): clients log in here, whoever holds the credentials, and
 * only after the provider has said yes has the client a session with us (SSP-238).
 */
public final class HomeSessions implements UserSessionElement.Observer {

    private static final Logger LOG = LoggerFactory.getLogger(HomeSessions.class);

    private record Key(String user, ClientId client) {}

    private final HomeDomain domain;
    private final SystemMessages messages;
    private final Map<Key, Session> sessions = new ConcurrentHashMap<>();

    /** @param messages where answers to system messages go that come with a log-in */
    public HomeSessions(HomeDomain domain, SystemMessages messages) {
        this.domain = domain;
        this.messages = messages;
    }

    /** What a client shows of its user's password. */
    public sealed interface Proof {}

    public record PasswordShown(String password) implements Proof {
        @Override
        public String toString() {
            return "PasswordShown[hidden]";
        }
    }

    public record SchemasOffered(List<String> schemas) implements Proof {
        public SchemasOffered {
            schemas = List.copyOf(schemas);
        }
    }

    public record DigestShown(String digest) implements Proof {
        @Override
        public String toString() {
            return "DigestShown[hidden]";
        }
    }

    /**
     * What a client says at log-in (CSP LoginRequest); its cookie stays with whoever speaks CSP (SSP-237).
     *
     * @param timeToLive absent: a session without end (SSP-244)
     * @param functions asked for in the same request, negotiated by a transaction of their own (SSP-240)
     */
    public record Login(
            UserId user,
            ClientId client,
            Proof proof,
            Optional<Duration> timeToLive,
            List<SystemMessage.Response> answers,
            Optional<CspFeatures> functions) {

        public static Login of(UserId user, ClientId client, Proof proof) {
            return new Login(user, client, proof, Optional.empty(), List.of(), Optional.empty());
        }

        public Login living(Duration time) {
            return new Login(user, client, proof, Optional.of(time), answers, functions);
        }

        public Login answering(List<SystemMessage.Response> given) {
            return new Login(user, client, proof, timeToLive, List.copyOf(given), functions);
        }

        public Login asking(CspFeatures wanted) {
            return new Login(user, client, proof, timeToLive, answers, Optional.of(wanted));
        }
    }

    public sealed interface Outcome {}

    /** @param negotiated the answer about the functions, where they were asked for */
    public record LoggedIn(Session session, UserLoginResponse response, Optional<Primitive> negotiated)
            implements Outcome {}

    /** 401: to be answered by a digest over this nonce. */
    public record Challenged(String nonce, String schema) implements Outcome {}

    public record Denied(Status status) implements Outcome {}

    public Outcome login(Login login, Client client) {
        List<SystemMessage.Response> toOurs;
        try {
            toOurs = messages.toOurs(login.user(), login.answers());
        } catch (StorageUnavailableException away) {
            LOG.warn("log-in of {} refused with 503: {}", login.user(), away.getMessage());
            return new Denied(Status.of(StatusCode.SERVICE_UNAVAILABLE));
        }
        // SSP-239: the provider gets the others.
        Outcome outcome = atProvider(
                login.answering(login.answers().stream()
                        .filter(answer -> !toOurs.contains(answer))
                        .toList()),
                client);
        if (outcome instanceof LoggedIn && !toOurs.isEmpty()) {
            answered(login.user(), toOurs);
        }
        return outcome;
    }

    private Outcome atProvider(Login login, Client client) {
        Primitive answer = domain.askedByClient(login.user(), login.client(), converted(login));
        if (!(answer instanceof UserLoginResponse response)) {
            return new Denied(answer instanceof Status status ? status : Status.of(StatusCode.INTERNAL_SERVER_ERROR));
        }
        if (response.nonce().isPresent() && !response.statusInfo().isSuccess()) {
            return new Challenged(
                    response.nonce().get(), response.digestSchema().orElse(""));
        }
        return response.statusInfo().isSuccess() ? begun(login, response, client) : new Denied(response.statusInfo());
    }

    private Outcome begun(Login login, UserLoginResponse response, Client client) {
        try {
            Session session = new Session(domain.attach(login.user(), login.client(), client));
            sessions.put(key(login.user(), login.client()), session);
            Optional<Primitive> negotiated = login.functions()
                    .map(wanted -> session.request(new UserServiceRequest(session.meta(), wanted, false)));
            return new LoggedIn(session, response, negotiated);
        } catch (Refusal refusal) {
            domain.askedByClient(
                    login.user(), login.client(), new UserLogoutRequest(meta(login.user(), login.client())));
            return new Denied(refusal.status());
        }
    }

    private UserLoginRequest converted(Login login) {
        return new UserLoginRequest(
                meta(login.user(), login.client()),
                login.client().applicationId(),
                login.proof() instanceof PasswordShown shown ? Optional.of(shown.password()) : Optional.empty(),
                login.proof() instanceof DigestShown shown ? Optional.of(shown.digest()) : Optional.empty(),
                login.proof() instanceof SchemasOffered offered ? offered.schemas() : List.of(),
                login.timeToLive(),
                login.answers());
    }

    private MetaInformation meta(UserId user, ClientId client) {
        return new MetaInformation(true, domain.serviceId(), Optional.of(user), Optional.of(client));
    }

    /** A client that is logged in. */
    public final class Session {

        private final Attachment attachment;

        private Session(Attachment attachment) {
            this.attachment = attachment;
        }

        public Attachment attachment() {
            return attachment;
        }

        /** See {@link Attachment#request}. */
        public Primitive request(Primitive request) {
            return attachment.request(request);
        }

        public Primitive keepAlive(Optional<Duration> timeToLive) {
            return request(new UserKeepAliveRequest(meta(), timeToLive));
        }

        /** Ends it here, whatever the provider says. */
        public Primitive logout() {
            Primitive answer = request(new UserLogoutRequest(meta()));
            forget(attachment.user(), attachment.client());
            return answer;
        }

        private MetaInformation meta() {
            return HomeSessions.this.meta(attachment.user(), attachment.client());
        }
    }

    private void forget(UserId user, ClientId client) {
        Session gone = sessions.remove(key(user, client));
        if (gone != null) {
            gone.attachment.detach();
        }
    }

    private static Key key(UserId user, ClientId client) {
        return new Key(user.value().toLowerCase(Locale.ROOT), client);
    }

    // ---- as the provider of users of other domains

    @Override
    public void answered(UserId user, List<SystemMessage.Response> systemMessages) {
        try {
            messages.take(user, systemMessages);
        } catch (StorageUnavailableException away) {
            LOG.warn("answers of {} to system messages are lost: {}", user, away.getMessage());
        }
    }

    @Override
    public void began(UserId user, ClientId client) {
        domain.remoteSessionBegan(user);
    }

    @Override
    public void ended(UserId user, ClientId client) {
        domain.remoteSessionEnded(user, client);
    }

    /** SSP 12.1.3: the client learns why, then its session with us is over. */
    @Override
    public void disconnected(UserId user, Optional<ClientId> client, UserDisconnect why) {
        List<Key> over = sessions.keySet().stream()
                .filter(key -> key.user().equalsIgnoreCase(user.value()))
                .filter(key -> client.isEmpty() || client.get().equals(key.client()))
                .toList();
        if (!over.isEmpty()) {
            domain.deliver(user, why);
        }
        over.forEach(key -> forget(user, key.client()));
    }
}
