package org.impsiwf.gateway.flows;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.msrp.MsrpEndpoint;
import org.impsiwf.testkit.msrp.MsrpFrame;
import org.impsiwf.testkit.msrp.ReceivedMessage;

/** MSRP sessions of users over real connections, as lines of a flow. */
final class MsrpSocketDesk {

    /** RFC 4975 §9 wants at least four characters in an id. */
    private static final String ID_PREFIX = "flow-";

    private static final String NICKNAME = "NICKNAME ";

    /** One session of a user: its end, and the ids of the SENDs that wait for their answer. */
    static final class Session {
        final String user;
        final MsrpEndpoint end;
        private final Map<String, String> sends = new ConcurrentHashMap<>();
        private List<String> remotePath = List.of();
        private boolean active;
        private volatile boolean broken;

        /** The call that it belongs to, and the group that this is with. */
        volatile String call = "";

        volatile Optional<String> focus = Optional.empty();

        Session(String user, MsrpEndpoint end) {
            this.user = user;
            this.end = end;
        }

        /** What both sides agreed on. */
        void agreed(List<String> theirs, boolean weConnect) {
            remotePath = theirs;
            end.towards(theirs);
            active = weConnect;
        }

        boolean isBroken() {
            return broken;
        }
    }

    private final Consumer<FlowMessage> sent;
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final Map<String, Session> unanswered = Collections.synchronizedMap(new LinkedHashMap<>());

    private final List<Session> connected = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> lengths = new ConcurrentHashMap<>();

    MsrpSocketDesk(Consumer<FlowMessage> sent) {
        this.sent = sent;
    }

    static boolean knows(String name) {
        return name.equals("CONNECT")
                || name.equals("DISCONNECT")
                || name.equals("REPORT")
                || name.equals("SEND")
                || name.equals("NICKNAME")
                || name.endsWith(" SEND");
    }

    /** A new session of the user; lines mean the one of their call, or the newest. */
    Session open(String user, InetAddress address) {
        Session session = new Session(user, MsrpEndpoint.listen(address));
        session.end.leavesAnswersToItsUser();
        sessions.add(session);
        return session;
    }

    /** One more session of the same end, with somebody else: the host of a chat listens for all of its guests. */
    Session alongside(Session session) {
        Session other = new Session(session.user, session.end);
        sessions.add(other);
        return other;
    }

    /** The network takes the connections away that stand. */
    void breakAll() {
        connected.forEach(session -> {
            session.broken = true;
            session.end.vanishes();
        });
    }

    /** Whether the answer to a SEND can still be given: it goes back over the connection that the SEND came on. */
    boolean canAnswer(String id) {
        return Optional.ofNullable(unanswered.get(id))
                .filter(session -> !session.broken)
                .isPresent();
    }

    void inject(FlowMessage m) {
        Session session = session(m);
        switch (m.name()) {
            case "CONNECT" -> connect(session);
            case "DISCONNECT" -> {
                session.broken = true;
                session.end.vanishes();
            }
            case "SEND" -> send(session, m);
            case "NICKNAME" -> nickname(session, m);
            case "REPORT" ->
                session.end.reports(
                        m.field("id", ""),
                        lengths.getOrDefault(m.field("id", ""), 1),
                        Integer.parseInt(m.field("status", "200")));
            default -> answer(m);
        }
    }

    private Session session(FlowMessage m) {
        return sessions.reversed().stream()
                .filter(session -> session.user.equals(m.from()))
                .filter(session -> m.field("call", session.call).equals(session.call))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no MSRP session for " + m));
    }

    private static void nickname(Session session, FlowMessage m) {
        MsrpFrame frame = session.end.request("NICKNAME").with("Use-Nickname", "\"" + m.field("text", "") + "\"");
        session.sends.put(frame.transactionId(), NICKNAME + m.field("id", "n1"));
        session.end.sendFrame(frame);
    }

    private void connect(Session session) {
        if (session.active) {
            session.end.connects();
        } else {
            session.end.isConnected();
        }
        connected.add(session);
        session.end.readBy(message -> arrived(session, message), frame -> answered(session, frame));
    }

    private void send(Session session, FlowMessage m) {
        Words.Content body = Words.chatBody(m, session.focus);
        String id = m.field("id", "m1");
        MsrpFrame frame = session.end
                .towards(session.remotePath)
                .send(onWire(id))
                .with("Byte-Range", "1-" + body.bytes().length + "/" + body.bytes().length);
        if (m.field("success-report", "no").equals("yes")) {
            frame = frame.with("Success-Report", "yes");
        }
        session.sends.put(frame.transactionId(), id);
        session.end.sendFrame(frame.with("Content-Type", body.type()).withBody(body.bytes(), '$'));
    }

    private void answer(FlowMessage m) {
        String id = Optional.ofNullable(m.fields().get("id"))
                .map(MsrpSocketDesk::onWire)
                .orElseGet(() -> unanswered.keySet().iterator().next());
        Session session = unanswered.remove(id);
        session.end.answers(id, Integer.parseInt(m.name().substring(0, 3)));
    }

    private void arrived(Session session, ReceivedMessage message) {
        Map<String, String> fields = new TreeMap<>();
        Words.describe(message.contentType(), message.content(), fields);
        Words.describeParties(message.contentType(), message.content(), fields);
        fields.put("id", message.messageId());
        if (message.reportWanted()) {
            fields.put("report", "yes");
        }
        unanswered.put(message.messageId(), session);
        lengths.put(message.messageId(), message.content().length);
        say(session, "SEND", fields);
    }

    private void answered(Session session, MsrpFrame frame) {
        if (frame.isResponse()) {
            String id = session.sends.get(frame.transactionId());
            boolean nickname = id.startsWith(NICKNAME);
            say(
                    session,
                    frame.status() + (nickname ? " NICKNAME" : " SEND"),
                    Map.of("id", nickname ? id.substring(NICKNAME.length()) : id));
        } else {
            say(session, "REPORT", Map.of("id", inFlow(frame.messageId()), "status", String.valueOf(frame.status())));
        }
    }

    private static String onWire(String id) {
        return id.length() < 4 ? ID_PREFIX + id : id;
    }

    private static String inFlow(String id) {
        return id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id;
    }

    private void say(Session session, String name, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put("call", session.call);
        sent.accept(new FlowMessage(FlowMessage.GATEWAY, session.user, name, all));
    }
}
