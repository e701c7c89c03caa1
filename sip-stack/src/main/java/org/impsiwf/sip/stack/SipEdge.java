package org.impsiwf.sip.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TooManyListenersException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sip.InvalidArgumentException;
import javax.sip.ObjectInUseException;
import javax.sip.PeerUnavailableException;
import javax.sip.SipProvider;
import javax.sip.TransportNotSupportedException;
import org.impsiwf.sip.dialog.InviteUsageMachine;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.store.NodeGoneException;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SIP edge: listens, keeps the rules of SIP, and speaks with the rest of the gateway in events and orders. Any thread may
 * order; nothing here waits for the network on the caller's thread.
 */
public final class SipEdge implements SipSide, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SipEdge.class);
    private static final int STOPS = 3;

    private final SipEdgeConfig config;
    private final OpenConnections connections;
    private final BoundedNetwork network;
    private final JainStack stack;
    private final SipPoints points;
    private final LiveInvites live = new LiveInvites();
    private final Admission admission;
    private final ServerTransactions servers;
    private final ClientTransactions client;
    private final OtherNodes others;
    private final InviteUsages usages;
    private final Subscriptions subscriptions;
    private final Ways ways;
    private final OutgoingMessages messages;
    private final OrderedInvites orderedInvites;
    private final JainListener listener;
    private final ScheduledExecutorService housekeeping = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("sip-housekeeping").daemon().factory());

    /** @param listener gets the events; it must not block for long */
    public SipEdge(
            SipEdgeConfig config, SipServices services, Stores stores, InstantSource clock, SipSide.Listener listener) {
        this.config = config;
        connections = new OpenConnections(config.limits());
        points = new SipPoints(connections);
        network = new BoundedNetwork(config.limits(), connections, config.tls());
        stack = stack(services.counters());
        var observer = new Observer(services.trace(), services.counters(), clock, live::usageOf);
        var maker = new ResponseMaker(config.product());
        var requests = new RequestMaker(config.product());
        others = new OtherNodes(stores);
        admission = new Admission(config.limits().maxWaitingRequests());
        servers = new ServerTransactions(maker, observer, admission, others, clock);
        client = new ClientTransactions(points, requests, network, observer);
        var machine = new InviteUsageMachine(config.sessionTimer(), config.descriptions());
        usages = new InviteUsages(stores, machine, live, servers, others, clock);
        ways = new Ways(services.locator(), services.hops(), points, connections, others.prefix());
        var dialogs = new DialogRequests(client, ways, points, requests, network, observer);
        var outgoing = new OutgoingInvites(client, ways, services.trust(), usages::post);
        subscriptions = new Subscriptions(stores, servers, others, clock);
        var notifying = new SubscriptionOrders(subscriptions, usages, servers, maker, dialogs, listener);
        subscriptions.carriedOutBy(notifying);
        var subscribes = new SubscribeRequests(subscriptions, servers, listener, clock);
        var refers = new ReferRequests(subscriptions, servers, listener, clock);
        var shared = new OtherUsages(subscribes, refers, subscriptions, notifying, servers);
        usages.carriedOutBy(
                new UsageOrders(usages, live, servers, maker, dialogs, listener, admission, outgoing, shared));
        var replaced = new ReplacedDialogs(usages, clock);
        orderedInvites = new OrderedInvites(config.sessionTimer(), usages, live, outgoing, replaced, listener, clock);
        messages = new OutgoingMessages(client, ways, services.trust(), listener, clock);
        var invites = new IncomingInvites(config, usages, live, servers, maker, listener, admission, replaced, clock);
        var outside =
                new OutsideRequests(config, services, servers, maker, invites, subscribes, refers, listener, admission);
        var inside = new InsideRequests(usages, servers, subscribes);
        var door = new RequestDoor(
                points,
                servers,
                maker,
                new MergedRequests(clock),
                admission,
                usages,
                outside,
                inside,
                others,
                config.limits(),
                observer);
        this.listener = new JainListener(door, client, usages, points, observer);
        others.answeredBy(
                new LettersTaken(others, servers, inside, usages, subscriptions, points, stack, this::sendHere));
        others.onLeft(gone -> left(gone, inside));
        stores.ownership().onMove(usages::takeOver);
    }

    private JainStack stack(SipCounters counters) {
        try {
            return new JainStack(config.limits(), network, counters);
        } catch (PeerUnavailableException e) {
            throw new IllegalStateException("JAIN-SIP does not start", e);
        }
    }

    /**
     * Starts to listen.
     *
     * @throws IOException naming the point that cannot be listened on; nothing listens then
     */
    public void start() throws IOException {
        try {
            for (ListenOn on : config.listen()) {
                listen(on);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        usages.start();
        subscriptions.start();
        housekeeping.scheduleAtFixedRate(this::sweep, 1, 1, TimeUnit.SECONDS);
    }

    private void listen(ListenOn on) throws IOException {
        try {
            InetAddress address = InetAddress.getByName(on.host());
            int port = network.bind(on.transport(), address, on.port());
            String transport = on.transport().name().toLowerCase(Locale.ROOT);
            var point = stack.createListeningPoint(address.getHostAddress(), port, transport);
            SipProvider provider = stack.createSipProvider(point);
            // Known before the first message may come in by it.
            points.add(new SipPoint(
                    new ListenOn(on.transport(), on.host(), port),
                    address,
                    config.advertisedHost(),
                    config.contact(),
                    others.prefix(),
                    provider));
            provider.addSipListener(listener);
        } catch (IOException
                | InvalidArgumentException
                | TransportNotSupportedException
                | ObjectInUseException
                | TooManyListenersException e) {
            throw new IOException(on + ": " + e.getMessage(), e);
        }
    }

    private void sweep() {
        connections.sweep();
        servers.sweep();
    }

    /** Where it listens, with the ports that were chosen. */
    public List<ListenOn> listening() {
        var all = new ArrayList<ListenOn>();
        points.all().forEach(point -> all.add(point.on()));
        return List.copyOf(all);
    }

    /** What another node leaves behind when it is gone. */
    private void left(String node, InsideRequests inside) {
        usages.takeOver();
        subscriptions.lost();
        others.left(node);
        for (SipTransactionId id : servers.leftBy(node)) {
            servers.find(id).ifPresent(waiting -> arrivesAgain(id, waiting, inside));
        }
    }

    private void arrivesAgain(SipTransactionId id, ServerTransactions.Waiting waiting, InsideRequests inside) {
        try {
            inside.arrived(new ReceivedMessage(waiting.request()), id);
        } catch (RuntimeException failed) {
            LOG.error(
                    "a {} that a node had in hand is refused", waiting.request().getMethod(), failed);
            servers.answer(id, SipCommand.Response.of(500));
        }
    }

    @Override
    public void execute(SipCommand command) {
        if (others.areNone()) {
            executeHere(command);
            return;
        }
        switch (command) {
            case SipCommand.SendInvite invite ->
                usages.run(tag(invite.usage()), () -> sendByKeeper(invite, invite.target()));
            case SipCommand.SendMessage message ->
                Thread.ofVirtual().name("sip-message").start(() -> sendByKeeper(message, message.target()));
            default -> executeHere(command);
        }
    }

    /** By the node that has the connection with whom it is for, if that is another one. */
    private void sendByKeeper(SipCommand order, SipUri target) {
        Optional<String> keeper = ways.flowTo(target).flatMap(others::keeping);
        if (keeper.isEmpty() || !isTaken(keeper.get(), order)) {
            executeHere(order);
        }
    }

    private boolean isTaken(String node, SipCommand order) {
        try {
            return others.write(node, new SipLetter.Send(order));
        } catch (NodeGoneException e) {
            LOG.info("node {} does not send what its connection is for: {}", node, e.getMessage());
            return false;
        }
    }

    /** For another node; the next order for the same usage finds it stored. */
    private boolean sendHere(SipCommand order) {
        executeHere(order);
        if (order instanceof SipCommand.SendInvite invite) {
            usages.awaitTurn(tag(invite.usage()));
        }
        return true;
    }

    private void executeHere(SipCommand command) {
        switch (command) {
            case SipCommand.SendInvite invite ->
                orderedInvites.send(
                        invite, tag(invite.usage()), invite.replaces().map(SipEdge::tag));
            case SipCommand.RingInvite(var usage) -> usages.post(tag(usage), new UsageEvent.Ring());
            case SipCommand.AcceptInvite(var usage, var media, var focus, var headers) ->
                usages.post(tag(usage), new UsageEvent.Accept(media, focus, headers));
            case SipCommand.ForkInvite(var usage, var fork) -> usages.fork(tag(usage), fork, tag(fork));
            case SipCommand.RefuseInvite(var usage, var refusal) ->
                usages.post(tag(usage), new UsageEvent.Refuse(refusal));
            case SipCommand.SendReinvite(var usage, var offer, var focus) ->
                usages.post(tag(usage), new UsageEvent.Reinvite(offer, focus));
            case SipCommand.AcceptReinvite(var usage, var id, var media, var focus, var headers) ->
                usages.post(tag(usage), new UsageEvent.AcceptReinvite(id, media, focus, headers));
            case SipCommand.RefuseReinvite(var usage, var id, var refusal) ->
                usages.post(tag(usage), new UsageEvent.RefuseReinvite(id, refusal));
            case SipCommand.EndUsage(var usage, var reason) -> usages.post(tag(usage), new UsageEvent.End(reason));
            case SipCommand.SendMessage message -> messages.send(message);
            case SipCommand.AnswerMessage(var id, var response) -> servers.answer(id, response);
            case SipCommand.OfSubscription order -> OrderedNotices.of(order).postTo(subscriptions);
        }
    }

    /** The local tag of a usage: its own id when an edge issued it, else made from it, so that every node finds it. */
    private static String tag(InviteUsageId usage) {
        if (Tokens.isToken(usage.value())) {
            return usage.value();
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(usage.value().getBytes(StandardCharsets.UTF_8));
            return Tokens.of(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Refuses new INVITE and MESSAGE with 503 and lets running ones finish; returns when they have, or after {@code bound}.
     */
    public void drain(Duration bound) {
        admission.drain();
        others.all().forEach(node -> others.tell(node, new SipLetter.Leaving()));
        long end = System.nanoTime() + bound.toNanos();
        while (System.nanoTime() < end
                && (admission.waiting() > 0 || client.open() > 0 || usages.busy() > 0 || subscriptions.busy() > 0)) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Override
    public void close() {
        admission.drain();
        usages.stop();
        subscriptions.stop();
        housekeeping.shutdownNow();
        stopStack();
        network.close();
        connections.closeAll();
    }

    /** JAIN-SIP trips over a connection that its own thread closes at this moment; asked again, it goes on with the others. */
    private void stopStack() {
        for (int attempt = 1; attempt <= STOPS; attempt++) {
            try {
                stack.stop();
                return;
            } catch (RuntimeException tripped) {
                LOG.info("JAIN-SIP did not stop at once, attempt {}: {}", attempt, tripped.toString());
            }
        }
    }

    /** What is alive now, for metrics and leak tests. */
    public Snapshot snapshot() {
        return new Snapshot(
                stack.getServerTransactionTableSize(),
                stack.getClientTransactionTableSize(),
                usages.stored(),
                live.size(),
                servers.waiting() + messages.inFlight(),
                usages.deadlines(),
                connections.size());
    }

    /** Numbers for metrics, by name. */
    public Map<String, Long> gauges() {
        Snapshot now = snapshot();
        return Map.of(
                "server-transactions", (long) now.serverTransactions(),
                "client-transactions", (long) now.clientTransactions(),
                "invite-usages", now.usages(),
                "subscriptions", subscriptions.stored(),
                "waiting-requests", (long) now.waitingRequests(),
                "connections", (long) now.connections());
    }
}
