package org.impsiwf.gateway.domain;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.impsiwf.gateway.config.AgreementConfig;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.config.DomainName;
import org.impsiwf.gateway.config.DomainStorageConfig;
import org.impsiwf.gateway.config.LoadConfig;
import org.impsiwf.gateway.config.ScriptedUserConfig;
import org.impsiwf.gateway.config.Secret;
import org.impsiwf.gateway.runtime.SspAssembly;
import org.impsiwf.ssp.domain.DomainLimits;
import org.impsiwf.ssp.domain.HomeDomain;
import org.impsiwf.ssp.domain.WholeDomain;
import org.impsiwf.ssp.elements.common.SystemMessages;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.RoutingTable.Route;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.ssp.server.ServiceTerms;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspSettings;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.store.local.LocalStores;

/** The IMPS domain of a configuration, running. */
public final class ImpsDomain implements AutoCloseable {

    /** Longer than a peer waits for an answer with all repeats. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    private static final int MOST_ANSWERS = 100;

    /** Longer than 1xx answers can keep a transaction open. */
    private static final Duration PROGRESS = Duration.ofMinutes(2);

    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final Database database;
    private final LocalStores stores = LocalStores.inHeap();
    private final WholeDomain whole;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, ScriptedClient> clients = new LinkedHashMap<>();
    private final Deque<Answer> answers = new ArrayDeque<>();

    /** A user's right answer to a system message of ours. */
    record Answer(Instant at, UserId user, SystemMessage.Response response) {}

    private ImpsDomain(DomainConfig config, SspCounters counters) throws IOException {
        database = Database.open(database(config.storage()));
        SspSettings ssp = SspAssembly.settings(config.serviceId(), config.ssp());
        whole = new WholeDomain(
                new HomeDomain.Settings(offeringEverything(ssp), services(config), routes(config), limits(config)),
                ServiceAssembly.settings(config),
                database,
                stores,
                InstantSource.system(),
                counters,
                SspTrace.NONE);
        whole.hearing(this::answered);
        config.users().forEach(this::register);
    }

    /**
     * Starts it; it listens when this returns.
     *
     * @throws IOException naming the address that is taken
     */
    public static ImpsDomain start(DomainConfig config, SspCounters counters) throws IOException {
        ImpsDomain domain = new ImpsDomain(config, counters);
        try {
            domain.whole.start();
        } catch (IOException taken) {
            domain.close();
            throw taken;
        }
        config.users().stream().filter(domain::isOurs).forEach(domain::logIn);
        return domain;
    }

    private static DatabaseConfig database(DomainStorageConfig storage) {
        if (!storage.url().equals("embedded")) {
            return DatabaseConfig.postgresql(
                    storage.url(), storage.user(), storage.password().map(Secret::value));
        }
        return storage.directory()
                .map(directory -> DatabaseConfig.embedded(Path.of(directory)))
                .orElseGet(() -> DatabaseConfig.inMemory("domain-" + UUID.randomUUID()));
    }

    private static SspSettings offeringEverything(SspSettings ssp) {
        return ssp.withPeers(ssp.peers().stream()
                .map(peer -> peer.withServices(peer.services().offering(ServiceTerms.EVERYTHING)))
                .toList());
    }

    private static ServiceTable services(DomainConfig config) {
        String own = config.serviceId().domain();
        ServiceTable table = ServiceTable.of(own);
        for (AgreementConfig agreement : config.agreements()) {
            String domain = lower(agreement.domain());
            String provider = lower(agreement.provider());
            Set<Service> services = services(agreement);
            if (domain.equals(own)) {
                table = table.providedBy(provider, services);
            } else if (provider.equals(own)) {
                Set<String> direct =
                        agreement.directTo().stream().map(ImpsDomain::lower).collect(Collectors.toSet());
                table = table.providing(new ServiceTable.Complementary(domain, services, direct));
            } else {
                table = table.relaying(new ServiceTable.Relayed(domain, services, provider));
            }
        }
        return table;
    }

    private static Set<Service> services(AgreementConfig agreement) {
        return agreement.services().isEmpty()
                ? Set.of(Service.values())
                : agreement.services().stream()
                        .map(service -> Service.valueOf(service.name()))
                        .collect(Collectors.toSet());
    }

    private static String lower(DomainName domain) {
        return domain.value().toLowerCase(Locale.ROOT);
    }

    private static List<Route> routes(DomainConfig config) {
        return config.ssp().routes().entrySet().stream()
                .map(route -> Route.of(route.getKey(), route.getValue()))
                .toList();
    }

    /** A client that answers late by its script is no silent one; a request's own time ends before our wait for its answer. */
    static DomainLimits limits(DomainConfig config) {
        LoadConfig load = config.services().load();
        Duration patience = load.clientPatience();
        for (ScriptedUserConfig user : config.users()) {
            Duration needed = user.answer() == ScriptedUserConfig.Answer.SILENT
                    ? SILENCE
                    : user.delay().plus(MARGIN);
            patience = needed.compareTo(patience) > 0 ? needed : patience;
        }
        Duration answers = config.ssp().patience().plus(PROGRESS);
        Duration usual = DomainLimits.DEFAULT.answerPatience();
        return new DomainLimits(
                load.requestsPerPeer(),
                load.requestsPerClient(),
                load.clientsPerUser(),
                load.clients(),
                load.telling(),
                patience,
                answers.compareTo(usual) > 0 ? answers : usual);
    }

    /** What a user has changed since an earlier start stays, but for the password, which is the configuration's. */
    private void register(ScriptedUserConfig user) {
        UserId id = new UserId(user.id().toString());
        Registration registration = Registration.of(id);
        boolean isNew = whole.register(user.password()
                .map(secret -> registration.withPassword(secret.value()))
                .orElse(registration));
        if (isNew) {
            user.name().ifPresent(name -> whole.callFriendly(id, name));
        } else {
            user.password().ifPresent(secret -> whole.changePassword(id, secret.value()));
        }
    }

    private boolean isOurs(ScriptedUserConfig user) {
        return whole.domain().isHome(user.id().domain());
    }

    private void logIn(ScriptedUserConfig user) {
        ScriptedClient client = new ScriptedClient(whole.domain(), whole.sessions(), user, closing);
        clients.put(key(client.user().value()), client);
    }

    private static String key(String user) {
        return user.toLowerCase(Locale.ROOT);
    }

    HomeDomain domain() {
        return whole.domain();
    }

    Optional<ScriptedClient> client(String user) {
        return Optional.ofNullable(clients.get(key(user.startsWith("wv:") ? user : "wv:" + user)));
    }

    Set<ScriptedClient> clients() {
        return new HashSet<>(clients.values());
    }

    /** Ends the sessions of a user of another domain whose password we hold; gives how many. */
    int disconnect(String user) {
        return whole.forceLogout(new UserId(user.startsWith("wv:") ? user : "wv:" + user));
    }

    SystemMessages systemMessages() {
        return whole.systemMessages();
    }

    private void answered(UserId user, SystemMessage.Response response) {
        synchronized (answers) {
            if (answers.size() == MOST_ANSWERS) {
                answers.removeFirst();
            }
            answers.addLast(new Answer(Instant.now(), user, response));
        }
    }

    /** The latest, oldest first. */
    List<Answer> answers() {
        synchronized (answers) {
            return List.copyOf(answers);
        }
    }

    /** Where it really listens. */
    public List<InetSocketAddress> addresses() {
        return whole.domain().addresses();
    }

    public List<PeerSnapshot> peers() {
        return whole.domain().peers();
    }

    /** Lets what runs finish, logs out from every peer, and stops. */
    public void drain(Duration bound) {
        closing.countDown();
        whole.domain().drain(bound);
        close();
    }

    /** Stops at once, as a crash would. */
    @Override
    public void close() {
        closing.countDown();
        whole.close();
        stores.close();
        database.close();
    }
}
