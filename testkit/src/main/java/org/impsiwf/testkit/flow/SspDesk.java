package org.impsiwf.testkit.flow;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryStatusReport;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Octets;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Plays the SSP edge and the IMPS domain behind it. */
final class SspDesk {

    private static final String DOMAIN = "imps";

    private final InMemoryWorld world;
    private final Map<String, Primitive> outgoing = new LinkedHashMap<>();
    private final Set<String> transactions = new HashSet<>();

    private final Map<String, SspEvent.RequestReceived> received = new LinkedHashMap<>();
    private final Map<String, String> originals = new HashMap<>();
    private boolean reportsInOriginal;

    SspDesk(InMemoryWorld world) {
        this.world = world;
    }

    void reportsInOriginalTransactions(boolean in) {
        reportsInOriginal = in;
    }

    void execute(SspCommand command) {
        switch (command) {
            case SspCommand.SendRequest c
            when !world.peerIsUp() ->
                post(new SspEvent.RequestFailed(InMemoryWorld.PEER, c.request(), SspEvent.Cause.NO_SESSION));
            case SspCommand.SendRequest c -> {
                outgoing.put(c.request().value(), c.primitive());
                Map<String, String> fields = fields(c.primitive());
                fields.put("request", c.request().value());
                original(c.primitive()).ifPresent(tx -> {
                    fields.put("tx", tx);
                    // The edge answers for the peer, which takes this without a word, or with a Status that no flow
                    // shows.
                    outgoing.remove(c.request().value());
                    post(new SspEvent.ResponseReceived(InMemoryWorld.PEER, c.request(), Status.of(200)));
                });
                if (c.primitive() instanceof SendMessageRequest) {
                    world.ledger().carried(fields.getOrDefault("text", ""), DOMAIN, fields.get("id"));
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
            case DeliveryStatusReport r
            when reportsInOriginal -> r.messageInfo().messageId().map(id -> originals.get(id.value()));
            default -> Optional.empty();
        };
    }

    private void answer(SspCommand.Answer c) {
        Map<String, String> fields = fields(c.response());
        String tx = c.transaction().transactionId();
        fields.put("tx", tx);
        switch (c.response()) {
            case SendMessageResponse r -> {
                world.ledger()
                        .answered("SendMessageRequest " + tx, r.statusInfo().statusCode());
                say("SendMessageResponse " + r.statusInfo().statusCode(), fields);
            }
            case Status status -> say("Status " + status.statusCode(), fields);
            default -> say(c.response().getClass().getSimpleName(), fields);
        }
    }

    private static Map<String, String> fields(Primitive primitive) {
        Map<String, String> fields = new TreeMap<>();
        switch (primitive) {
            case SendMessageRequest r -> {
                describe(r.messageInfo(), fields);
                fields.put("report", r.deliveryReportRequest() ? "yes" : "no");
                r.content()
                        .ifPresent(content -> Words.describe(
                                content.contentType().orElse("text/plain"),
                                content.data().bytes(),
                                fields));
            }
            case SendMessageResponse r -> {
                r.messageId().ifPresent(id -> fields.put("id", id.value()));
                detail(r.statusInfo(), fields);
            }
            case DeliveryStatusReport r -> {
                describe(r.messageInfo(), fields);
                fields.put("result", String.valueOf(r.deliveryResult().statusCode()));
            }
            case InviteRequest r -> {
                fields.put("invite", r.inviteId().value());
                fields.put("type", r.inviteType().name());
            }
            case InviteResponse r -> {
                fields.put("invite", r.inviteId().value());
                fields.put("accepted", r.inviteAcceptance() ? "yes" : "no");
                r.inviteResponse().ifPresent(note -> fields.put("note", note));
            }
            case CancelInviteRequest r -> fields.put("invite", r.inviteId().value());
            default -> {
                // A status says it all in its name.
            }
        }
        return fields;
    }

    private static void describe(MessageInfo info, Map<String, String> fields) {
        info.messageId().ifPresent(id -> fields.put("id", id.value()));
        info.sender().ifPresent(sender -> fields.put("from", name(sender.address())));
        info.recipients().stream().findFirst().ifPresent(first -> fields.put("to", name(first.addressee())));
    }

    private static void detail(Status status, Map<String, String> fields) {
        status.detailedResult()
                .forEach(detail -> fields.merge(
                        "detail",
                        detail.code() + ":"
                                + String.join(
                                        "+",
                                        detail.userIds().stream()
                                                .map(user -> Words.shortName(user.value()))
                                                .toList()),
                        (a, b) -> a + "," + b));
    }

    private static String name(Addressee addressee) {
        return addressee instanceof User user ? Words.shortName(user.userId().value()) : addressee.toString();
    }

    void inject(FlowMessage m) {
        if (Words.impsUser(m.field("from", "bob")).endsWith("@" + InMemoryWorld.PEER.domain())) {
            injectAllowed(m);
        } else {
            // SSP 8.6: the edge lets a peer speak for its own domain only.
            say("Status 427", Map.of("tx", m.field("tx", "")));
        }
    }

    private void injectAllowed(FlowMessage m) {
        String[] words = m.name().split(" ");
        switch (words[0]) {
            case "SendMessageRequest" -> {
                String tx = m.field("tx", "t" + world.sequence());
                if (!transactions.add(tx)) {
                    // A repeat of the transaction, which the edge answers from its cache.
                    return;
                }
                world.ledger().owed("SendMessageRequest " + tx, several(m) ? "" : SipDesk.text(m));
                request(tx, sendMessage(m));
            }
            case "DeliveryStatusReport" -> request("t" + world.sequence(), report(m));
            case "InviteRequest" -> request(m.field("tx", "t" + world.sequence()), invite(m));
            case "CancelInviteRequest" -> request("t" + world.sequence(), cancel(m));
            case "InviteResponse" -> inviteResponse(m);
            case "SendMessageResponse" -> {
                int code = Integer.parseInt(words[1]);
                Optional<MessageId> id = code / 100 == 2
                        ? Optional.of(new MessageId(m.field("id", "server-1@imps.example.com")))
                        : Optional.empty();
                respond(m, code, new SendMessageResponse(Status.of(code), id), SendMessageRequest.class);
            }
            case "Status" ->
                respond(m, Integer.parseInt(words[1]), Status.of(Integer.parseInt(words[1])), Primitive.class);
            case "SILENCE" -> fail(m, SspEvent.Cause.NO_ANSWER);
            case "DOWN" -> down();
            case "UP" -> world.peerIs(true);
            default -> throw new IllegalArgumentException("the IMPS domain cannot send " + m.name());
        }
    }

    boolean canSend(FlowMessage m) {
        boolean request = m.name().endsWith("Request")
                || m.name().equals("DeliveryStatusReport")
                || m.name().equals("InviteResponse");
        if (m.name().equals("DOWN") || m.name().equals("UP")) {
            return world.peerIsUp() == m.name().equals("DOWN");
        }
        if (request && !world.peerIsUp()) {
            return false;
        }
        if (request) {
            return true;
        }
        if (m.fields().containsKey("request")) {
            return outgoing.containsKey(m.field("request", ""));
        }
        return m.name().startsWith("SendMessageResponse")
                ? outgoing.values().stream().anyMatch(SendMessageRequest.class::isInstance)
                : !outgoing.isEmpty();
    }

    private static boolean several(FlowMessage m) {
        return m.field("to", "alice").contains(",");
    }

    private void respond(FlowMessage m, int code, Primitive response, Class<?> to) {
        String request = m.field("request", oldest(to));
        Primitive asked = outgoing.get(request);
        if (asked == null) {
            return;
        }
        if (code / 100 != 1) {
            outgoing.remove(request);
        }
        if (asked instanceof SendMessageRequest r) {
            String text = fields(r).getOrDefault("text", "");
            if (code / 100 == 2) {
                world.ledger().takenByFarSide(text, DOMAIN);
            } else if (code / 100 != 1) {
                world.ledger().refusedByFarSide(text, DOMAIN);
            }
        }
        post(new SspEvent.ResponseReceived(InMemoryWorld.PEER, new SspRequestId(request), response));
    }

    /** The peer asks again for what it waits for if the message has a name; its own answers had gone to the dead owner. */
    void ownerDied() {
        outgoing.clear();
        for (SspEvent.RequestReceived request : received.values()) {
            String what = "SendMessageRequest " + request.transaction().transactionId();
            boolean named = request.request() instanceof SendMessageRequest message
                    && message.messageInfo().messageId().isPresent();
            if (named && world.ledger().isOpen(what)) {
                post(request);
            }
            if (!named) {
                world.ledger().excused(what);
            }
        }
    }

    /** The session ends; what is on its way may have been acted on or not. */
    private void down() {
        world.peerIs(false);
        List.copyOf(outgoing.keySet()).forEach(request -> {
            outgoing.remove(request);
            post(new SspEvent.RequestFailed(InMemoryWorld.PEER, new SspRequestId(request), SspEvent.Cause.NO_ANSWER));
        });
    }

    private void fail(FlowMessage m, SspEvent.Cause cause) {
        String request = m.field("request", oldest(Primitive.class));
        outgoing.remove(request);
        post(new SspEvent.RequestFailed(InMemoryWorld.PEER, new SspRequestId(request), cause));
    }

    private String oldest(Class<?> type) {
        return outgoing.entrySet().stream()
                .filter(entry -> type.isInstance(entry.getValue()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("nothing to answer"));
    }

    private void request(String tx, Primitive primitive) {
        switch (primitive) {
            case SendMessageRequest r -> r.messageInfo().messageId().ifPresent(id -> originals.put(id.value(), tx));
            case InviteRequest r -> originals.put(r.inviteId().value(), tx);
            default -> {
                // Nothing belongs to it later.
            }
        }
        var event =
                new SspEvent.RequestReceived(InMemoryWorld.PEER, new TransactionRef(InMemoryWorld.PEER, tx), primitive);
        received.put(tx, event);
        post(event);
    }

    private static SendMessageRequest sendMessage(FlowMessage m) {
        List<MessageInfo.Recipient> recipients = Arrays.stream(
                        m.field("to", "alice").split(","))
                .map(SspDesk::addressee)
                .map(MessageInfo.Recipient::new)
                .toList();
        User sender = User.of(Words.impsUser(m.field("from", "bob")));
        Words.Content body = Words.body(m, "", "");
        return new SendMessageRequest(
                meta(m.field("from", "bob")),
                m.field("report", "no").equals("yes"),
                info(m, recipients, sender, body.type()),
                Optional.of(new Content(Optional.of(body.type()), new Octets(body.bytes()))));
    }

    private static Addressee addressee(String name) {
        return name.contains("/") ? new GroupId(Words.sipUserAsImps(name)) : User.of(Words.sipUserAsImps(name));
    }

    private static MessageInfo info(
            FlowMessage m, List<MessageInfo.Recipient> recipients, Addressee sender, String contentType) {
        Optional<MessageId> id = Optional.ofNullable(m.fields().get("id")).map(MessageId::new);
        return new MessageInfo(
                id,
                Optional.empty(),
                Optional.of(contentType),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                recipients,
                Optional.of(MessageInfo.Sender.of(sender)),
                Optional.of(Instant.parse("2026-01-01T00:00:00Z")));
    }

    private static DeliveryStatusReport report(FlowMessage m) {
        User reporter = User.of(Words.impsUser(m.field("from", "bob")));
        MessageInfo.Recipient sender = new MessageInfo.Recipient(User.of(Words.sipUserAsImps(m.field("to", "alice"))));
        return new DeliveryStatusReport(
                meta(m.field("from", "bob")),
                Status.of(Integer.parseInt(m.field("result", "200"))),
                Optional.empty(),
                info(m, List.of(sender), reporter, "text/plain"));
    }

    private static InviteRequest invite(FlowMessage m) {
        return new InviteRequest(
                meta(m.field("from", "bob")),
                new InviteId(m.field("invite", "i1")),
                InviteType.IM,
                User.of(Words.impsUser(m.field("from", "bob"))),
                User.of(Words.sipUserAsImps(m.field("to", "alice"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CancelInviteRequest cancel(FlowMessage m) {
        return new CancelInviteRequest(
                meta(m.field("from", "bob")),
                new InviteId(m.field("invite", "i1")),
                User.of(Words.impsUser(m.field("from", "bob"))),
                User.of(Words.sipUserAsImps(m.field("to", "alice"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private void inviteResponse(FlowMessage m) {
        InviteResponse response = new InviteResponse(
                Status.of(200),
                new InviteId(m.field("invite", "i1")),
                User.of(Words.sipUserAsImps(m.field("to", "alice"))),
                m.field("accepted", "yes").equals("yes"),
                User.of(Words.impsUser(m.field("from", "bob"))),
                Optional.empty(),
                Optional.empty());
        request("t" + world.sequence(), response);
    }

    private static MetaInformation meta(String user) {
        return MetaInformation.ofUser(InMemoryWorld.PEER, new UserId(Words.impsUser(user)));
    }

    private void say(String name, Map<String, String> fields) {
        world.send(new FlowMessage(FlowMessage.GATEWAY, DOMAIN, name, fields));
    }

    private void post(SspEvent event) {
        world.post(new Event.Ssp(event));
    }
}
