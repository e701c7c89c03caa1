package org.impsiwf.ssp.elements.common;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.common.SystemMessageStore.Pending;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageUser;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.SystemMessage.AnswerOption;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * System messages and their answers (SSP 13.1.11, 13.1.12). As provider it sends messages and checks answers; as the home
 * domain it hands on what other providers send and brings them the answers of our users.
 */
public final class SystemMessageElement implements ServiceElement, SystemMessages {

    private static final Logger LOG = LoggerFactory.getLogger(SystemMessageElement.class);
    private static final Duration PATIENCE = Duration.ofDays(7);

    private final SystemMessageStore store;
    private final AnswerGuard.Policy policy;
    private final Answered answered;
    private final ServiceAccessPoint sap;
    private final InstantSource clock;

    public SystemMessageElement(
            SystemMessageStore store,
            AnswerGuard.Policy policy,
            Answered answered,
            ServiceAccessPoint sap,
            InstantSource clock) {
        this.store = store;
        this.policy = policy;
        this.answered = answered;
        this.sap = sap;
        this.clock = clock;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(SystemMessageRequest.class, SystemMessageUser.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return request.primitive() instanceof SystemMessageRequest message
                ? handOn(message, request)
                : answers(
                        request.requiredUser(),
                        ((SystemMessageUser) request.primitive()).systemMessageResponseList(),
                        request.at());
    }

    @Override
    public String send(UserId user, Draft draft) {
        String id = UUID.randomUUID().toString();
        if (draft.canBeAnswered()) {
            store.put(List.of(new Pending(
                    user,
                    id,
                    SystemMessageStore.OURSELVES,
                    draft.verification().map(Verification::key),
                    draft.options().stream().map(AnswerOption::id).collect(Collectors.toSet()),
                    clock.instant().plus(PATIENCE))));
        }
        SystemMessage message = new SystemMessage(
                id,
                draft.requiresResponse(),
                draft.text(),
                draft.options(),
                draft.verification().flatMap(Verification::text),
                draft.verification().flatMap(Verification::url));
        sap.tell(
                List.of(user),
                some -> new SystemMessageRequest(
                        MetaInformation.ofServer(sap.serviceId()),
                        some.stream().map(User::of).toList(),
                        List.of(message)));
        return id;
    }

    @Override
    public List<SystemMessage.Response> toOurs(UserId user, List<SystemMessage.Response> answers) {
        Map<String, Pending> pending = pending(user, answers);
        return answers.stream()
                .filter(answer -> Optional.ofNullable(pending.get(answer.systemMessageId()))
                        .filter(message -> message.provider().equals(SystemMessageStore.OURSELVES))
                        .isPresent())
                .toList();
    }

    @Override
    public Status take(UserId user, List<SystemMessage.Response> answers) {
        Status outcome = answers(user, answers, clock.instant());
        if (outcome.statusCode() != StatusCode.SUCCESSFUL.code()) {
            LOG.info("answers of {} to system messages not taken: {}", user, outcome.statusCode());
        }
        return outcome;
    }

    private Map<String, Pending> pending(UserId user, List<SystemMessage.Response> answers) {
        List<String> ids =
                answers.stream().map(SystemMessage.Response::systemMessageId).toList();
        return store.find(user, ids).stream().collect(Collectors.toMap(Pending::id, one -> one));
    }

    private Status answers(UserId user, List<SystemMessage.Response> responses, Instant now) {
        Map<String, Pending> pending = pending(user, responses);
        Map<String, List<SystemMessage.Response>> byProvider = responses.stream()
                .collect(Collectors.groupingBy(
                        response -> provider(pending, response), LinkedHashMap::new, Collectors.toList()));
        List<Status> outcomes = new ArrayList<>();
        byProvider.forEach((provider, some) -> outcomes.add(
                provider.equals(SystemMessageStore.OURSELVES)
                        ? check(user, some, pending, now)
                        : bring(user, provider, some, now)));
        return outcomes.size() == 1 ? outcomes.getFirst() : together(outcomes);
    }

    private static String provider(Map<String, Pending> pending, SystemMessage.Response response) {
        return Optional.ofNullable(pending.get(response.systemMessageId()))
                .map(Pending::provider)
                .orElse(SystemMessageStore.OURSELVES);
    }

    private Status check(
            UserId user, List<SystemMessage.Response> responses, Map<String, Pending> pending, Instant now) {
        AnswerGuard guard = store.guard(user, SystemMessageStore.OURSELVES);
        if (guard.isClosed(now)) {
            return closed(guard, now);
        }
        List<DetailedResult> wrong = new ArrayList<>();
        List<SystemMessage.Response> right = new ArrayList<>();
        for (SystemMessage.Response response : responses) {
            verdict(response, Optional.ofNullable(pending.get(response.systemMessageId())))
                    .ifPresentOrElse(
                            code -> wrong.add(Details.about(code, response.systemMessageId())),
                            () -> right.add(response));
        }
        store.remove(
                user,
                right.stream().map(SystemMessage.Response::systemMessageId).toList());
        right.forEach(response -> answered.answered(user, response));
        if (wrong.isEmpty()) {
            return Status.of(StatusCode.SUCCESSFUL);
        }
        AnswerGuard after = store.changeGuard(
                user, SystemMessageStore.OURSELVES, before -> before.afterWrong(wrong.size(), now, policy));
        return after.isClosed(now) ? closed(after, now) : Details.of(!right.isEmpty(), wrong.stream());
    }

    /** What is wrong with the answer; absent when nothing is. */
    private static Optional<StatusCode> verdict(SystemMessage.Response response, Optional<Pending> message) {
        if (message.isEmpty()) {
            return Optional.of(StatusCode.UNKNOWN_SYSTEM_MESSAGE_ID);
        }
        Pending asked = message.get();
        if (!asked.verificationKey().equals(asked.verificationKey().flatMap(key -> response.verificationKey()))) {
            return Optional.of(StatusCode.INCORRECT_VERIFICATION_KEY);
        }
        boolean chosen =
                response.chosenOptionId().map(asked.options()::contains).orElse(false);
        return asked.options().isEmpty() || chosen ? Optional.empty() : Optional.of(StatusCode.BAD_PARAMETER);
    }

    // SSP 18.5.9: after 611 nothing is repeated on behalf of the client until the time in the details is over.
    private Status bring(UserId user, String provider, List<SystemMessage.Response> responses, Instant now) {
        AnswerGuard guard = store.guard(user, provider);
        if (guard.isClosed(now)) {
            return closed(guard, now);
        }
        MetaInformation meta = MetaInformation.ofUser(sap.serviceId(), user);
        Primitive answer = sap.ask(provider, new SystemMessageUser(meta, responses));
        Status status = answer instanceof Status given ? given : Status.of(StatusCode.SERVICE_UNAVAILABLE);
        if (isTooMany(status)) {
            Instant until = now.plus(status.tryAgainTimeout().orElse(policy.protection()));
            store.changeGuard(user, provider, before -> before.closed(until));
        } else if (status.statusCode() == StatusCode.SUCCESSFUL.code()) {
            store.remove(
                    user,
                    responses.stream()
                            .map(SystemMessage.Response::systemMessageId)
                            .toList());
        }
        return status;
    }

    // Peers may use either number (E-77).
    private static boolean isTooMany(Status status) {
        return status.statusCode() == StatusCode.TOO_MANY_NON_CONFORMANT_SYSTEM_MESSAGE_REPLIES.code()
                || status.statusCode() == StatusCode.TOO_MANY_NON_CONFORMANT_SYSTEM_MESSAGE_REPLIES_637.code();
    }

    private static Status closed(AnswerGuard guard, Instant now) {
        Duration wait = Duration.ofSeconds(Math.max(1, guard.remaining(now).toSeconds()));
        return new Status(
                StatusCode.TOO_MANY_NON_CONFORMANT_SYSTEM_MESSAGE_REPLIES.code(),
                Optional.of("try again in " + wait.toSeconds() + " seconds"),
                List.of(),
                Optional.of(wait),
                List.of());
    }

    private static Status together(List<Status> outcomes) {
        return Details.of(
                outcomes.stream().anyMatch(Status::isSuccess),
                outcomes.stream()
                        .filter(status -> status.statusCode() != StatusCode.SUCCESSFUL.code())
                        .map(status -> Details.about(status.statusCode(), status.statusDescription())));
    }

    // As the home domain. What a client answers goes to the domain that the message came from.
    private Status handOn(SystemMessageRequest message, ServiceRequest request) {
        String provider = request.peer()
                .map(peer -> message.metaInformation().serviceId().domain())
                .orElse(SystemMessageStore.OURSELVES);
        List<UserId> addressed =
                message.addressedUsers().stream().map(User::userId).distinct().toList();
        List<DetailedResult> failures = addressed.stream()
                .map(user -> Details.failure(user, handOn(message, user, provider, request.at())))
                .flatMap(Optional::stream)
                .toList();
        return Details.of(failures.size() < addressed.size(), failures.stream());
    }

    private Primitive handOn(SystemMessageRequest message, UserId user, String provider, Instant now) {
        if (!sap.isHome(user.domain())) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        store.put(message.systemMessageList().stream()
                .map(one -> new Pending(
                        user, one.systemMessageId(), provider, Optional.empty(), Set.of(), now.plus(PATIENCE)))
                .toList());
        return sap.deliver(
                user,
                new SystemMessageRequest(
                        message.metaInformation(),
                        message.addressedUsers().stream()
                                .filter(one -> one.userId().equals(user))
                                .toList(),
                        message.systemMessageList()));
    }

    @Override
    public void expire(Instant now) {
        store.forgetExpired(now);
    }
}
