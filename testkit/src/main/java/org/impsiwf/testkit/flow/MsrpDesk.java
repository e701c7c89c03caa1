package org.impsiwf.testkit.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;

/** Plays the MSRP edge and the users behind it. */
final class MsrpDesk {

    private record Outgoing(MsrpSessionId session, String user, String text) {}

    private final InMemoryWorld world;
    private final Map<String, MsrpSessionId> open = new LinkedHashMap<>();
    private final Map<String, String> exchanges = new HashMap<>();
    private final Map<String, Outgoing> outgoing = new LinkedHashMap<>();

    MsrpDesk(InMemoryWorld world) {
        this.world = world;
    }

    static boolean knows(String name) {
        return name.equals("CONNECT")
                || name.equals("DISCONNECT")
                || name.equals("REPORT")
                || name.equals("SEND")
                || name.endsWith(" SEND");
    }

    void execute(MsrpCommand command) {
        switch (command) {
            case MsrpCommand.PrepareSession c -> {
                open.put(c.session().value(), c.session());
                String path = "msrp://iwf/" + c.session().value().hashCode();
                post(new MsrpEvent.SessionPrepared(
                        c.session(), new MsrpEvent.LocalEndpoint(path, "iwf", 2855, c.secure(), Optional.empty())));
            }
            case MsrpCommand.ConnectSession c -> {
                // The users connect when a line says so.
            }
            case MsrpCommand.SendMessage c -> send(c);
            case MsrpCommand.AnswerMessage c -> {
                String id = exchanges.get(c.exchange().value());
                world.ledger().answered("SEND " + c.exchange().value(), c.status());
                say(c.session(), c.status() + " SEND", Map.of("id", id));
            }
            case MsrpCommand.SendReport c ->
                say(c.session(), "REPORT", Map.of("id", c.messageId(), "status", String.valueOf(c.status())));
            case MsrpCommand.AnswerNickname c -> throw new UnsupportedOperationException();
            case MsrpCommand.CloseSession c -> {
                open.remove(c.session().value());
                outgoing.values().removeIf(message -> message.session().equals(c.session()));
            }
        }
    }

    private void send(MsrpCommand.SendMessage c) {
        Map<String, String> fields = new TreeMap<>();
        Words.describe(c.content().contentType(), c.content().bytes(), fields);
        fields.put("id", c.messageId());
        if (c.successReport() == SuccessReport.YES) {
            fields.put("report", "yes");
        }
        String text = fields.getOrDefault("text", "");
        if (c.failureReport() != FailureReport.NO) {
            outgoing.put(c.messageId(), new Outgoing(c.session(), user(c.session()), text));
        }
        world.ledger().carried(text, user(c.session()), c.messageId());
        say(c.session(), "SEND", fields);
    }

    void inject(FlowMessage m) {
        switch (m.name()) {
            case "CONNECT" -> post(new MsrpEvent.SessionConnected(session(m)));
            case "DISCONNECT" -> disconnect(session(m));
            case "SEND" -> received(m);
            case "REPORT" ->
                post(new MsrpEvent.ReportReceived(
                        session(m), m.field("id", ""), Integer.parseInt(m.field("status", "200")), Optional.empty()));
            default -> answered(m);
        }
    }

    boolean canSend(FlowMessage m) {
        boolean inSession =
                open.values().stream().anyMatch(session -> user(session).equals(m.from()));
        return m.name().endsWith(" SEND")
                ? m.fields().containsKey("id") ? outgoing.containsKey(m.field("id", "")) : !outgoing.isEmpty()
                : inSession;
    }

    private void received(FlowMessage m) {
        MsrpSessionId session = session(m);
        String exchange = "x" + world.sequence();
        String id = m.field("id", "m" + exchange);
        exchanges.put(exchange, id);
        Words.Content body = Words.body(m, Words.sipUser(m.from()), Words.impsUserAsSip(m.field("to", "bob")));
        boolean signal =
                MediaType.is(body.type(), MediaType.IS_COMPOSING) || m.fields().containsKey("status");
        world.ledger().owed("SEND " + exchange, signal ? "" : SipDesk.text(m));
        post(new MsrpEvent.MessageReceived(
                session,
                new ExchangeId(exchange),
                id,
                new MsrpContent(body.type(), body.bytes()),
                m.field("success-report", "no").equals("yes") ? SuccessReport.YES : SuccessReport.NO,
                FailureReport.YES));
    }

    private void answered(FlowMessage m) {
        int status = Integer.parseInt(m.name().substring(0, 3));
        String id = m.field("id", outgoing.keySet().stream().findFirst().orElseThrow());
        Outgoing sent = outgoing.remove(id);
        if (sent == null) {
            return;
        }
        if (status == 200) {
            world.ledger().takenByFarSide(sent.text(), sent.user());
            post(new MsrpEvent.MessageAccepted(sent.session(), id));
        } else {
            world.ledger().refusedByFarSide(sent.text(), sent.user());
            post(new MsrpEvent.MessageRefused(sent.session(), id, status));
        }
    }

    private void disconnect(MsrpSessionId session) {
        new ArrayList<>(outgoing.entrySet())
                .stream()
                        .filter(entry -> entry.getValue().session().equals(session))
                        .forEach(entry -> {
                            outgoing.remove(entry.getKey());
                            post(new MsrpEvent.MessageRefused(session, entry.getKey(), 408));
                        });
        post(new MsrpEvent.SessionFailed(session, "connection reset"));
    }

    /** Connections die with their owner; who takes over is told so. */
    void ownerDied() {
        exchanges.keySet().forEach(exchange -> world.ledger().excused("SEND " + exchange));
        outgoing.clear();
        open.values().forEach(session -> post(new MsrpEvent.SessionFailed(session, "its owner is gone")));
        open.clear();
    }

    void refuseOpenSessions() {
        if (!open.isEmpty()) {
            throw new AssertionError("MSRP sessions that nobody closed: " + open.keySet());
        }
    }

    private MsrpSessionId session(FlowMessage m) {
        return List.copyOf(open.values()).reversed().stream()
                .filter(session -> user(session).equals(m.from()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no MSRP session for " + m));
    }

    private static String user(MsrpSessionId session) {
        String key = MailboxKey.within(session.value()).orElseThrow().id();
        return Words.shortName("sip:" + key.substring(0, key.indexOf('|')));
    }

    private void say(MsrpSessionId session, String name, Map<String, String> fields) {
        world.send(new FlowMessage(FlowMessage.GATEWAY, user(session), name, fields));
    }

    private void post(MsrpEvent event) {
        world.post(new Event.Msrp(event));
    }
}
