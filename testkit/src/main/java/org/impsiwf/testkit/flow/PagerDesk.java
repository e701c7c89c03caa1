package org.impsiwf.testkit.flow;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;

/** Plays MESSAGE at the SIP edge and the users behind it. */
final class PagerDesk {

    private final InMemoryWorld world;
    private final Map<String, SipEvent.MessageReceived> received = new LinkedHashMap<>();
    private final Map<String, String> transactions = new HashMap<>();
    private final Map<String, SipCommand.SendMessage> outgoing = new LinkedHashMap<>();

    PagerDesk(InMemoryWorld world) {
        this.world = world;
    }

    void send(SipCommand.SendMessage c) {
        Map<String, String> fields = new TreeMap<>();
        Words.describe(c.body().contentType(), c.body().bytes(), fields);
        fields.put("request", c.request().value());
        fields.put("from", Words.shortName(c.sender().from().uri().value()));
        String user = user(c);
        world.ledger().carried(fields.getOrDefault("text", ""), user, "MESSAGE");
        say(user, "MESSAGE", fields);
        if (world.isGone(user)) {
            nobodyAnswers(c);
        } else {
            outgoing.put(c.request().value(), c);
        }
    }

    void answer(SipCommand.AnswerMessage c) {
        String tx = c.transaction().value();
        world.ledger().answered("MESSAGE " + tx, c.response().status());
        say(
                transactions.get(tx),
                c.response().status() + " MESSAGE",
                SipLines.response(c.response(), Map.of("tx", tx)));
    }

    void message(FlowMessage m) {
        String tx = m.field("tx", "tx" + world.sequence());
        if (transactions.putIfAbsent(tx, m.from()) != null) {
            return;
        }
        String to = Words.impsUserAsSip(m.field("to", "bob"));
        Words.Content body = Words.body(m, Words.sipUser(m.from()), to);
        boolean signal =
                MediaType.is(body.type(), MediaType.IS_COMPOSING) || m.fields().containsKey("status");
        world.ledger().owed("MESSAGE " + tx, signal ? "" : text(m));
        var event = new SipEvent.MessageReceived(
                new SipTransactionId(tx), SipLines.head(m), Optional.of(new Body(body.type(), body.bytes())));
        received.put(tx, event);
        post(event);
    }

    /** The text that the far side will get: padded to the size that the line asks for. */
    static String text(FlowMessage m) {
        FlowMessage plain =
                new FlowMessage("", "", "", Map.of("text", m.field("text", ""), "size", m.field("size", "0")));
        return new String(Words.body(plain, "", "").bytes(), StandardCharsets.UTF_8);
    }

    void response(FlowMessage m) {
        int status = Integer.parseInt(m.name().substring(0, 3));
        SipCommand.SendMessage sent = outgoing.remove(waiting(m).findFirst().orElseThrow());
        if (status < 300) {
            world.ledger().takenByFarSide(textOf(sent), m.from());
        } else {
            world.ledger().refusedByFarSide(textOf(sent), m.from());
        }
        post(new SipEvent.MessageAnswered(sent.request(), SipEvent.FinalResponse.of(status, "")));
    }

    boolean canAnswer(FlowMessage m) {
        return waiting(m).findFirst().isPresent();
    }

    private Stream<String> waiting(FlowMessage m) {
        return outgoing.entrySet().stream()
                .filter(entry -> user(entry.getValue()).equals(m.from()))
                .map(Map.Entry::getKey)
                .filter(request -> m.field("request", request).equals(request));
    }

    /** MESSAGE transactions die with their owner; a client sends again what has an id of its own, and takes no silence for a yes. */
    void ownerDied() {
        outgoing.clear();
        for (SipEvent.MessageReceived message : received.values()) {
            String what = "MESSAGE " + message.transaction().value();
            boolean named = message.body()
                    .filter(body -> body.contentType().equals(MediaType.CPIM))
                    .isPresent();
            if (named && world.ledger().isOpen(what)) {
                post(message);
            }
            if (!named) {
                world.ledger().excused(what);
            }
        }
    }

    void vanish(String user) {
        List.copyOf(outgoing.values()).stream()
                .filter(message -> user(message).equals(user))
                .forEach(message -> {
                    outgoing.remove(message.request().value());
                    nobodyAnswers(message);
                });
    }

    private void nobodyAnswers(SipCommand.SendMessage message) {
        world.ledger().refusedByFarSide(textOf(message), user(message));
        post(new SipEvent.MessageAnswered(
                new RequestId(message.request().value()), SipEvent.FinalResponse.of(408, "")));
    }

    private static String textOf(SipCommand.SendMessage message) {
        Map<String, String> fields = new TreeMap<>();
        Words.describe(message.body().contentType(), message.body().bytes(), fields);
        return fields.getOrDefault("text", "");
    }

    private static String user(SipCommand.SendMessage message) {
        return Words.shortName(message.target().value());
    }

    private void say(String user, String name, Map<String, String> fields) {
        world.send(new FlowMessage(FlowMessage.GATEWAY, user, name, fields));
    }

    private void post(SipEvent event) {
        world.post(new Event.Sip(event));
    }
}
