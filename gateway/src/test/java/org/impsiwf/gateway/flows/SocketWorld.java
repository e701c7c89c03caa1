package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.server.PeerSnapshot;
import org.impsiwf.testkit.Inbox;
import org.impsiwf.testkit.flow.Flow;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.FlowWorld;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;
import org.impsiwf.testkit.ssp.Manner;
import org.impsiwf.testkit.ssp.RawSspPeer;

/**
 * A gateway with sockets around it: user agents on the one side, on the other an SSP peer whose XML is written by hand. The
 * gateway starts with the first message, after all that is given. Time passes on the gateway's clock alone.
 */
final class SocketWorld implements FlowWorld, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** With these two messages of one name are told apart. */
    private static final Set<String> IDENTITIES =
            Set.of("tx", "call", "invite", "id", "request", "sub", "refer", "version");

    /** What a peer's name begins with. */
    private static final String PEER = "imps";

    private static final String OTHER_PEER = "imps2";

    /** Validity time of a transaction with the defaults of the configuration, and how often it is tried. */
    private static final Duration VALIDITY = Duration.ofSeconds(8);

    private static final int ATTEMPTS = 3;

    /** What waits a while for a session that was lost. */
    private static final List<String> WAITING =
            List.of("DeliveryStatusReport", "SendMessageRequest", "GetGroupPropsRequest");

    private static final Duration STEP = Duration.ofSeconds(1);

    /** How long a request waits for a session that was lost. */
    private static final Duration SESSION_WAIT = Duration.ofSeconds(5);

    private static final int SLOWNESS = 10;
    private static final int SLOWNESS_OF_REPEATS = 4;

    /** The gateway tries no later to open its session again. */
    private static final Duration RECONNECT = Duration.ofSeconds(1);

    private final Flow flow;
    private final Disturbance disturbance;
    private final GivenTerms given = new GivenTerms();
    private final Inbox<FlowMessage> sent = new Inbox<>("the participants", FlowMessage::toString);
    private final SipSocketDesk sip;
    private final MsrpSocketDesk msrp;
    private final DeliveryTruth truth = new DeliveryTruth();
    private volatile Goodwill goodwill;
    private Scene scene;
    private RawSspPeer peer;
    private SspSocketDesk ssp;
    private Optional<RawSspPeer> otherPeer = Optional.empty();
    private Optional<SspSocketDesk> otherSsp = Optional.empty();
    private boolean peerJustSpoke;
    private boolean peerIsGone;
    private double givenUpBefore;

    /** What the network, or the peer, does to every message. */
    enum Disturbance {
        NONE,
        /** The first copy of every SIP message is lost. */
        SIP_LOST,
        /** Every SIP message comes twice. */
        SIP_DOUBLED,
        /** The peer sends every SSP message twice, under the same Transaction-ID. */
        SSP_REPEATED
    }

    SocketWorld(Flow flow, SipTransport transport) {
        this(flow, transport, Disturbance.NONE);
    }

    SocketWorld(Flow flow, SipTransport transport, Disturbance disturbance) {
        this.flow = flow;
        this.disturbance = disturbance;
        this.msrp = new MsrpSocketDesk(this::told);
        this.sip = new SipSocketDesk(transport, msrp, this::told);
    }

    /** The gateway has sent this to a participant. */
    private void told(FlowMessage message) {
        truth.told(message);
        if (goodwill == null) {
            sent.put(message);
        } else {
            goodwill.sees(message);
        }
    }

    @Override
    public void given(String key, String value) {
        if (scene != null) {
            throw new IllegalArgumentException(flow.name() + ": " + key + " is given too late");
        }
        given.put(key, value);
    }

    @Override
    public Optional<FlowMessage> played(FlowMessage line) {
        String from = line.from().equals(FlowMessage.ELEMENTS) ? FlowMessage.GATEWAY : line.from();
        String to = line.to().equals(FlowMessage.ELEMENTS) ? FlowMessage.GATEWAY : line.to();
        return Optional.of(new FlowMessage(from, to, line.name(), line.fields()))
                .filter(message -> !message.from().equals(message.to()));
    }

    @Override
    public void inject(FlowMessage message) {
        if (peerJustSpoke) {
            isTaken();
        }
        started();
        pass(message);
    }

    private void passIfPossible(FlowMessage message) {
        if (!message.name().endsWith(" SEND") || msrp.canAnswer(message.field("id", ""))) {
            pass(message);
        }
    }

    private void pass(FlowMessage message) {
        truth.injected(message);
        if (message.from().equals(OTHER_PEER)) {
            otherSsp.orElseThrow().inject(message);
            peerJustSpoke = true;
        } else if (message.from().equals(PEER)) {
            injectFromPeer(message);
        } else if (MsrpSocketDesk.knows(message.name())) {
            msrp.inject(message);
        } else {
            sip.inject(message);
            // What a CANCEL means is decided after it was answered.
            peerJustSpoke |= message.name().equals("CANCEL");
        }
    }

    private void injectFromPeer(FlowMessage message) {
        switch (message.name()) {
            case "SILENCE" -> staysSilent(message);
            case "DOWN" -> {
                givenUpBefore = givenUp();
                ssp.logsOut();
                peer.goesDown();
                await().atMost(PATIENCE).until(() -> peerState() != PeerSnapshot.State.UP);
                peerIsGone = true;
            }
            case "KILLED" -> {
                givenUpBefore = givenUp();
                peer.dies();
                ssp.forgets();
                peerIsGone = true;
            }
            case "UP" -> {
                peerIsGone = false;
                peer.comesBack();
                scene.forward(RECONNECT);
                peer.expectsSession();
                isTaken();
            }
            default -> {
                ssp.inject(message);
                peerJustSpoke = true;
            }
        }
    }

    /** How much the gateway could not pass to the peer. */
    private double givenUp() {
        return WAITING.stream()
                .mapToDouble(name -> scene.metric("iwf_ssp_total", "detail=\"" + name + "\",event=\"request-un"))
                .sum();
    }

    private PeerSnapshot.State peerState() {
        return scene.gateway().ssp().peers().getFirst().state();
    }

    /** SSP 8.5: the validity time of each attempt passes; each comes with the same Transaction-ID. */
    private void staysSilent(FlowMessage message) {
        String request = message.field("request", "");
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            int came = attempt;
            await().atMost(PATIENCE).until(() -> ssp.copiesOf(request) == came);
            scene.forward(VALIDITY);
        }
    }

    @Override
    public Optional<FlowMessage> next(FlowMessage expected) {
        started();
        peerJustSpoke = false;
        return sent.poll(message -> canBe(expected, message), PATIENCE)
                .or(() -> sent.poll(message -> message.to().equals(expected.to()), Duration.ZERO));
    }

    private static boolean canBe(FlowMessage expected, FlowMessage message) {
        return message.to().equals(expected.to())
                && message.name().equals(expected.name())
                && IDENTITIES.stream()
                        .filter(expected.fields()::containsKey)
                        .allMatch(key -> expected.field(key, "").equals(message.field(key, "")));
    }

    @Override
    public Optional<FlowMessage> leftOver() {
        return sent.unread().stream().findFirst();
    }

    @Override
    public void advance(Duration duration) {
        started();
        isTaken();
        scene.forward(duration);
        if (peerIsGone && duration.compareTo(SESSION_WAIT) > 0) {
            // What the gateway had begun to send meanwhile waits from then on, so time goes on until that is over, too.
            await().atMost(PATIENCE).until(() -> {
                boolean over = givenUp() > givenUpBefore;
                if (!over) {
                    scene.forward(STEP);
                }
                return over;
            });
        }
    }

    /** Waits until the gateway has decided on all that the peer has sent: its messages are taken in order. */
    private void isTaken() {
        peerJustSpoke = false;
        if (scene != null && !peerIsGone && peerState() == PeerSnapshot.State.UP) {
            ssp.asksForASignOfLife();
            otherSsp.ifPresent(SspSocketDesk::asksForASignOfLife);
            await().atMost(PATIENCE).until(() -> scene.gateway().remains().busyMailboxes() == 0);
        }
    }

    private void started() {
        if (scene == null) {
            start();
        }
    }

    private void start() {
        boolean down = given.peerIsDown();
        Manner manner = given.manner();
        peer = RawSspPeer.start(new RawSspPeer.Settings(
                        "wv:@imps.example.com", Scene.IMPS_SECRET, Scene.GATEWAY_SECRET, "SHA-1", manner))
                .accepting(given.acceptedTypes());
        ssp = new SspSocketDesk(PEER, peer, copies(), this::told);
        if (participates(OTHER_PEER)) {
            otherPeer = Optional.of(RawSspPeer.start(new RawSspPeer.Settings(
                    "wv:@imps2.example.com", Scene.IMPS_SECRET, Scene.GATEWAY_SECRET, "SHA-1", Manner.OMA_1_3)));
            otherSsp = otherPeer.map(raw -> new SspSocketDesk(OTHER_PEER, raw, copies(), this::told));
        }
        try {
            scene = Scene.facing(peer.url(), given.terms(otherPeer), time());
        } catch (IOException e) {
            throw new AssertionError("no gateway", e);
        }
        peer.facing(scene.sspUrl());
        otherPeer.ifPresent(raw -> raw.facing(scene.sspUrl()));
        sip.start(scene, participants());
        sip.agents().forEach(this::disturb);
        if (!down) {
            peer.expectsSession();
            if (manner == Manner.OMA_1_3) {
                peer.isAsked("GetAcceptedContentTypesRequest");
            }
            otherPeer.ifPresent(raw -> {
                raw.expectsSession();
                raw.isAsked("GetAcceptedContentTypesRequest");
            });
            isTaken();
        }
    }

    private int copies() {
        return disturbance == Disturbance.SSP_REPEATED ? 2 : 1;
    }

    private boolean participates(String name) {
        return messages()
                .anyMatch(message -> message.from().equals(name) || message.to().equals(name));
    }

    private Stream<FlowMessage> messages() {
        return flow.steps().stream()
                .flatMap(step -> step instanceof Flow.Step.Message(int line, FlowMessage message)
                        ? played(message).stream()
                        : Stream.empty());
    }

    private void disturb(SipUserAgent agent) {
        Function<SipMessage, String> copy = m -> m.startLine() + m.branch() + m.cseq();
        if (disturbance == Disturbance.SIP_LOST) {
            agent.leaving.loseFirstOfEach(copy);
            agent.arriving.loseFirstOfEach(copy);
        } else if (disturbance == Disturbance.SIP_DOUBLED) {
            agent.leaving.doubleFirstOfEach(copy);
            agent.arriving.doubleFirstOfEach(copy);
        }
    }

    /** The gateway repeats a 2xx that was lost by the same clock. */
    private ForwardTime time() {
        return new ForwardTime(disturbance == Disturbance.SIP_LOST ? SLOWNESS_OF_REPEATS : SLOWNESS);
    }

    /** The SIP users, each with whether it registers: who claims another identity does not. */
    private Map<String, Boolean> participants() {
        return messages()
                .filter(message ->
                        !message.from().startsWith(PEER) && !message.to().startsWith(PEER))
                .collect(Collectors.toMap(
                        message -> message.isToGateway() ? message.from() : message.to(),
                        message -> !message.fields().containsKey("as"),
                        (one, other) -> one && other));
    }

    /** Every MSRP connection breaks, and from now on everybody does what is needed for each message to arrive. */
    void connectionsBreak() {
        goodwill = new Goodwill(this::passIfPossible, truth);
        msrp.breakAll();
        sent.unread().forEach(goodwill::sees);
        goodwill.takesUp(ssp.unanswered());
    }

    /** After {@link #connectionsBreak}: everybody was told the truth, and nothing is left. */
    void endsTruly() {
        await().atMost(Scene.PATIENCE).until(truth::domainKnows);
        await().atMost(Scene.PATIENCE).until(() -> {
            sip.hangUpAll();
            return scene.gateway().remains().conversations() == 0;
        });
        goodwill.close();
        scene.leavesNothing();
        truth.holds();
        assertThat(scene.metric("iwf_noted_total", "our-mistake")).isZero();
    }

    double metric(String name, String label) {
        return scene.metric(name, label);
    }

    /** Whoever still talks leaves; nothing more comes, nothing is left, and no line was a mistake of the gateway's. */
    void settle() {
        sip.hangUpAll();
        scene.leavesNothing();
        assertThat(sent.unread())
                .as("what came after the end of %s", flow.name())
                .isEmpty();
        assertThat(scene.metric("iwf_noted_total", "our-mistake")).isZero();
        sip.everyRequestIsAnswered();
    }

    @Override
    public void close() {
        if (goodwill != null) {
            goodwill.close();
        }
        sip.close();
        if (scene != null) {
            scene.close();
        }
        if (peer != null) {
            peer.close();
        }
        otherPeer.ifPresent(RawSspPeer::close);
    }
}
