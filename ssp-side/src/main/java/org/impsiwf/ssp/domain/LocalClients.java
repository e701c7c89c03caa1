package org.impsiwf.ssp.domain;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Addressees;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The clients of local users that are logged in now. Thread-safe. */
final class LocalClients {

    private static final Logger LOG = LoggerFactory.getLogger(LocalClients.class);

    private final Map<String, Map<ClientId, Client>> attached = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final DomainLimits limits;
    private final ExecutorService executor;

    LocalClients(DomainLimits limits, ExecutorService executor) {
        this.limits = limits;
        this.executor = executor;
    }

    /** @throws Refusal 638 when that client is logged in, 639 beyond the limits */
    void attach(UserId user, ClientId id, Client client) {
        attached.compute(key(user), (key, before) -> {
            Map<ClientId, Client> clients = before == null ? new ConcurrentHashMap<>() : before;
            if (clients.containsKey(id)) {
                throw Refusal.of(StatusCode.CLIENT_ID_IS_NOT_UNIQUE);
            }
            if (clients.size() >= limits.clientsPerUser() || count.get() >= limits.clients()) {
                throw Refusal.of(StatusCode.USER_SESSION_LIMITATION_REACHED);
            }
            clients.put(id, client);
            count.incrementAndGet();
            return clients;
        });
    }

    /** False when it was not there. */
    boolean detach(UserId user, ClientId id) {
        boolean[] there = new boolean[1];
        attached.computeIfPresent(key(user), (key, clients) -> {
            there[0] = clients.remove(id) != null;
            return clients.isEmpty() ? null : clients;
        });
        if (there[0]) {
            count.decrementAndGet();
        }
        return there[0];
    }

    boolean isOnline(UserId user) {
        return attached.containsKey(key(user));
    }

    boolean isAttached(UserId user, ClientId id) {
        return attached.getOrDefault(key(user), Map.of()).containsKey(id);
    }

    int size() {
        return count.get();
    }

    /** To every client that the primitive is for, at the same time; the answer of one that took it, if any did. */
    Primitive deliver(UserId user, Primitive primitive) {
        Collection<Client> clients = addressed(user, primitive);
        if (clients.isEmpty()) {
            return Status.of(StatusCode.MESSAGE_RECIPIENT_NOT_LOGGED_IN);
        }
        List<Future<Primitive>> asked;
        try {
            asked = clients.stream()
                    .map(client -> executor.submit(() -> client.receive(primitive)))
                    .toList();
        } catch (RejectedExecutionException leaving) {
            return Status.of(StatusCode.SERVICE_UNAVAILABLE);
        }
        long end = System.nanoTime() + limits.clientPatience().toNanos();
        Optional<Primitive> refusal = Optional.empty();
        for (Future<Primitive> one : asked) {
            Primitive answer = answer(user, one, end);
            if (isTaken(answer)) {
                return answer;
            }
            refusal = refusal.or(() -> Optional.of(answer));
        }
        return refusal.orElseThrow();
    }

    /** SSP 6.3.4: a Client-ID beside the user narrows it down; one that is not logged in is as good as none. */
    private Collection<Client> addressed(UserId user, Primitive primitive) {
        Map<ClientId, Client> clients = attached.getOrDefault(key(user), Map.of());
        List<Client> named = Addressees.of(primitive).stream()
                .filter(one -> key(one.userId()).equals(key(user)))
                .map(User::clientId)
                .flatMap(Optional::stream)
                .map(clients::get)
                .filter(Objects::nonNull)
                .toList();
        return named.isEmpty() ? List.copyOf(clients.values()) : named;
    }

    private static Primitive answer(UserId user, Future<Primitive> asked, long end) {
        try {
            return asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            asked.cancel(true);
            return Status.of(StatusCode.INVALID_TIMEOUT, "a client does not answer");
        } catch (ExecutionException failed) {
            LOG.error("a client of {} failed", user, failed.getCause());
            return Status.of(StatusCode.INTERNAL_SERVER_ERROR);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Status.of(StatusCode.SERVICE_UNAVAILABLE);
        }
    }

    private static boolean isTaken(Primitive answer) {
        return !(answer instanceof Status status) || status.isSuccess();
    }

    private static String key(UserId user) {
        return user.value().toLowerCase(Locale.ROOT);
    }
}
