package org.impsiwf.gateway.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.sip.MessageSdp;
import org.impsiwf.testkit.sip.SipCall;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipRequestSent;
import org.impsiwf.testkit.sip.SipTransport;
import org.impsiwf.testkit.sip.SipUserAgent;

/**
 * User agents on real sockets, as lines of a flow. What a user agent does without its user it does here, too: it repeats and
 * absorbs, acknowledges a refusal, answers BYE and CANCEL.
 */
final class SipSocketDesk implements AutoCloseable {
    private static final int WEEK = 604_800;

    private final SipTransport transport;
    private final MsrpSocketDesk msrp;
    private final ConferenceSocketDesk conferences = new ConferenceSocketDesk(this);
    private final PagerSocketDesk pager = new PagerSocketDesk(this);
    private final Consumer<FlowMessage> sent;
    private final Map<String, SipUserAgent> agents = new ConcurrentHashMap<>();
    private final Map<String, SocketCall> calls = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<SipRequestSent> requests = new CopyOnWriteArrayList<>();
    private int lastId;

    SipSocketDesk(SipTransport transport, MsrpSocketDesk msrp, Consumer<FlowMessage> sent) {
        this.transport = transport;
        this.msrp = msrp;
        this.sent = sent;
    }

    /** @param users each with whether it registers */
    void start(Scene scene, Map<String, Boolean> users) {
        users.forEach((user, registers) -> {
            SipUserAgent agent = SipUserAgent.start(SipUserAgent.Settings.of(
                    user + "@" + Scene.SIP_DOMAIN, Scene.PASSWORD, transport, scene.sip(transport)));
            agents.put(user, agent);
            if (registers) {
                SipMessage register =
                        agent.newRequest("REGISTER", "sip:" + Scene.SIP_DOMAIN).with("Expires", Integer.toString(WEEK));
                assertThat(agent.ask(register).status())
                        .as("REGISTER of %s", user)
                        .isEqualTo(200);
            }
            agent.readBy(request -> arrived(user, request));
        });
    }

    SipUserAgent agent(String user) {
        return agents.get(user);
    }

    List<SipUserAgent> agents() {
        return List.copyOf(agents.values());
    }

    // ---- from the users

    void inject(FlowMessage m) {
        if (ConferenceSocketDesk.knows(m)) {
            conferences.inject(m);
            return;
        }
        switch (m.name()) {
            case "INVITE" -> invite(m);
            case "REINVITE" -> reinvite(m);
            case "ACK" -> acknowledge(m);
            case "CANCEL" -> {
                SocketCall call = call(m);
                call.cancelled = true;
                assertThat(call.ours.cancels().status()).as("CANCEL").isEqualTo(200);
                // Its INVITE is over on the other side, too, before anybody says something else.
                await().atMost(SipUserAgent.PATIENCE).until(() -> call.ours.finals() > 0);
            }
            case "BYE" -> bye(call(m));
            case "MESSAGE" -> pager.send(m);
            default -> {
                if (m.name().endsWith(" INVITE")) {
                    answerInvite(m);
                } else if (m.name().endsWith(" REINVITE")) {
                    answerReinvite(m);
                } else {
                    pager.answer(m);
                }
            }
        }
    }

    private void invite(FlowMessage m) {
        SipUserAgent agent = agents.get(m.from());
        SocketCall call = new SocketCall(
                m.field("call", "call" + ++lastId), m.from(), msrp.open(m.from(), Descriptions.local(agent)));
        calls.put(call.name, call);
        call.media.call = call.name;
        call.hosts = m.field("isfocus", "no").equals("yes");
        SipMessage invite = ConferenceHeaders.write(request(agent, "INVITE", m), sdp(call, m), m, this::dialog);
        call.ours = send(agent, invite, (ours, response) -> inviteAnswered(call, ours, response));
    }

    private static Optional<String> sdp(SocketCall call, FlowMessage m) {
        return m.field("sdp", "").equals("none") ? Optional.empty() : Optional.of(Descriptions.offer(call, m));
    }

    /** The dialog of a call as its Replaces would name it. */
    private Optional<String> dialog(String call) {
        return Optional.ofNullable(calls.get(call)).flatMap(SocketCall::replaces);
    }

    private Optional<String> callOf(String callId) {
        return calls.values().stream()
                .filter(call -> call.dialog != null && call.dialog.callId().equals(callId))
                .map(call -> call.name)
                .findFirst();
    }

    /** Sends a request; repeats of a response are nothing that its user sees. */
    SipRequestSent send(SipUserAgent agent, SipMessage request, BiConsumer<SipRequestSent, SipMessage> reader) {
        SipRequestSent transaction = agent.send(request);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        requests.add(transaction);
        transaction.readBy(response -> {
            if (seen.add(response.status() + response.tag("To")) && response.status() != 100) {
                reader.accept(transaction, response);
            }
        });
        return transaction;
    }

    private void inviteAnswered(SocketCall invited, SipRequestSent ours, SipMessage response) {
        if (invited.cancelled && response.status() == 487) {
            return;
        }
        boolean accepted = response.status() / 100 == 2;
        SocketCall call = accepted && invited.hosts ? guest(invited, ours, response) : invited;
        if (accepted) {
            call.dialog = SipCall.begun(agents.get(call.user), response);
            agreed(call, response.text());
            call.media.focus = ConferenceHeaders.focus(response);
        }
        Map<String, String> fields = accepted ? Descriptions.media(response.text()) : new TreeMap<>();
        fields.putAll(ConferenceHeaders.read(response, this::callOf));
        fields.put("call", call.name);
        say(call.user, response.status() + " INVITE", Descriptions.withHeaders(fields, response));
    }

    private SocketCall guest(SocketCall host, SipRequestSent ours, SipMessage response) {
        SocketCall guest = new SocketCall(host.name + "/" + response.tag("To"), host.user, msrp.alongside(host.media));
        guest.ours = ours;
        guest.media.call = guest.name;
        calls.put(guest.name, guest);
        return guest;
    }

    /** The active end of the connection is who does not wait for it (RFC 6135 §4.2). */
    private static void agreed(SocketCall call, String sdp) {
        MessageSdp theirs = MessageSdp.parse(sdp);
        call.media.agreed(theirs.path(), !theirs.setup().equals(Optional.of("active")));
    }

    private void reinvite(FlowMessage m) {
        SocketCall before = call(m);
        SocketCall call = before;
        if (m.fields().containsKey("path")) {
            call = withFreshMedia(before);
        }
        SocketCall current = call;
        current.version.incrementAndGet();
        SipMessage request =
                ConferenceHeaders.write(current.dialog.newRequest("INVITE"), sdp(current, m), m, this::dialog);
        send(agents.get(m.from()), request, (reinvite, response) -> reinviteAnswered(current, reinvite, response));
    }

    private SocketCall withFreshMedia(SocketCall before) {
        SocketCall call = before.with(msrp.open(before.user, Descriptions.local(agents.get(before.user))));
        calls.put(call.name, call);
        return call;
    }

    private void reinviteAnswered(SocketCall call, SipRequestSent reinvite, SipMessage response) {
        if (response.status() / 100 == 2) {
            call.dialog.refreshed(reinvite, response);
            agreed(call, response.text());
            ConferenceHeaders.focus(response).ifPresent(focus -> call.media.focus = Optional.of(focus));
            Map<String, String> fields = Descriptions.media(response.text());
            fields.putAll(ConferenceHeaders.read(response, this::callOf));
            fields.put("call", call.name);
            say(call.user, "200 REINVITE", fields);
        } else {
            Map<String, String> fields = new TreeMap<>(ConferenceHeaders.read(response, this::callOf));
            say(call.user, response.status() + " REINVITE", Descriptions.withHeaders(fields, response));
        }
    }

    private void acknowledge(FlowMessage m) {
        SocketCall call = call(m);
        boolean answers = m.field("sdp", "").equals("answer");
        if (answers) {
            call.media.agreed(
                    call.dialog.remoteSdp().path(), !m.field("setup", "").equals("PASSIVE"));
        }
        call.dialog.acknowledges(call.ours, answers ? Optional.of(Descriptions.offer(call, m)) : Optional.empty());
    }

    private void bye(SocketCall call) {
        call.ended = true;
        send(agents.get(call.user), call.dialog.newRequest("BYE"), (bye, response) -> {
            if (isLast(call)) {
                call.media.end.close();
            }
            if (response.status() != 200) {
                say(call.user, response.status() + " BYE", Map.of("call", call.name));
            }
        });
    }

    /** Whether nobody else is left whom its user's end of the media serves. */
    private boolean isLast(SocketCall call) {
        return calls.values().stream()
                .filter(other -> other.media.end.equals(call.media.end))
                .allMatch(other -> other.ended || other.hosts);
    }

    static SipMessage request(SipUserAgent agent, String method, FlowMessage m) {
        String identity = Words.sipUser(m.field("as", m.from()));
        SipMessage request = agent.newRequest(method, Words.impsUserAsSip(m.field("to", "bob")));
        String name = Optional.ofNullable(m.fields().get("name"))
                .map(text -> "\"" + text + "\" ")
                .orElse("");
        String from = name + request.header("From").orElseThrow().replace(agent.uri(), identity);
        return request.replacing("From", from).with("P-Asserted-Identity", name + "<" + identity + ">");
    }

    private void answerInvite(FlowMessage m) {
        int status = Integer.parseInt(m.name().substring(0, 3));
        SocketCall call = call(m);
        if (call.cancelled) {
            // The 487 went out with the answer to the CANCEL.
            return;
        }
        if (status / 100 == 2) {
            agreed(call, call.theirs.message().text());
            call.dialog = SipCall.accepting(
                    agents.get(call.user), call.theirs, Descriptions.answer(call, call.theirs.message(), m));
        } else {
            call.ended = status >= 300;
            call.theirs.answers(status, "-");
        }
    }

    private void answerReinvite(FlowMessage m) {
        SocketCall before = call(m);
        int status = Integer.parseInt(m.name().substring(0, 3));
        SipRequestReceived reinvite = before.reinvite;
        // A client whose connection was lost listens anew.
        SocketCall call = before.media.isBroken() ? withFreshMedia(before) : before;
        if (status / 100 == 2) {
            agreed(call, reinvite.message().text());
            call.version.incrementAndGet();
            reinvite.answers(reinvite.response(200, "OK")
                    .with("Contact", agents.get(call.user).contact())
                    .withBody("application/sdp", Descriptions.answer(call, reinvite.message(), m)));
        } else {
            reinvite.answers(status, "-");
        }
    }

    // ---- to the users

    private void arrived(String user, SipRequestReceived request) {
        String callId = request.message().callId();
        switch (request.message().method()) {
            case "INVITE" -> invited(user, request);
            case "BYE" -> {
                request.answers(200, "OK");
                SocketCall call = calls.values().stream()
                        .filter(each -> each.has(request.message()))
                        .findFirst()
                        .orElseThrow();
                call.ended = true;
                // What the gateway had sent before over the other connection may still come.
                say(user, "BYE", Map.of("call", call.name));
            }
            case "CANCEL" -> {
                SocketCall call = calls.get(callId);
                call.cancelled = true;
                call.ended = true;
                request.answers(200, "OK");
                call.theirs.answers(487, "Request Terminated");
                say(user, "CANCEL", Map.of("call", callId));
            }
            case "MESSAGE" -> pager.arrived(user, request);
            case "NOTIFY" -> conferences.notified(user, request);
            case "ACK" -> {
                // It ends the repeats of the 2xx, which the user agent sees to.
            }
            default -> say(user, request.message().method(), Map.of());
        }
    }

    private void invited(String user, SipRequestReceived request) {
        String callId = request.message().callId();
        if (!request.message().tag("To").isEmpty()) {
            reinvited(user, request);
            return;
        }
        SocketCall call = new SocketCall(callId, user, msrp.open(user, Descriptions.local(agents.get(user))));
        call.theirs = request;
        calls.put(callId, call);
        // RFC 3261 §9.1: without a provisional response there can be no CANCEL.
        request.answers(100, "Trying");
        call.media.call = callId;
        call.media.focus = ConferenceHeaders.focus(request.message());
        Map<String, String> fields = Descriptions.media(request.message().text());
        fields.putAll(ConferenceHeaders.read(request.message(), this::callOf));
        fields.put("call", callId);
        fields.put("from", sender(request));
        say(user, "INVITE", fields);
    }

    private void reinvited(String user, SipRequestReceived request) {
        Map<String, String> fields = new TreeMap<>(ConferenceHeaders.read(request.message(), this::callOf));
        callOf(request.message().callId()).ifPresent(name -> {
            calls.get(name).reinvite = request;
            fields.put("call", name);
        });
        request.answers(100, "Trying");
        say(user, "REINVITE", fields);
    }

    static String sender(SipRequestReceived request) {
        return Words.shortName(SipMessage.uriIn(request.message().header("From").orElse("")));
    }

    // ---- the end

    /** The call that the line names, or the newest of its sender that still stands. */
    SocketCall call(FlowMessage m) {
        Optional<SocketCall> named = Optional.ofNullable(calls.get(m.field("call", "")));
        return named.orElseGet(() -> new ArrayList<>(calls.values())
                .reversed().stream()
                        .filter(call -> call.user.equals(m.from()) && !call.ended && !call.cancelled)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no call for " + m)));
    }

    /** Every session that still stands ends from the users' side. */
    void hangUpAll() {
        List.copyOf(calls.values()).stream()
                .filter(call -> call.dialog != null && !call.ended)
                .forEach(this::bye);
    }

    /** No user agent waits in vain. */
    void everyRequestIsAnswered() {
        await().atMost(SipUserAgent.PATIENCE)
                .untilAsserted(() -> assertThat(requests)
                        .allSatisfy(request -> assertThat(request.finals())
                                .as("final answers to %s", request.request())
                                .isPositive()));
    }

    void say(String user, String name, Map<String, String> fields) {
        sent.accept(new FlowMessage(FlowMessage.GATEWAY, user, name, fields));
    }

    @Override
    public void close() {
        calls.values().forEach(call -> call.media.end.close());
        agents.values().forEach(SipUserAgent::close);
    }
}
