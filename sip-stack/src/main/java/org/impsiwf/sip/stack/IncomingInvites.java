package org.impsiwf.sip.stack;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.impsiwf.sip.body.BodyException;
import org.impsiwf.sip.body.BodyLimits;
import org.impsiwf.sip.body.BodyReader;
import org.impsiwf.sip.body.ReceivedBody;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.sdp.SdpException;
import org.impsiwf.sip.sdp.SdpSession;

/** An INVITE outside a dialog becomes a usage (RFC 3261 §13.3). */
final class IncomingInvites {

    /** How long an INVITE without Expires waits for our final answer; a caller's own patience is 3 minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Set<String> SESSION_DESCRIPTIONS =
            Set.of("application/sdp", "application/*", "*/*", "multipart/mixed", "multipart/*");

    private final SipEdgeConfig config;
    private final InviteUsages usages;
    private final LiveInvites live;
    private final ServerTransactions servers;
    private final ResponseMaker maker;
    private final SipSide.Listener listener;
    private final Admission admission;
    private final InstantSource clock;

    IncomingInvites(
            SipEdgeConfig config,
            InviteUsages usages,
            LiveInvites live,
            ServerTransactions servers,
            ResponseMaker maker,
            SipSide.Listener listener,
            Admission admission,
            InstantSource clock) {
        this.config = config;
        this.usages = usages;
        this.live = live;
        this.servers = servers;
        this.maker = maker;
        this.listener = listener;
        this.admission = admission;
        this.clock = clock;
    }

    /** @throws BodyException when the body cannot be taken apart */
    void arrived(Arrival arrival, Originator originator, BodyLimits limits) throws BodyException {
        ReceivedMessage message = arrival.message();
        Optional<SipUri> contact = message.contact();
        if (contact.isEmpty()) {
            refuse(arrival, new Response(400, Optional.of("Contact is missing"), Optional.empty(), Map.of()));
            return;
        }
        if (config.sessionTimer().isTooShort(message.terms())) {
            String minimum = Long.toString(config.sessionTimer().minimum().toSeconds());
            refuse(arrival, RequestDoor.refusal(422, Map.of("Min-SE", minimum)));
            return;
        }
        if (!takesSessionDescriptions(message)) {
            refuse(arrival, Response.of(406)); // RFC 4475 §3.3.15: our answer could not be read
            return;
        }
        ReceivedBody body = body(message, limits);
        if (body.sdp().isEmpty() && !body.others().stream().allMatch(IncomingInvites::isKnown)) {
            refuse(arrival, Response.of(415)); // RFC 4475 §3.3.6
            return;
        }
        var sdp = SdpSession.start(Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
        try {
            if (body.sdp().isEmpty()) {
                open(arrival, originator, contact.get(), sdp, Optional.empty(), body);
            } else {
                var offer = sdp.receiveOffer(body.sdp().get(), config.descriptions());
                open(arrival, originator, contact.get(), offer.next(), Optional.of(offer.media()), body);
            }
        } catch (SdpException e) {
            Map<String, String> warning =
                    e.warning("iwf").map(text -> Map.of("Warning", text)).orElse(Map.of());
            refuse(arrival, RequestDoor.refusal(e.status(), warning));
        }
    }

    /** RFC 3261 §20.1: without Accept a session description is acceptable. */
    private static boolean takesSessionDescriptions(ReceivedMessage message) {
        List<String> accepted = message.tokens("Accept");
        return accepted.isEmpty()
                || accepted.stream()
                        .map(type -> type.split(";", 2)[0].replace(" ", ""))
                        .anyMatch(SESSION_DESCRIPTIONS::contains);
    }

    private static boolean isKnown(Body body) {
        String type = body.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return ResponseMaker.ACCEPT.contains(type);
    }

    static ReceivedBody body(ReceivedMessage message, BodyLimits limits) throws BodyException {
        byte[] bytes = message.body();
        if (bytes.length == 0) {
            return ReceivedBody.NONE;
        }
        String type = message.value("Content-Type").orElse("");
        return BodyReader.read(
                type, message.values("Content-Encoding"), message.value("Content-Disposition"), bytes, limits);
    }

    private void open(
            Arrival arrival,
            Originator originator,
            SipUri contact,
            SdpSession sdp,
            Optional<MessageMedia> offer,
            ReceivedBody body) {
        ReceivedMessage message = arrival.message();
        String tag = Tokens.next();
        var id = new InviteUsageId(tag);
        Dialog dialog = Dialog.called(
                message.callId(),
                tag,
                message.fromTag(),
                message.to(),
                message.from(),
                contact,
                List.copyOf(message.values("Record-Route")),
                message.cseq());
        Duration patience = message.value("Expires")
                .flatMap(ReceivedMessage::seconds)
                .filter(expires -> expires.compareTo(PATIENCE) < 0)
                .orElse(PATIENCE);
        InviteUsage usage = InviteUsage.called(
                id,
                dialog,
                sdp,
                message.terms(),
                message.allows("UPDATE"),
                offer.isPresent(),
                arrival.flow(),
                clock.instant().plus(patience));
        arrival.transaction().setApplicationData(tag);
        live.of(tag, id).theirs = new LiveInvites.Theirs(arrival.transaction(), arrival.request(), arrival.point());
        servers.sendNow(arrival.transaction(), arrival.point(), maker.of(arrival.request(), Response.of(100)));
        var event =
                new SipEvent.InviteReceived(id, message.head(originator, message.requestUri()), offer, body.others());
        usages.open(usage, () -> listener.on(event));
    }

    private void refuse(Arrival arrival, Response response) {
        admission.leave();
        servers.sendFromDoor(arrival.transaction(), arrival.point(), maker.of(arrival.request(), response));
    }
}
