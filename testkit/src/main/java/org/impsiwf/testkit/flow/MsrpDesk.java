package org.impsiwf.testkit.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.impsiwf.mapping.content.MediaType;
import org.impsiwf.mapping.event.Event;
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
    private final CallMedia media;
    private final Map<String, MsrpSessionId> open = new LinkedHashMap<>();
    private final Map<String, String> paths = new HashMap<>();
    private final Map<String, String> exchanges = new HashMap<>();
    private final Map<String, Outgoing> outgoing = new LinkedHashMap<>();
    private final Set<String> moved = new HashSet<>();

    MsrpDesk(InMemoryWorld world, CallMedia media) {
        this.world = world;
        this.media = media;
    }

    static boolean knows(String name) {
        return name.equals("CONNECT")
                || name.equals("DISCONNECT")
                || name.equals("REPORT")
                || name.equals("SEND")
                || name.equals("NICKNAME")
                || name.endsWith(" SEND");
    }

    void execute(MsrpCommand command) {
        switch (command) {
            case MsrpCommand.PrepareSession c -> {
                open.put(c.session().value(), c.session());
                String path = paths.computeIfAbsent(c.session().value(), session -> "msrp://iwf/" + world.sequence());
                post(new MsrpEvent.SessionPrepared(
                        c.session(), new MsrpEvent.LocalEndpoint(path, "iwf", 2855, c.secure(), Optional.empty())));
            }
            case MsrpCommand.ConnectSession c -> {
                // The users connect when a line says so; to a session that no line knows they do by themselves.
                if (moved.contains(c.session().value())) {
                    post(new MsrpEvent.SessionConnected(c.session()));
                }
            }
            case MsrpCommand.SendMessage c -> send(c);
            case MsrpCommand.AnswerMessage c -> {
                String id = exchanges.get(c.exchange().value());
                world.ledger().answered("SEND " + c.exchange().value(), c.status());
                say(c.session(), c.status() + " SEND", Map.of("id", id));
            }
            case MsrpCommand.SendReport c ->
                say(c.session(), "REPORT", Map.of("id", c.messageId(), "status", String.valueOf(c.status())));
            case MsrpCommand.AnswerNickname c -> {
                String id = exchanges.get(c.exchange().value());
                world.ledger().answered("NICKNAME " + c.exchange().value(), c.status());
                say(c.session(), c.status() + " NICKNAME", Map.of("id", id));
            }
            // They follow a MessageBegun only, and no line of a flow is that large.
            case MsrpCommand.OfLargeMessage c ->
                throw new IllegalStateException(c.getClass().getSimpleName() + " for a message that never began");
            case MsrpCommand.CloseSession c -> {
                open.remove(c.session().value());
                outgoing.values().removeIf(message -> message.session().equals(c.session()));
            }
        }
    }

    private void send(MsrpCommand.SendMessage c) {
        Map<String, String> fields = new TreeMap<>();
        Words.describe(c.content().contentType(), c.content().bytes(), fields);
        Words.describeParties(c.content().contentType(), c.content().bytes(), fields);
        fields.put("id", c.messageId());
        if (c.successReport() == SuccessReport.YES) {
            fields.put("report", "yes");
        }
        String text = fields.getOrDefault("text", "");
        if (c.failureReport() != FailureReport.NO) {
            outgoing.put(c.messageId(), new Outgoing(c.session(), user(c.session()), text));
        }
        world.ledger().carried(text, user(c.session()), c.messageId());
        world.roll().carried(text, user(c.session()));
        say(c.session(), "SEND", fields);
        if (!open.containsKey(c.session().value()) && outgoing.remove(c.messageId()) != null) {
            post(new MsrpEvent.MessageRefused(c.session(), c.messageId(), 408));
        }
    }

    void inject(FlowMessage m) {
        switch (m.name()) {
            case "CONNECT" -> post(new MsrpEvent.SessionConnected(session(m)));
            case "DISCONNECT" -> disconnect(session(m));
            case "SEND" -> received(m);
            case "NICKNAME" -> nickname(m);
            case "REPORT" ->
                post(new MsrpEvent.ReportReceived(
                        session(m), m.field("id", ""), Integer.parseInt(m.field("status", "200")), Optional.empty()));
            default -> answered(m);
        }
    }

    boolean canSend(FlowMessage m) {
        return m.name().endsWith(" SEND")
                ? m.fields().containsKey("id") ? outgoing.containsKey(m.field("id", "")) : !outgoing.isEmpty()
                : sessions(m).findFirst().isPresent();
    }

    private void nickname(FlowMessage m) {
        String exchange = "x" + world.sequence();
        exchanges.put(exchange, m.field("id", exchange));
        world.ledger().owed("NICKNAME " + exchange, "");
        Optional<String> nickname = Optional.of(m.field("text", "")).filter(name -> !name.isEmpty());
        post(new MsrpEvent.NicknameReceived(session(m), new ExchangeId(exchange), nickname));
    }

    private void received(FlowMessage m) {
        MsrpSessionId session = session(m);
        String exchange = "x" + world.sequence();
        String id = m.field("id", "m" + exchange);
        exchanges.put(exchange, id);
        Words.Content body = Words.chatBody(m, call(session).flatMap(CallMedia.Call::focus));
        boolean signal =
                MediaType.is(body.type(), MediaType.IS_COMPOSING) || m.fields().containsKey("status");
        world.ledger().owed("SEND " + exchange, signal ? "" : PagerDesk.text(m));
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
        world.roll().parted(user(session));
        new ArrayList<>(outgoing.entrySet())
                .stream()
                        .filter(entry -> entry.getValue().session().equals(session))
                        .forEach(entry -> {
                            outgoing.remove(entry.getKey());
                            post(new MsrpEvent.MessageRefused(session, entry.getKey(), 408));
                        });
        post(new MsrpEvent.SessionFailed(session, "connection reset"));
    }

    /** A re-INVITE offers this path: its user connects to it. */
    void moved(String path) {
        paths.forEach((session, known) -> {
            if (known.equals(path)) {
                moved.add(session);
            }
        });
    }

    /** Connections die with their owner. */
    void ownerDied() {
        exchanges.keySet().forEach(exchange -> {
            world.ledger().excused("SEND " + exchange);
            world.ledger().excused("NICKNAME " + exchange);
        });
        outgoing.clear();
        open.clear();
    }

    /** The user's client is gone, and its connections with it. */
    void vanish(String user) {
        List.copyOf(open.values()).stream()
                .filter(session -> user(session).equals(user))
                .forEach(session -> {
                    disconnect(session);
                    open.remove(session.value());
                });
    }

    void refuseOpenSessions() {
        if (!open.isEmpty()) {
            throw new AssertionError("MSRP sessions that nobody closed: " + open.keySet());
        }
    }

    /** The session of the call that the line names, or the newest of its sender. */
    private MsrpSessionId session(FlowMessage m) {
        return sessions(m).findFirst().orElseThrow(() -> new IllegalArgumentException("no MSRP session for " + m));
    }

    private Stream<MsrpSessionId> sessions(FlowMessage m) {
        return List.copyOf(open.values()).reversed().stream()
                .filter(session -> user(session).equals(m.from()))
                .filter(session -> !m.fields().containsKey("call")
                        || call(session)
                                .filter(call -> call.id().equals(m.field("call", "")))
                                .isPresent());
    }

    private Optional<CallMedia.Call> call(MsrpSessionId session) {
        return media.of(paths.getOrDefault(session.value(), ""));
    }

    /** Whose session it is; empty before SIP has told anybody of it. */
    private String user(MsrpSessionId session) {
        return call(session).map(CallMedia.Call::user).orElse("");
    }

    private void say(MsrpSessionId session, String name, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        call(session).ifPresent(call -> all.put("call", call.id()));
        world.send(new FlowMessage(FlowMessage.GATEWAY, user(session), name, all));
    }

    private void post(MsrpEvent event) {
        world.post(new Event.Msrp(event));
    }
}
