package org.impsiwf.gateway.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.impsiwf.gateway.config.ScriptedUserConfig;
import org.impsiwf.ssp.domain.Attachment;
import org.impsiwf.ssp.domain.Client;
import org.impsiwf.ssp.domain.HomeDomain;
import org.impsiwf.ssp.domain.HomeSessions;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one client of a user of {@code ./iwf domain}: does what the configuration says, and remembers what came. Thread-safe. */
final class ScriptedClient implements Client {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptedClient.class);
    private static final ClientId CLIENT = ClientId.of("iwf-domain");
    private static final int MOST_REMEMBERED = 100;

    /** Something that came. */
    record Arrival(Instant at, Primitive primitive) {}

    private final HomeDomain domain;
    private final HomeSessions sessions;
    private final ScriptedUserConfig script;
    private final UserId user;
    private final Deque<Arrival> arrivals = new ArrayDeque<>();
    private final CountDownLatch closing;
    /** Something may come before the log-in has returned. */
    private volatile CompletableFuture<Attachment> session = new CompletableFuture<>();

    /** The session with whoever holds the credentials, after a log-in with a password. */
    private volatile Optional<HomeSessions.Session> provided = Optional.empty();

    /** Logs it in.
     *
     * @param closing ends every wait
     */
    ScriptedClient(HomeDomain domain, HomeSessions sessions, ScriptedUserConfig script, CountDownLatch closing) {
        this.domain = domain;
        this.sessions = sessions;
        this.script = script;
        this.closing = closing;
        user = new UserId(script.id().toString());
        session.complete(domain.attach(user, CLIENT, this));
    }

    /**
     * Again, after {@link #logOut}.
     *
     * @throws Refusal 638 while it is logged in
     */
    void logIn() {
        logIn(() -> domain.attach(user, CLIENT, this));
    }

    /**
     * The same with a password, which whoever holds the user's credentials is asked about (SSP 12.1.1).
     *
     * @throws Refusal what it says
     */
    void logIn(String password) {
        logIn(() -> switch (sessions.login(
                HomeSessions.Login.of(user, CLIENT, new HomeSessions.PasswordShown(password)), this)) {
            case HomeSessions.LoggedIn in -> {
                provided = Optional.of(in.session());
                yield in.session().attachment();
            }
            case HomeSessions.Denied(Status status) -> throw new Refusal(status);
            case HomeSessions.Challenged _ -> throw Refusal.of(StatusCode.UNAUTHORIZED);
        });
    }

    private void logIn(Supplier<Attachment> how) {
        CompletableFuture<Attachment> next = new CompletableFuture<>();
        CompletableFuture<Attachment> before = session;
        session = next;
        try {
            next.complete(how.get());
        } catch (Refusal refusal) {
            session = before;
            throw refusal;
        }
    }

    /** The user is away until {@link #logIn}. */
    void logOut() {
        provided.ifPresent(HomeSessions.Session::logout);
        provided = Optional.empty();
        session().detach();
    }

    UserId user() {
        return user;
    }

    Attachment session() {
        return session.join();
    }

    /** The latest, oldest first. */
    List<Arrival> arrivals() {
        synchronized (arrivals) {
            return List.copyOf(arrivals);
        }
    }

    @Override
    public Primitive receive(Primitive primitive) {
        synchronized (arrivals) {
            if (arrivals.size() == MOST_REMEMBERED) {
                arrivals.removeFirst();
            }
            arrivals.addLast(new Arrival(Instant.now(), primitive));
        }
        return switch (primitive) {
            case NewMessage message -> took(message);
            case InviteUserRequest invitation -> invited(invitation);
            default -> Status.of(StatusCode.SUCCESSFUL);
        };
    }

    private Primitive took(NewMessage message) {
        waits();
        return switch (script.answer()) {
            case REFUSE -> Status.of(script.status());
            case ACCEPT, SILENT -> delivered(message);
            case ECHO -> {
                domain.afterwards(() -> echo(message));
                yield delivered(message);
            }
        };
    }

    private static Primitive delivered(NewMessage message) {
        return message.messageInfo()
                .messageId()
                .<Primitive>map(
                        id -> new MessageDelivered(Optional.empty(), Optional.of(Status.of(StatusCode.SUCCESSFUL)), id))
                .orElseGet(() -> Status.of(StatusCode.SUCCESSFUL));
    }

    private void echo(NewMessage message) {
        message.messageInfo()
                .sender()
                .map(MessageInfo.Sender::address)
                .filter(sender ->
                        !(sender instanceof User other && other.userId().equals(user)))
                .ifPresent(sender ->
                        says(sender, message.content(), message.messageInfo().contentType()));
    }

    /** Sends a message as its user. */
    Primitive says(Addressee to, Content content, Optional<String> type) {
        return says(to, content, type, false);
    }

    /** @param report whether it wants a delivery report */
    Primitive says(Addressee to, Content content, Optional<String> type, boolean report) {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId(
                        UUID.randomUUID() + "@" + domain.serviceId().domain())),
                Optional.empty(),
                type.or(() -> Optional.of("text/plain")),
                Optional.empty(),
                Optional.of((long) content.data().bytes().length),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(to)),
                Optional.of(MessageInfo.Sender.of(User.of(user))),
                Optional.of(Instant.now()));
        return session().request(new SendMessageRequest(meta(), report, info, Optional.of(content)));
    }

    MetaInformation meta() {
        return MetaInformation.ofUser(domain.serviceId(), user);
    }

    private Primitive invited(InviteUserRequest invitation) {
        domain.afterwards(() -> {
            waits();
            if (script.answer() != ScriptedUserConfig.Answer.SILENT) {
                answers(invitation);
            }
        });
        return Status.of(StatusCode.SUCCESSFUL);
    }

    private void answers(InviteUserRequest invitation) {
        boolean accepts = script.answer() != ScriptedUserConfig.Answer.REFUSE
                && invitation
                        .inviteGroupId()
                        .filter(group -> invitation.inviteType().needsGroup())
                        .map(this::joins)
                        .orElse(true);
        session()
                .request(new InviteUserResponse(
                        Status.of(StatusCode.SUCCESSFUL),
                        invitation.inviteId(),
                        invitation.invitingUser(),
                        accepts,
                        User.of(user),
                        Optional.empty(),
                        Optional.empty(),
                        List.of()));
    }

    /** First, so that nobody is told of an acceptance that comes to nothing. */
    private boolean joins(GroupId group) {
        Primitive answer = session()
                .request(new JoinGroupRequest(
                        meta(),
                        group,
                        /* joinedRequest= */ false,
                        Optional.empty(),
                        /* subscribeNotif= */ false,
                        Optional.empty(),
                        Optional.empty()));
        return answer instanceof JoinGroupResponse joined && joined.statusInfo().isSuccess();
    }

    /** As long as the script says; a silent user for as long as anybody would wait. */
    private void waits() {
        Duration time = script.answer() == ScriptedUserConfig.Answer.SILENT ? Duration.ofDays(1) : script.delay();
        try {
            if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("{} waits no longer, the domain is closing", user);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
