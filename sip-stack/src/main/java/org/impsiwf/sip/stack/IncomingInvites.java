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
import org.impsiwf.sip.dialog.Replacement;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.list.UriListException;
import org.impsiwf.sip.sdp.SdpException;
import org.impsiwf.sip.sdp.SdpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An INVITE outside a dialog becomes a usage (RFC 3261 §13.3). */
final class IncomingInvites {

    private static final Logger LOG = LoggerFactory.getLogger(IncomingInvites.class);

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
    private final ReplacedDialogs replaced;
    private final InstantSource clock;

    IncomingInvites(
            SipEdgeConfig config,
            InviteUsages usages,
            LiveInvites live,
            ServerTransactions servers,
            ResponseMaker maker,
            SipSide.Listener listener,
            Admission admission,
            ReplacedDialogs replaced,
            InstantSource clock) {
        this.config = config;
        this.usages = usages;
        this.live = live;
        this.servers = servers;
        this.maker = maker;
        this.listener = listener;
        this.admission = admission;
        this.replaced = replaced;
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
            Conferencing conferencing = ConferenceParts.of(message, body);
            Asked asked;
            if (body.sdp().isEmpty()) {
                asked = new Asked(arrival, originator, contact.get(), sdp, Optional.empty(), body, conferencing);
            } else {
                var offer = sdp.receiveOffer(body.sdp().get(), config.descriptions());
                var media = Optional.of(offer.media());
                asked = new Asked(arrival, originator, contact.get(), offer.next(), media, body, conferencing);
            }
            openOrReplace(asked);
        } catch (SdpException e) {
            Map<String, String> warning =
                    e.warning("iwf").map(text -> Map.of("Warning", text)).orElse(Map.of());
            refuse(arrival, RequestDoor.refusal(e.status(), warning));
        } catch (UriListException e) {
            refuse(arrival, RequestDoor.refusal(e));
        }
    }

    /** An INVITE whose every part was read. */
    private record Asked(
            Arrival arrival,
            Originator originator,
            SipUri contact,
            SdpSession sdp,
            Optional<MessageMedia> offer,
            ReceivedBody body,
            Conferencing conferencing) {

        boolean hasList() {
            return conferencing.list().isPresent();
        }

        Asked replacing(InviteUsageId replaced) {
            return new Asked(
                    arrival, originator, contact, sdp, offer, body, ConferenceParts.replacing(conferencing, replaced));
        }
    }

    /** The store may have to be asked for the replaced dialog, and that is not for the thread that reads. */
    private void openOrReplace(Asked asked) {
        Optional<String> header = asked.arrival().message().value("Replaces");
        Optional<String> wanted = header.or(() -> ConferenceParts.replacedInList(asked.conferencing()));
        if (wanted.isEmpty()) {
            open(asked);
        } else {
            Thread.ofVirtual()
                    .name("sip-replaces")
                    .start(() -> replace(asked, wanted.get(), header.isPresent() && !asked.hasList()));
        }
    }

    /** @param here whether the dialog has to be one of ours; one that comes with a list may be that of two others */
    private void replace(Asked asked, String header, boolean here) {
        try {
            switch (replaced.find(header, asked.originator().identity())) {
                case Replacement.Allowed(InviteUsageId usage) -> open(asked.replacing(usage));
                case Replacement.Refused(int status, String reason) when !here && status != 403 -> open(asked);
                case Replacement.Refused(int status, String reason) ->
                    refuse(asked.arrival(), new Response(status, Optional.of(reason), Optional.empty(), Map.of()));
            }
        } catch (RuntimeException e) {
            LOG.error("could not look for a dialog to be replaced", e);
            refuse(asked.arrival(), Response.of(500));
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
                type,
                message.values("Content-Encoding"),
                message.value("Content-Disposition"),
                message.value("Content-ID"),
                bytes,
                limits);
    }

    private void open(Asked asked) {
        Arrival arrival = asked.arrival();
        ReceivedMessage message = arrival.message();
        String tag = Tokens.next();
        var id = new InviteUsageId(tag);
        Dialog dialog = Dialog.called(
                message.callId(),
                tag,
                message.fromTag(),
                message.to(),
                message.from(),
                asked.contact(),
                List.copyOf(message.values("Record-Route")),
                message.cseq());
        Duration patience = message.value("Expires")
                .flatMap(ReceivedMessage::seconds)
                .filter(expires -> expires.compareTo(PATIENCE) < 0)
                .orElse(PATIENCE);
        InviteUsage usage = InviteUsage.called(
                id,
                dialog,
                asked.sdp(),
                message.terms(),
                message.allows("UPDATE"),
                asked.offer().isPresent(),
                arrival.flow(),
                asked.originator().identity(),
                clock.instant().plus(patience));
        arrival.transaction().setApplicationData(tag);
        live.of(tag, id).theirs = new LiveInvites.Theirs(arrival.transaction(), arrival.request(), arrival.point());
        servers.sendNow(arrival.transaction(), arrival.point(), maker.of(arrival.request(), Response.of(100)));
        var event = new SipEvent.InviteReceived(
                id,
                message.head(asked.originator(), message.target().value()),
                asked.offer(),
                asked.body().others(),
                asked.conferencing());
        usages.open(usage, () -> listener.on(event));
    }

    private void refuse(Arrival arrival, Response response) {
        admission.leave();
        servers.sendFromDoor(arrival.transaction(), arrival.point(), maker.of(arrival.request(), response));
    }
}
