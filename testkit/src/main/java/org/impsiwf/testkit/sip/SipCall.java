package org.impsiwf.testkit.sip;

import static org.impsiwf.testkit.sip.SipMessage.uriIn;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A dialog that an INVITE made (RFC 3261 §12), from either end. Not for several threads at once. */
public final class SipCall {
    private final SipUserAgent agent;
    private final String callId;
    private final String local;
    private final String remote;
    private final List<String> routes;
    private String remoteTarget;
    private SipMessage description;

    private SipCall(
            SipUserAgent agent, String callId, String local, String remote, String remoteTarget, List<String> routes) {
        this.agent = agent;
        this.callId = callId;
        this.local = local;
        this.remote = remote;
        this.remoteTarget = remoteTarget;
        this.routes = List.copyOf(routes);
    }

    /** Our INVITE was accepted: sends the ACK. */
    public static SipCall accepted(SipUserAgent agent, SipRequestSent invite, SipMessage ok) {
        SipCall call = begun(agent, ok);
        call.acknowledges(invite, Optional.empty());
        return call;
    }

    /** Our INVITE was accepted; the ACK is still owed. */
    public static SipCall begun(SipUserAgent agent, SipMessage ok) {
        SipCall call = new SipCall(
                agent,
                ok.callId(),
                ok.header("From").orElseThrow(),
                ok.header("To").orElseThrow(),
                uriIn(ok.header("Contact").orElseThrow(() -> new AssertionError("2xx without Contact: " + ok))),
                ok.headers("Record-Route").reversed());
        call.description = ok;
        return call;
    }

    /** Sends the ACK of an INVITE that was accepted, with the answer to an offer in its 2xx if there was one. */
    public void acknowledges(SipRequestSent invite, Optional<String> sdp) {
        SipMessage ack = ack(invite.request().cseqNumber());
        invite.acknowledge(
                sdp.map(answer -> ack.withBody("application/sdp", answer)).orElse(ack));
    }

    /** We accept their INVITE with that session description, and wait for the ACK. */
    public static SipCall accepts(SipUserAgent agent, SipRequestReceived invite, String sdp) {
        SipCall call = accepting(agent, invite, sdp);
        agent.expects("ACK", call.callId);
        return call;
    }

    /** As {@link #accepts}, and waits for nothing. */
    public static SipCall accepting(SipUserAgent agent, SipRequestReceived invite, String sdp) {
        SipMessage ok =
                invite.response(200, "OK").with("Contact", agent.contact()).withBody("application/sdp", sdp);
        SipCall call = new SipCall(
                agent,
                ok.callId(),
                ok.header("To").orElseThrow(),
                ok.header("From").orElseThrow(),
                uriIn(invite.message()
                        .header("Contact")
                        .orElseThrow(() -> new AssertionError("INVITE without Contact: " + invite.message()))),
                invite.message().headers("Record-Route"));
        call.description = invite.message();
        invite.answers(ok);
        return call;
    }

    public String callId() {
        return callId;
    }

    /** Where requests in it go: the URI of the other end's Contact. */
    public String remoteTarget() {
        return remoteTarget;
    }

    /** Whether a request of the other end is in this dialog, and not in another of the same INVITE. */
    public boolean has(SipMessage request) {
        return request.callId().equals(callId) && request.tag("From").equals(tag(remote));
    }

    /** The value of a Replaces (RFC 3891 §6.1) that names this dialog to the other end. */
    public String replaces() {
        return callId + ";to-tag=" + tag(remote) + ";from-tag=" + tag(local);
    }

    private static String tag(String party) {
        return SipMessage.parameter(party.substring(party.indexOf('>') + 1), "tag")
                .orElse("");
    }

    /** The other end's last session description. */
    public MessageSdp remoteSdp() {
        return MessageSdp.parse(description.text());
    }

    /** A request in the dialog. */
    public SipMessage newRequest(String method) {
        SipMessage request = SipMessage.request(method, remoteTarget)
                .with("Max-Forwards", "70")
                .with("From", local)
                .with("To", remote)
                .with("Call-ID", callId)
                .with("CSeq", agent.nextCseq() + " " + method)
                .with("Contact", agent.contact());
        for (String route : routes) {
            request = request.with("Route", route);
        }
        return request;
    }

    /** Sends a request in the dialog and gives the final response. */
    public SipMessage asks(SipMessage request) {
        return agent.ask(request);
    }

    /** Offers anew; gives the final response, acknowledged. */
    public SipMessage reinvites(String sdp) {
        SipMessage request = newRequest("INVITE").withBody("application/sdp", sdp);
        SipRequestSent sent = agent.send(request);
        SipMessage answer = sent.expectsFinal();
        if (agent.challenged(answer)) {
            sent = agent.send(agent.answering(request, answer));
            answer = sent.expectsFinal();
        }
        if (answer.status() < 300) {
            refreshed(sent, answer);
        }
        return answer;
    }

    /** Their 2xx to our offer in the dialog: it counts from now on, and is acknowledged. */
    public void refreshed(SipRequestSent reinvite, SipMessage ok) {
        remoteTarget = ok.header("Contact").map(SipMessage::uriIn).orElse(remoteTarget);
        description = ok;
        acknowledges(reinvite, Optional.empty());
    }

    /** Answers their re-INVITE, whose Contact and description count from now on, and expects the ACK. */
    public void follows(SipRequestReceived reinvite, String sdp) {
        remoteTarget =
                reinvite.message().header("Contact").map(SipMessage::uriIn).orElse(remoteTarget);
        description = reinvite.message();
        reinvite.answers(
                reinvite.response(200, "OK").with("Contact", agent.contact()).withBody("application/sdp", sdp));
        expects("ACK");
    }

    /** Ends the dialog and expects the 200. */
    public void byes() {
        SipMessage answer = agent.ask(newRequest("BYE"));
        if (answer.status() != 200) {
            throw new AssertionError(agent.uri() + ": BYE was answered " + answer.startLine());
        }
    }

    /** Waits for the other end's BYE and answers it. */
    public void expectsBye() {
        expects("BYE").answers(200, "OK");
    }

    /** The next request of that method in this dialog. */
    public SipRequestReceived expects(String method) {
        return agent.expects(method, callId);
    }

    /** As {@link #expects}, empty when the bound is over. */
    public Optional<SipRequestReceived> poll(String method, Duration bound) {
        return agent.poll(method, callId, bound);
    }

    private SipMessage ack(long cseq) {
        SipMessage ack = SipMessage.request("ACK", remoteTarget)
                .with("Max-Forwards", "70")
                .with("From", local)
                .with("To", remote)
                .with("Call-ID", callId)
                .with("CSeq", cseq + " ACK");
        for (String route : routes) {
            ack = ack.with("Route", route);
        }
        return ack.via(agent.viaFor("z9hG4bK" + SipUserAgent.random()));
    }
}
