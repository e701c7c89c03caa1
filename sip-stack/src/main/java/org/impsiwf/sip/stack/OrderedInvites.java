package org.impsiwf.sip.stack;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.impsiwf.sip.body.MultipartWriter;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.dialog.TimerPolicy;
import org.impsiwf.sip.dialog.TimerTerms;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand.SendInvite;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.sdp.SdpSession;

/** An INVITE that was ordered becomes a usage (RFC 3261 §13.2). */
final class OrderedInvites {

    private final TimerPolicy timers;
    private final InviteUsages usages;
    private final LiveInvites live;
    private final OutgoingInvites outgoing;
    private final ReplacedDialogs replaced;
    private final SipSide.Listener listener;
    private final InstantSource clock;

    OrderedInvites(
            TimerPolicy timers,
            InviteUsages usages,
            LiveInvites live,
            OutgoingInvites outgoing,
            ReplacedDialogs replaced,
            SipSide.Listener listener,
            InstantSource clock) {
        this.timers = timers;
        this.usages = usages;
        this.live = live;
        this.outgoing = outgoing;
        this.replaced = replaced;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Sends it.
     *
     * @param replaces the local tag of the dialog that it is to replace; with none of that tag open, it is refused here with 481
     */
    void send(SendInvite order, String tag, Optional<String> replaces) {
        if (replaces.isEmpty()) {
            send(order, tag, Map.of());
            return;
        }
        Thread.ofVirtual()
                .name("sip-replaces")
                .start(() -> replaced.header(replaces.get())
                        .ifPresentOrElse(
                                header -> send(order, tag, Map.of("Replaces", header, "Require", "replaces")),
                                () -> listener.on(new SipEvent.InviteRefused(
                                        order.usage(), ReceivedResponse.made(481, "No dialog to be replaced")))));
    }

    private void send(SendInvite order, String tag, Map<String, String> replacing) {
        SipUri target = OutgoingMessages.withoutHeaders(order.target());
        String sessionId = Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
        var offer = SdpSession.start(sessionId).offer(order.offer());
        TimerTerms terms = timers.ask(Optional.empty());
        String callId = Tokens.next() + Tokens.next();
        Dialog dialog = Dialog.calling(callId, tag, order.sender().from(), NameAddr.of(target), target);
        InviteUsage usage = InviteUsage.calling(
                order.usage(),
                dialog,
                offer.next(),
                terms,
                order.focus(),
                clock.instant().plus(order.expires()));
        OutgoingRequest invite = invite(order, dialog, terms, replacing, body(offer.sdp(), order.otherBodies()));
        usages.open(usage, () -> {
            LiveInvites.Live entry = live.of(tag, order.usage());
            entry.invite = invite;
            outgoing.send(tag, entry, order.sender(), order.target());
        });
    }

    private static OutgoingRequest invite(
            SendInvite order, Dialog dialog, TimerTerms terms, Map<String, String> replacing, Body body) {
        var headers = new LinkedHashMap<>(DialogRequests.timerHeaders(terms));
        headers.put("Supported", ResponseMaker.SUPPORTED);
        headers.put("Expires", Long.toString(Math.max(1, order.expires().toSeconds())));
        headers.putAll(order.headers());
        headers.putAll(replacing);
        return new OutgoingRequest(
                "INVITE",
                dialog.remoteTarget(),
                List.of(),
                dialog.local(),
                dialog.localTag(),
                dialog.remote(),
                "",
                dialog.callId(),
                dialog.localCSeq(),
                headers,
                Optional.of(body),
                true,
                order.focus());
    }

    private static Body body(byte[] sdp, List<Body> others) {
        var description = new Body("application/sdp", sdp);
        if (others.isEmpty()) {
            return description;
        }
        var parts = new ArrayList<Body>();
        parts.add(description);
        parts.addAll(others);
        return MultipartWriter.mixed(parts);
    }
}
