package org.impsiwf.testkit.flow;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;

/** Plays the SSP edge and one IMPS domain behind it, or our own service elements. */
final class SspDesk {

    private final InMemoryWorld world;
    private final String name;
    private final ServiceId id;
    private final boolean home;
    private final Map<String, Primitive> outgoing = new LinkedHashMap<>();
    private final Set<String> transactions = new HashSet<>();
    private final Map<String, SspEvent.RequestReceived> received = new LinkedHashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final Map<String, String> originals = new HashMap<>();
    private boolean reportsInOriginal;
    private final RollCall rollCall;
    private Peer peer;

    private SspDesk(InMemoryWorld world, String name, ServiceId id, boolean home) {
        this.world = world;
        this.name = name;
        this.id = id;
        this.home = home;
        this.rollCall = new RollCall(world.roll(), name);
        this.peer = Peer.plain(id, true);
    }

    /** A neighbour, under its name in the flows. */
    static SspDesk ofPeer(InMemoryWorld world, String name, String domain) {
        return new SspDesk(world, name, new ServiceId("wv:@" + domain), false);
    }

    /** Our own service elements: they answer, and address our users, as a neighbour does. */
    static SspDesk ofOurselves(InMemoryWorld world, String name) {
        return new SspDesk(world, name, new ServiceId("wv:@" + Cast.HOME_DOMAIN), true);
    }

    ServiceId id() {
        return id;
    }

    Peer peer() {
        return peer;
    }

    void given(String key, String value) {
        switch (key) {
            case "peer" -> peerIs(value.equals("up"));
            case "peer-accepts" -> peer = peer(peer.up(), List.of(value.split(",")), peer.invitesFirst());
            case "peer-invites-first" -> peer = peer(peer.up(), peer.acceptedContentTypes(), value.equals("yes"));
            case "peer-dialect" -> {
                peer = new Peer(id, peer.up(), List.of(), Optional.empty(), false, false);
                reportsInOriginal = value.equals("baraza");
            }
            default -> throw new IllegalArgumentException("nothing can be given as " + key);
        }
    }

    private Peer peer(boolean up, List<String> types, boolean invitesFirst) {
        return new Peer(id, up, types, Optional.empty(), invitesFirst, true);
    }

    /** Whether there is a session with it from now on. */
    private void peerIs(boolean up) {
        peer = new Peer(
                id,
                up,
                peer.acceptedContentTypes(),
                peer.maxContentSize(),
                peer.invitesFirst(),
                peer.takesCancelInvite());
    }

    void execute(SspCommand command) {
        switch (command) {
            case SspCommand.SendRequest c
            when !peer.up() -> {
                rollCall.ordered(c.primitive());
                post(new SspEvent.RequestFailed(id, c.request(), SspEvent.Cause.NO_SESSION));
            }
            case SspCommand.SendRequest c -> {
                rollCall.ordered(c.primitive());
                outgoing.put(c.request().value(), c.primitive());
                Map<String, String> fields = fields(c.primitive());
                fields.put("request", c.request().value());
                original(c.primitive()).ifPresent(tx -> {
                    fields.put("tx", tx);
                    // The edge answers for the peer, which takes this without a word, or with a Status that no flow
                    // shows.
                    outgoing.remove(c.request().value());
                    post(new SspEvent.ResponseReceived(id, c.request(), Status.of(200)));
                });
                if (c.primitive() instanceof SendMessageRequest) {
                    world.ledger().carried(fields.getOrDefault("text", ""), name, fields.get("id"));
                }
                say(c.primitive().getClass().getSimpleName(), fields);
            }
            case SspCommand.Answer c -> answer(c);
        }
    }

    /** The Transaction-ID under which the edge sends what belongs to a transaction of the peer. */
    private Optional<String> original(Primitive primitive) {
        return switch (primitive) {
            case InviteResponse r ->
                Optional.ofNullable(originals.get(r.inviteId().value()));
            case InviteUserResponse r ->
                Optional.ofNullable(originals.get(r.inviteId().value()));
            case DeliveryStatusReport r
            when reportsInOriginal -> r.messageInfo().messageId().map(message -> originals.get(message.value()));
            default -> Optional.empty();
        };
    }

    private void answer(SspCommand.Answer c) {
        Map<String, String> fields = fields(c.response());
        String tx = c.transaction().transactionId();
        fields.put("tx", tx);
        answered.add(tx);
        if (isOneWay(tx)) {
            // The edge lets no answer out to what nobody waits for an answer to.
            return;
        }
        switch (c.response()) {
            case SendMessageResponse r -> {
                world.ledger()
                        .answered("SendMessageRequest " + tx, r.statusInfo().statusCode());
                Optional.ofNullable(received.get(tx))
                        .ifPresent(event -> rollCall.promised(event.request(), r.statusInfo()));
                say("SendMessageResponse " + r.statusInfo().statusCode(), fields);
            }
            case Status status -> {
                Optional.ofNullable(received.get(tx)).ifPresent(event -> rollCall.promised(event.request(), status));
                say("Status " + status.statusCode(), fields);
            }
            default -> say(c.response().getClass().getSimpleName(), fields);
        }
    }

    private static Map<String, String> fields(Primitive primitive) {
        Map<String, String> fields = new TreeMap<>();
        switch (primitive) {
            case ImPrimitive im -> MessageLines.describe(im, fields);
            case InvitationPrimitive invitation -> InvitationLines.describe(invitation, fields);
            case GroupPrimitive group -> GroupLines.describe(group, fields);
            case Status status -> SspWords.detail(status, fields);
            default -> {
                // No flow looks into it.
            }
        }
        return fields;
    }

    void inject(FlowMessage m) {
        switch (m.name().split(" ")[0]) {
            case "SILENCE" -> fail(m, SspEvent.Cause.NO_ANSWER);
            case "DOWN" -> down();
            case "UP" -> peerIs(true);
            default -> request(m).ifPresentOrElse(request -> received(m, request), () -> respond(m));
        }
    }

    /** What the line asks for; an answer has its code in the name. */
    private Optional<Primitive> request(FlowMessage m) {
        return Stream.of(MessageLines.request(m, id), InvitationLines.request(m, id), GroupLines.request(m, id))
                .flatMap(Optional::stream)
                .map(Primitive.class::cast)
                .findFirst();
    }

    private void received(FlowMessage m, Primitive request) {
        String tx = m.field("tx", "t" + world.sequence());
        if (!home && !MessageLines.saidInGroup(m) && speaksForOthers(request)) {
            // SSP 8.6: the edge lets a peer speak for its own domain only.
            say("Status 427", Map.of("tx", m.field("tx", "")));
            return;
        }
        if (!transactions.add(tx)) {
            // A repeat of the transaction, which the edge answers from its cache.
            return;
        }
        if (request instanceof SendMessageRequest) {
            boolean several = m.field("to", "alice").contains(",") || MessageLines.saidInGroup(m);
            world.ledger().owed("SendMessageRequest " + tx, several ? "" : PagerDesk.text(m));
        }
        switch (request) {
            case SendMessageRequest r ->
                r.messageInfo().messageId().ifPresent(message -> originals.put(message.value(), tx));
            case InviteRequest r -> originals.put(r.inviteId().value(), tx);
            case InviteUserRequest r -> originals.put(r.inviteId().value(), tx);
            default -> {
                // Nothing belongs to it later.
            }
        }
        var event = new SspEvent.RequestReceived(id, new TransactionRef(id, tx), request);
        received.put(tx, event);
        rollCall.said(request);
        post(event);
    }

    private boolean speaksForOthers(Primitive request) {
        return Optional.ofNullable(fields(request).get("user"))
                .filter(user -> !Words.impsUser(user).endsWith("@" + id.domain()))
                .isPresent();
    }

    boolean canSend(FlowMessage m) {
        return switch (m.name().split(" ")[0]) {
            case "DOWN" -> peer.up();
            case "UP" -> !peer.up();
            default -> request(m).isPresent() ? peer.up() : asked(m).isPresent();
        };
    }

    /** The request that a line answers: the one that it names, or the oldest of the kind. */
    private Optional<String> asked(FlowMessage m) {
        String answer = m.name().split(" ")[0];
        String of = answer.endsWith("Response")
                ? answer.substring(0, answer.length() - "Response".length()) + "Request"
                : answer.equals("LeaveGroupIndication") ? "LeaveGroupRequest" : "";
        return outgoing.entrySet().stream()
                .filter(entry -> of.isEmpty()
                        || entry.getValue().getClass().getSimpleName().equals(of))
                .map(Map.Entry::getKey)
                .filter(request -> m.field("request", request).equals(request))
                .findFirst();
    }

    private void respond(FlowMessage m) {
        Optional<String> request = asked(m);
        if (request.isEmpty()) {
            if (m.fields().containsKey("request")) {
                return;
            }
            throw new IllegalArgumentException("nothing to answer with " + m);
        }
        Primitive asked = outgoing.get(request.get());
        int code = SspWords.status(m).statusCode();
        if (code / 100 != 1) {
            outgoing.remove(request.get());
        }
        rollCall.answered(asked, code);
        if (asked instanceof SendMessageRequest r) {
            String text = fields(r).getOrDefault("text", "");
            if (code / 100 == 2) {
                world.ledger().takenByFarSide(text, name);
            } else if (code / 100 != 1) {
                world.ledger().refusedByFarSide(text, name);
            }
        }
        post(new SspEvent.ResponseReceived(id, new SspRequestId(request.get()), response(m, asked)));
    }

    private Primitive response(FlowMessage m, Primitive asked) {
        Status status = SspWords.status(m);
        if (m.name().startsWith("Status ")) {
            return status;
        }
        if (asked instanceof SendMessageRequest) {
            return new SendMessageResponse(
                    status,
                    status.isSuccess()
                            ? Optional.of(new MessageId(m.field("id", "server-1@imps.example.com")))
                            : Optional.empty());
        }
        return Optional.of(asked)
                .filter(GroupPrimitive.class::isInstance)
                .flatMap(group -> GroupLines.response(m, (GroupPrimitive) group))
                .orElseThrow(() -> new IllegalArgumentException("an IMPS domain cannot send " + m.name()));
    }

    /** SSP 17.1.5: who has to leave is told so, and nothing more. */
    private boolean isOneWay(String tx) {
        return Optional.ofNullable(received.get(tx))
                .filter(event -> event.request() instanceof GroupPrimitive.LeaveGroupIndication)
                .isPresent();
    }

    /**
     * The peer asks again for what it waits for; its own answers had gone to the dead owner. A message without a name it
     * does not dare to send twice.
     */
    void ownerDied() {
        outgoing.clear();
        for (SspEvent.RequestReceived request : received.values()) {
            String tx = request.transaction().transactionId();
            switch (request.request()) {
                case SendMessageRequest message
                when message.messageInfo().messageId().isEmpty() ->
                    world.ledger().excused("SendMessageRequest " + tx);
                case SendMessageRequest message -> again(request);
                case ImPrimitive.ExtendConversationRequest extension -> again(request);
                case ImPrimitive.ExtendConversationResponse extension -> again(request);
                case GroupPrimitive.GroupChangeNotice notice -> again(request);
                case InviteUserRequest invitation -> again(request);
                default -> {
                    // Sent once, or repeated by its user.
                }
            }
        }
    }

    private void again(SspEvent.RequestReceived request) {
        if (!answered.contains(request.transaction().transactionId())) {
            post(request);
        }
    }

    /** The session ends; what is on its way may have been acted on or not. */
    void down() {
        peerIs(false);
        List.copyOf(outgoing.keySet()).forEach(request -> {
            outgoing.remove(request);
            post(new SspEvent.RequestFailed(id, new SspRequestId(request), SspEvent.Cause.NO_ANSWER));
        });
    }

    private void fail(FlowMessage m, SspEvent.Cause cause) {
        String request = m.field(
                "request",
                outgoing.keySet().stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("nothing to be silent about")));
        outgoing.remove(request);
        post(new SspEvent.RequestFailed(id, new SspRequestId(request), cause));
    }

    private void say(String primitive, Map<String, String> fields) {
        world.send(new FlowMessage(FlowMessage.GATEWAY, name, primitive, fields));
    }

    private void post(SspEvent event) {
        world.post(new Event.Ssp(event));
    }
}
