package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.dialog.TimerTerms;
import org.impsiwf.sip.dialog.UsageEvent;
import org.impsiwf.sip.dialog.UsageOrder;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipCommand.Sender;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.Hop;

/** Carries out what the machine of a usage orders, in the usage's turn. */
final class UsageOrders {

    private static final String SDP = "application/sdp";

    private final InviteUsages usages;
    private final LiveInvites live;
    private final ServerTransactions servers;
    private final ResponseMaker responses;
    private final DialogRequests requests;
    private final SipSide.Listener listener;
    private final Admission admission;
    private final OutgoingInvites invites;
    private final SharedDialogs shared;

    UsageOrders(
            InviteUsages usages,
            LiveInvites live,
            ServerTransactions servers,
            ResponseMaker responses,
            DialogRequests requests,
            SipSide.Listener listener,
            Admission admission,
            OutgoingInvites invites,
            SharedDialogs shared) {
        this.usages = usages;
        this.live = live;
        this.servers = servers;
        this.responses = responses;
        this.requests = requests;
        this.listener = listener;
        this.admission = admission;
        this.invites = invites;
        this.shared = shared;
    }

    void carryOut(String tag, InviteUsage usage, UsageOrder order) {
        switch (order) {
            case UsageOrder.SendProvisional(int status) -> provisional(tag, usage, status);
            case UsageOrder.SendAccept(byte[] sdp, TimerTerms terms, Map<String, String> headers) ->
                accept(tag, usage, sdp, terms, headers);
            case UsageOrder.SendRefusal(Response refusal) -> refuse(tag, refusal);
            case UsageOrder.RepeatAccept r -> live.find(tag).ifPresent(this::repeatAccept);
            case UsageOrder.SendAck(Dialog dialog, long cseq) -> requests.ack(dialog, usage.flow(), cseq);
            case UsageOrder.SendBye(Dialog dialog, Optional<String> reason) -> bye(tag, usage, dialog, reason);
            case UsageOrder.SendCancel c ->
                live.find(tag).ifPresent(found -> {
                    found.cancelled = true;
                    requests.cancel(found);
                });
            case UsageOrder.InviteAgain(long cseq, TimerTerms terms) -> inviteAgain(tag, usage, cseq, terms);
            case UsageOrder.SendReinvite reinvite -> reinvite(tag, usage, reinvite);
            case UsageOrder.AcceptReinvite reinvite -> acceptReinvite(tag, usage, reinvite);
            case UsageOrder.PassOn(SipTransactionId id) -> shared.requested(Optional.of(usage), id);
            case UsageOrder.SendNotify(Dialog dialog, UsageEvent.SendNotify notify) -> notify(usage, dialog, notify);
            case UsageOrder.NotSent(UsageEvent.SendNotify notify) -> shared.notSent(notify);
            case UsageOrder.Answer(SipTransactionId id, Response response) -> servers.answer(id, response);
            case UsageOrder.Tell(var event) -> tell(tag, event);
        }
    }

    private void tell(String tag, SipEvent.OfUsage event) {
        if (event instanceof SipEvent.AckReceived || event instanceof SipEvent.InviteAccepted) {
            // A conversation may be idle for hours: what only its set-up needed goes.
            live.find(tag).ifPresent(LiveInvites.Live::settled);
        }
        listener.on(event);
    }

    private void provisional(String tag, InviteUsage usage, int status) {
        live.find(tag)
                .map(found -> found.theirs)
                .filter(theirs -> !theirs.accepted().get())
                .ifPresent(theirs -> {
                    SIPResponse ringing = responses.of(theirs.request(), Response.of(status), tag);
                    addContact(ringing, theirs.request(), theirs.point(), usage.focus());
                    servers.sendNow(theirs.transaction(), theirs.point(), ringing);
                });
    }

    private void accept(String tag, InviteUsage usage, byte[] sdp, TimerTerms terms, Map<String, String> headers) {
        takeTheirs(tag).ifPresent(theirs -> {
            SIPResponse ok = success(theirs.request(), theirs.point(), usage, Optional.of(sdp), terms);
            headers.forEach((name, value) -> HeaderText.add(ok, name, value));
            live.find(tag)
                    .ifPresent(
                            found -> found.accepted = new LiveInvites.Sent(ok, theirs.point(), theirs.transaction()));
            if (theirs.accepted().getAndSet(true)) {
                ServerTransactions.sendApart(new LiveInvites.Sent(ok, theirs.point(), theirs.transaction()));
            } else {
                servers.sendNow(theirs.transaction(), theirs.point(), ok);
            }
        });
    }

    private Optional<LiveInvites.Theirs> takeTheirs(String tag) {
        var found = live.find(tag);
        var theirs = found.map(entry -> entry.theirs);
        if (theirs.isPresent()) {
            found.get().theirs = null;
            if (!theirs.get().fork()) {
                admission.leave();
            }
        }
        return theirs;
    }

    private SIPResponse success(
            SIPRequest request, SipPoint point, InviteUsage usage, Optional<byte[]> sdp, TimerTerms terms) {
        SIPResponse ok = responses.of(request, Response.of(200), usage.dialog().localTag());
        addContact(ok, request, point, usage.focus());
        HeaderText.add(ok, "Allow", ResponseMaker.ALLOW);
        HeaderText.add(ok, "Supported", ResponseMaker.SUPPORTED);
        responses.addTimer(ok, terms);
        sdp.ifPresent(bytes -> {
            HeaderText.add(ok, "Content-Type", SDP);
            ok.setMessageContent(bytes);
        });
        return ok;
    }

    private static void addContact(SIPResponse response, SIPRequest request, SipPoint point, Optional<SipUri> focus) {
        String peer = request.getRemoteAddress().getHostAddress();
        var local = new ReceivedMessage(request).to();
        HeaderText.add(response, "Contact", OurContact.write(local, focus, point, peer));
    }

    private void refuse(String tag, Response refusal) {
        takeTheirs(tag)
                .filter(theirs -> !theirs.fork() && !theirs.accepted().get())
                .ifPresent(theirs -> servers.sendNow(
                        theirs.transaction(), theirs.point(), responses.of(theirs.request(), refusal, tag)));
    }

    private void repeatAccept(LiveInvites.Live found) {
        if (found.accepted != null) {
            ServerTransactions.sendApart(found.accepted);
        }
    }

    private void bye(String tag, InviteUsage usage, Dialog dialog, Optional<String> reason) {
        boolean own = dialog.remoteTag().equals(usage.dialog().remoteTag());
        Map<String, String> headers =
                reason.map(text -> Map.of("Reason", "SIP;text=" + quoted(text))).orElse(Map.of());
        requests.send(
                dialog,
                usage.flow(),
                "BYE",
                dialog.localCSeq(),
                headers,
                Optional.empty(),
                Optional.empty(),
                outcome -> {
                    if (own) {
                        usages.post(tag, new UsageEvent.ByeDone());
                    }
                });
    }

    private void notify(InviteUsage usage, Dialog dialog, UsageEvent.SendNotify order) {
        requests.send(
                dialog,
                usage.flow(),
                "NOTIFY",
                dialog.localCSeq(),
                order.headers(),
                order.body(),
                usage.focus(),
                outcome -> shared.notified(order.subscription(), outcome));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "").replace("\"", "'") + '"';
    }

    private void inviteAgain(String tag, InviteUsage usage, long cseq, TimerTerms terms) {
        live.find(tag).ifPresent(found -> {
            found.invite = found.invite.numbered(cseq, DialogRequests.timerHeaders(terms));
            var sender = new Sender(usage.dialog().local(), false);
            invites.send(tag, found, sender, found.invite.requestUri());
        });
    }

    private void reinvite(String tag, InviteUsage usage, UsageOrder.SendReinvite order) {
        Dialog dialog = order.dialog();
        var headers = new LinkedHashMap<>(DialogRequests.timerHeaders(order.terms()));
        headers.put("Supported", ResponseMaker.SUPPORTED);
        requests.send(
                dialog,
                usage.flow(),
                order.update() ? "UPDATE" : "INVITE",
                dialog.localCSeq(),
                headers,
                order.sdp().map(sdp -> new Body(SDP, sdp)),
                order.focus(),
                outcome -> reinviteDone(tag, dialog.localCSeq(), order.update(), outcome));
    }

    private void reinviteDone(String tag, long cseq, boolean update, Outcome outcome) {
        switch (outcome) {
            case Outcome.Answered(ReceivedResponse response)
            when response.status() >= 300 ->
                usages.post(
                        tag,
                        new UsageEvent.Refused(
                                cseq,
                                response.asFinal(),
                                response.message().value("Min-SE").flatMap(ReceivedMessage::seconds)));
            case Outcome.Answered(ReceivedResponse response) -> {
                if (update) { // a 2xx to INVITE comes to the usage by the listener
                    Responses.accepted(response, Optional.empty()).ifPresent(event -> usages.post(tag, event));
                }
            }
            case Outcome.TimedOut t -> failed(tag, cseq, 408, "No answer");
            case Outcome.Unreachable(String cause) -> failed(tag, cseq, 503, cause);
            case Outcome.Unsayable(String cause) -> failed(tag, cseq, 400, cause);
        }
    }

    private void failed(String tag, long cseq, int status, String reason) {
        usages.post(tag, new UsageEvent.Refused(cseq, ReceivedResponse.made(status, reason), Optional.empty()));
    }

    private void acceptReinvite(String tag, InviteUsage usage, UsageOrder.AcceptReinvite order) {
        servers.take(order.transaction()).ifPresent(found -> {
            SIPResponse ok = success(found.request(), found.point(), usage, order.sdp(), order.terms());
            order.headers().forEach((name, value) -> HeaderText.add(ok, name, value));
            if (found.request().getMethod().equals("INVITE")) {
                live.of(tag, usage.id()).accepted = new LiveInvites.Sent(ok, found.point(), found.transaction());
            }
            servers.sendNow(found.transaction(), found.point(), ok);
        });
    }

    /** A request for another usage of a dialog whose INVITE usage is gone. */
    void leftAlone(UsageEvent.OtherUsageRequested request) {
        shared.requested(Optional.empty(), request.transaction());
    }

    /** A NOTIFY in a dialog whose INVITE usage is gone. */
    void leftAlone(UsageEvent.SendNotify notify) {
        shared.notSent(notify);
    }

    /** Where BYE and the like of a dialog go now; for tests of routing. */
    List<Hop> hops(InviteUsage usage) {
        return requests.hops(usage.dialog(), usage.flow());
    }
}
