package org.impsiwf.sip.stack;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.sip.conference.ConferenceInfo;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.dialog.InviteUsage;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipSide;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SubscriptionId;
import org.impsiwf.sip.header.HeaderException;
import org.impsiwf.sip.header.HeaderText;
import org.impsiwf.sip.subscription.Subscription;
import org.impsiwf.sip.subscription.Subscription.Kind;
import org.impsiwf.sip.subscription.SubscriptionEvent;
import org.impsiwf.sip.subscription.SubscriptionState;
import org.impsiwf.sip.subscription.SubscriptionTimes;

/** SUBSCRIBE (RFC 6665 §4.2.1) outside a dialog, in an INVITE usage's dialog, and in a dialog of its own. */
final class SubscribeRequests {

    private static final Set<String> TYPES = Set.of(ConferenceInfo.MEDIA_TYPE, "application/*", "*/*");

    private final Subscriptions subscriptions;
    private final ServerTransactions servers;
    private final SipSide.Listener listener;
    private final InstantSource clock;

    SubscribeRequests(
            Subscriptions subscriptions, ServerTransactions servers, SipSide.Listener listener, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.servers = servers;
        this.listener = listener;
        this.clock = clock;
    }

    /** What a SUBSCRIBE asks for, or why it is refused. */
    private record Read(String event, String eventId, Duration expires, Optional<Response> refusal) {

        static Read refused(Response response) {
            return new Read("", "", Duration.ZERO, Optional.of(response));
        }

        /** The Event value of the NOTIFYs (RFC 6665 §8.2.1). */
        String notifyEvent() {
            return eventId.isEmpty() ? event : event + ";id=" + eventId;
        }
    }

    private static Read read(ReceivedMessage message) {
        String value = message.value("Event").orElse("");
        int semicolon = value.indexOf(';');
        String event =
                (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
        String id;
        try {
            id = HeaderText.params(semicolon < 0 ? "" : value.substring(semicolon + 1), ';')
                    .getOrDefault("id", "");
        } catch (HeaderException e) {
            return Read.refused(new Response(400, Optional.of(e.getMessage()), Optional.empty(), Map.of()));
        }
        if (event.equals(Kind.CONFERENCE.eventName()) && !takesConferenceStates(message)) {
            return Read.refused(Response.of(406));
        }
        Duration asked =
                message.value("Expires").flatMap(ReceivedMessage::seconds).orElse(SubscriptionTimes.LONGEST);
        if (!asked.isZero() && asked.compareTo(SubscriptionTimes.SHORTEST) < 0) {
            String least = Long.toString(SubscriptionTimes.SHORTEST.toSeconds());
            return Read.refused(RequestDoor.refusal(423, Map.of("Min-Expires", least)));
        }
        Duration expires = asked.compareTo(SubscriptionTimes.LONGEST) > 0 ? SubscriptionTimes.LONGEST : asked;
        return new Read(event, id, expires, Optional.empty());
    }

    /** RFC 6665 §4.2.1.1; without Accept it is the package's own type (RFC 4575 §3.5). */
    private static boolean takesConferenceStates(ReceivedMessage message) {
        var types = message.tokens("Accept").stream()
                .map(type -> type.split(";", 2)[0].replace(" ", ""))
                .toList();
        return types.isEmpty() || types.stream().anyMatch(TYPES::contains);
    }

    private static Response badEvent() {
        return RequestDoor.refusal(489, Map.of("Allow-Events", ResponseMaker.EVENTS));
    }

    /** One that was admitted, from whom we know. */
    void outside(Arrival arrival, Originator originator) {
        ReceivedMessage message = arrival.message();
        SipTransactionId id = servers.keep(arrival.transaction(), arrival.request(), arrival.point(), true);
        Read read = read(message);
        if (read.refusal().isPresent()) {
            servers.answer(id, read.refusal().get());
            return;
        }
        if (!read.event().equals(Kind.CONFERENCE.eventName())) {
            servers.answer(id, badEvent());
            return;
        }
        String tag = Subscriptions.newTag();
        Dialog dialog = ownDialog(message, tag);
        open(tag, Optional.empty(), dialog, arrival.flow(), message, originator, id, read);
    }

    /** The dialog that the 2xx to a request outside a dialog makes. */
    static Dialog ownDialog(ReceivedMessage message, String tag) {
        return Dialog.called(
                message.callId(),
                tag,
                message.fromTag(),
                message.to(),
                message.from(),
                message.contact().orElse(message.from().uri()),
                List.copyOf(message.values("Record-Route")),
                message.cseq());
    }

    private void open(
            String key,
            Optional<InviteUsageId> usage,
            Dialog dialog,
            Optional<String> flow,
            ReceivedMessage message,
            Originator originator,
            SipTransactionId id,
            Read read) {
        var asked =
                new SubscriptionState.Asked(id, read.expires(), clock.instant().plus(SubscriptionTimes.DECISION));
        var subscription = new Subscription(
                key, Kind.CONFERENCE, usage, dialog, flow, message.target(), read.notifyEvent(), false, "", asked);
        var event = new SipEvent.SubscribeReceived(
                new SubscriptionId(key),
                usage,
                message.head(originator, message.target().value()),
                read.expires());
        subscriptions.open(subscription, asked, () -> listener.on(event));
    }

    /** In the dialog of an INVITE usage; whom that was made with is who asks. */
    void shared(InviteUsage usage, ReceivedMessage message, SipTransactionId id) {
        Read read = read(message);
        if (read.refusal().isPresent()) {
            servers.answer(id, read.refusal().get());
            return;
        }
        Optional<String> running = running(usage.dialog().localTag(), read)
                .filter(key -> subscriptions.find(key).isPresent());
        if (running.isPresent()) {
            again(running.get(), message, id, read);
        } else if (read.event().equals(Kind.CONFERENCE.eventName())) {
            String key = Subscriptions.shared(usage.dialog().localTag(), Kind.CONFERENCE, read.eventId());
            Originator originator = InsideRequests.originator(usage, message);
            open(key, Optional.of(usage.id()), usage.dialog(), usage.flow(), message, originator, id, read);
        } else {
            servers.answer(id, badEvent());
        }
    }

    private static Optional<String> running(String tag, Read read) {
        for (Kind kind : Kind.values()) {
            if (kind.eventName().equals(read.event())) {
                return Optional.of(Subscriptions.shared(tag, kind, read.eventId()));
            }
        }
        return Optional.empty();
    }

    /** In a dialog of which only subscriptions are left, or that is a subscription's own. */
    void alone(ReceivedMessage message, SipTransactionId id) {
        Read read = read(message);
        String tag = message.toTag();
        Optional<String> key = Subscriptions.isTag(tag) ? Optional.of(tag) : running(tag, read);
        Optional<Subscription> found = key.flatMap(subscriptions::find)
                .filter(subscription -> subscription.dialog().callId().equals(message.callId())
                        && subscription.dialog().remoteTag().equals(message.fromTag()));
        if (found.isEmpty()) {
            servers.answer(id, Response.of(481));
        } else if (read.refusal().isPresent()) {
            servers.answer(id, read.refusal().get());
        } else if (!found.get().kind().eventName().equals(read.event())) {
            servers.answer(id, badEvent());
        } else {
            again(found.get().id(), message, id, read);
        }
    }

    private void again(String key, ReceivedMessage message, SipTransactionId id, Read read) {
        subscriptions.post(key, new SubscriptionEvent.Requested(id, message.cseq(), message.contact(), read.expires()));
    }
}
