package org.impsiwf.sip.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.subscription.Subscription.Kind;

/** Subscriptions in each state and one event of each kind, for tests and for the page that shows the machine. */
final class SubscriptionScenes {

    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final SubscriptionMachine MACHINE = new SubscriptionMachine();
    static final SipTransactionId TX = new SipTransactionId("tx");
    static final SipUri ROOM = new SipUri("sip:/room@iwf.example.com");
    static final Duration HOUR = Duration.ofHours(1);

    private SubscriptionScenes() {}

    static Body state(String text) {
        return new Body("application/conference-info+xml", text.getBytes(StandardCharsets.UTF_8));
    }

    static Subscription asked(Kind kind, Duration wanted, boolean silent) {
        var alice = NameAddr.of(new SipUri("sip:alice@ims.example.com"));
        Dialog dialog = Dialog.called(
                "call-1",
                "sub-ours",
                "theirs",
                NameAddr.of(ROOM),
                alice,
                new SipUri("sip:alice@192.0.2.1:5060"),
                List.of(),
                1);
        return new Subscription(
                "sub-ours",
                kind,
                Optional.empty(),
                dialog,
                Optional.empty(),
                ROOM,
                kind.eventName(),
                silent,
                "",
                new SubscriptionState.Asked(TX, wanted, T0.plus(SubscriptionTimes.DECISION)));
    }

    static Subscription asked() {
        return asked(Kind.CONFERENCE, HOUR, false);
    }

    static Subscription after(Subscription subscription, SubscriptionEvent... events) {
        Subscription now = subscription;
        for (SubscriptionEvent event : events) {
            now = MACHINE.decide(now, event, T0).next().orElseThrow();
        }
        return now;
    }

    static SubscriptionEvent.Accept accept() {
        return new SubscriptionEvent.Accept(HOUR, "F:room");
    }

    static SubscriptionEvent.Requested requested(long cseq, Duration expires) {
        return new SubscriptionEvent.Requested(new SipTransactionId("tx" + cseq), cseq, Optional.empty(), expires);
    }

    static SubscriptionEvent.Notified notified(int status) {
        return new SubscriptionEvent.Notified(status, Optional.empty());
    }

    /** One in every state, in the order of a life. */
    static Map<String, Subscription> states() {
        var states = new LinkedHashMap<String, Subscription>();
        Subscription active = after(asked(), accept());
        Subscription busy = after(active, new SubscriptionEvent.Notify(state("1")));
        states.put("Asked", asked());
        states.put("Asked, REFER", asked(Kind.REFER, SubscriptionTimes.REFER, false));
        states.put("Asked, REFER without subscription", asked(Kind.REFER, SubscriptionTimes.REFER, true));
        states.put("Active", active);
        states.put("Active, a single look", after(asked(Kind.CONFERENCE, Duration.ZERO, false), accept()));
        states.put("Active, NOTIFY out", busy);
        states.put("Active, NOTIFY out and one waiting", after(busy, new SubscriptionEvent.Notify(state("2"))));
        states.put(
                "Active, NOTIFY to be repeated",
                after(busy, new SubscriptionEvent.Notified(500, Optional.of(Duration.ofSeconds(5)))));
        states.put("Leaving", after(active, new SubscriptionEvent.End("noresource", Optional.empty())));
        states.put(
                "Leaving, last NOTIFY waiting", after(busy, new SubscriptionEvent.End("noresource", Optional.empty())));
        return states;
    }

    /** One of each kind. */
    static Map<String, SubscriptionEvent> events() {
        var events = new LinkedHashMap<String, SubscriptionEvent>();
        events.put("Accept", accept());
        events.put("Refuse", new SubscriptionEvent.Refuse(Response.of(403)));
        events.put("Notify", new SubscriptionEvent.Notify(state("3")));
        events.put("End", new SubscriptionEvent.End("noresource", Optional.empty()));
        events.put("Requested, refresh", requested(2, HOUR));
        events.put("Requested, end", requested(2, Duration.ZERO));
        events.put("Requested, out of order", requested(1, HOUR));
        events.put("Notified 200", notified(200));
        events.put("Notified 481", notified(481));
        events.put("Notified 500", notified(500));
        events.put(
                "Notified 500, Retry-After", new SubscriptionEvent.Notified(500, Optional.of(Duration.ofSeconds(5))));
        events.put("DeadlineReached", new SubscriptionEvent.DeadlineReached());
        events.put("NodeLost", new SubscriptionEvent.NodeLost());
        return events;
    }
}
