package org.impsiwf.testkit.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.testkit.msrp.MsrpEndpoint;
import org.impsiwf.testkit.msrp.ReceivedMessage;
import org.impsiwf.testkit.sip.MessageSdp;
import org.impsiwf.testkit.sip.SipCall;
import org.impsiwf.testkit.sip.SipMessage;
import org.impsiwf.testkit.sip.SipRequestReceived;
import org.impsiwf.testkit.sip.SipRequestSent;
import org.impsiwf.testkit.sip.SipUserAgent;

/**
 * A person with a chat client: registers, writes in pager and in session mode. Every {@code expects…} waits for what it names and
 * fails with what came instead.
 */
public final class SipMsrpUser implements AutoCloseable {
    private static final String RESOURCE_LISTS = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\" xmlns:cp=\"urn:ietf:params:xml:ns:copycontrol\"><list>";

    private final SipUserAgent agent;
    private final List<Talk> talks = new ArrayList<>();

    private SipMsrpUser(SipUserAgent agent) {
        this.agent = agent;
    }

    public static SipMsrpUser start(SipUserAgent.Settings settings) {
        return new SipMsrpUser(SipUserAgent.start(settings));
    }

    public SipUserAgent agent() {
        return agent;
    }

    public String uri() {
        return agent.uri();
    }

    /** Registers for an hour, with digest when challenged. */
    public void registers() {
        requireStatus(200, register(3600), "REGISTER");
    }

    public void unregisters() {
        requireStatus(200, register(0), "REGISTER");
    }

    /** The final response to a REGISTER of that many seconds. */
    public SipMessage register(int seconds) {
        return agent.ask(
                agent.newRequest("REGISTER", "sip:" + agent.domain()).with("Expires", Integer.toString(seconds)));
    }

    // ---- pager mode

    /** Sends a MESSAGE and expects that it was accepted. */
    public void messages(String to, String text) {
        SipMessage answer = message(to, text);
        if (answer.status() / 100 != 2) {
            throw new AssertionError(uri() + ": MESSAGE was answered " + answer.startLine());
        }
    }

    /** Sends a MESSAGE and gives its final response. */
    public SipMessage message(String to, String text) {
        return agent.ask(agent.newRequest("MESSAGE", to).withBody("text/plain;charset=UTF-8", text));
    }

    public SipMessage message(String to, String contentType, byte[] content) {
        return agent.ask(agent.newRequest("MESSAGE", to).withBody(contentType, content));
    }

    /** Waits for a MESSAGE of that text and accepts it; gives it. */
    public SipMessage expectsMessage(String text) {
        SipMessage message = expectsMessage();
        if (!textOf(message).equals(text)) {
            throw new AssertionError(uri() + " expected \"" + text + "\", got \"" + textOf(message) + "\"");
        }
        return message;
    }

    /** Waits for the next MESSAGE and accepts it; gives it. */
    public SipMessage expectsMessage() {
        SipRequestReceived request = agent.expects("MESSAGE");
        request.answers(200, "OK");
        return request.message();
    }

    /** Waits for the next MESSAGE and refuses it. */
    public void refusesMessage(int status, String reason) {
        agent.expects("MESSAGE").answers(status, reason);
    }

    /** What the user reads of a MESSAGE, CPIM unwrapped. */
    public static String textOf(SipMessage message) {
        return new ReceivedMessage("", message.header("Content-Type").orElse(""), message.body(), 1, false).text();
    }

    // ---- session mode

    /** Sets up a session: INVITE, 200, ACK, MSRP connected. */
    public Talk invites(String to) {
        MsrpEndpoint msrp = MsrpEndpoint.listen(agent.address().getAddress());
        return connected(msrp, invite(to, msrp, Map.of()));
    }

    private Talk connected(MsrpEndpoint msrp, SipRequestSent sent) {
        SipMessage ok = sent.expectsFinal();
        requireStatus(200, ok, "INVITE");
        SipCall call = SipCall.accepted(agent, sent, ok);
        msrp.towards(call.remoteSdp().path());
        if (!call.remoteSdp().setup().equals(Optional.of("active"))) {
            msrp.connects();
        }
        return keep(new Talk(call, msrp));
    }

    /** Begins a conference with these users (RFC 5366): an INVITE with a list to the factory, and MSRP connected. */
    public Talk invitesAll(String factory, List<String> users) {
        return invitesAll(users, agent.newRequest("INVITE", factory));
    }

    /** As {@link #invitesAll(String, List)}, in the place of a talk (RFC 3891), which the other end then ends. */
    public Talk extendsTalk(Talk talk, String factory, List<String> users) {
        SipMessage invite = agent.newRequest("INVITE", factory)
                .with("Require", "replaces")
                .with("Replaces", talk.call().replaces());
        return invitesAll(users, invite);
    }

    /**
     * Hosts a chat with these users, each named to the others: they are to connect to that endpoint. Each who accepts answers in a
     * dialog of its own.
     */
    public SipRequestSent hostsChat(String factory, MsrpEndpoint msrp, List<String> users) {
        SipMessage invite = agent.newRequest("INVITE", factory).with("Contact", agent.contact() + ";isfocus");
        return agent.sendAnsweringChallenge(withList(invite, msrp, users, " cp:copyControl=\"to\""));
    }

    private Talk invitesAll(List<String> users, SipMessage invite) {
        MsrpEndpoint msrp = MsrpEndpoint.listen(agent.address().getAddress());
        return connected(msrp, agent.sendAnsweringChallenge(withList(invite, msrp, users, "")));
    }

    private static SipMessage withList(SipMessage invite, MsrpEndpoint msrp, List<String> users, String control) {
        String boundary = "list-of-users";
        String sdp = MessageSdp.of(msrp.path(), Optional.of("actpass")).text(1);
        String entries = users.stream()
                .map(user -> "<entry uri=\"" + user + "\"" + control + "/>")
                .collect(Collectors.joining("", RESOURCE_LISTS, "</list></resource-lists>"));
        String body = part(boundary, "Content-Type: application/sdp", sdp)
                + part(
                        boundary,
                        "Content-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list",
                        entries)
                + "--" + boundary + "--\r\n";
        return invite.with("Require", "recipient-list-invite").withBody("multipart/mixed;boundary=" + boundary, body);
    }

    private static String part(String boundary, String headers, String content) {
        return "--" + boundary + "\r\n" + headers + "\r\n\r\n" + content + "\r\n";
    }

    /** Sends an INVITE and expects a refusal; gives it. */
    public SipMessage isRefusedInviting(String to) {
        try (MsrpEndpoint msrp = MsrpEndpoint.listen(agent.address().getAddress())) {
            SipMessage answer = invite(to, msrp, Map.of()).expectsFinal();
            if (answer.status() < 300) {
                throw new AssertionError(uri() + " was not refused: " + answer.startLine());
            }
            return answer;
        }
    }

    /** Sends an INVITE that offers that endpoint; a challenge is answered. */
    public SipRequestSent invite(String to, MsrpEndpoint msrp, Map<String, String> headers) {
        SipMessage invite = agent.newRequest("INVITE", to)
                .with(headers)
                .withBody(
                        "application/sdp",
                        MessageSdp.of(msrp.path(), Optional.of("actpass")).text(1));
        return agent.sendAnsweringChallenge(invite);
    }

    /** Waits for an INVITE and accepts it, MSRP connected or awaited as the offer says (RFC 6135). */
    public Talk answersInvite() {
        return answers(agent.expects("INVITE"));
    }

    public Talk answers(SipRequestReceived invite) {
        MsrpEndpoint msrp = MsrpEndpoint.listen(agent.address().getAddress());
        MessageSdp offer = MessageSdp.parse(invite.message().text());
        boolean active =
                offer.setup().isPresent() && !offer.setup().orElseThrow().equals("active");
        msrp.towards(offer.path());
        Optional<String> setup = offer.setup().map(s -> active ? "active" : "passive");
        SipCall call =
                SipCall.accepts(agent, invite, MessageSdp.of(msrp.path(), setup).text(1));
        if (active) {
            msrp.connects();
        }
        return keep(new Talk(call, msrp));
    }

    /** Waits for a re-INVITE that offers another path, and connects to that one. */
    public Talk follows(Talk talk) {
        return follows(talk, talk.call().expects("INVITE"));
    }

    /** As {@link #follows(Talk)}, that re-INVITE of the talk. */
    public Talk follows(Talk talk, SipRequestReceived reinvite) {
        MsrpEndpoint msrp = MsrpEndpoint.listen(agent.address().getAddress());
        msrp.towards(MessageSdp.parse(reinvite.message().text()).path());
        talk.call()
                .follows(
                        reinvite,
                        MessageSdp.of(msrp.path(), Optional.of("active")).text(2));
        msrp.connects();
        return keep(new Talk(talk.call(), msrp));
    }

    /** Waits for an INVITE and refuses it. */
    public void refusesInvite(int status, String reason) {
        agent.expects("INVITE").answers(status, reason);
    }

    @Override
    public void close() {
        talks.forEach(Talk::close);
        agent.close();
    }

    private Talk keep(Talk talk) {
        talks.add(talk);
        return talk;
    }

    private void requireStatus(int status, SipMessage answer, String what) {
        if (answer.status() != status) {
            throw new AssertionError(uri() + ": " + what + " was answered " + answer.startLine());
        }
    }
}
