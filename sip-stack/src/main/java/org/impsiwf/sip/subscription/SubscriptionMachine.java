package org.impsiwf.sip.subscription;

import static org.impsiwf.sip.subscription.SubscriptionDecision.forget;
import static org.impsiwf.sip.subscription.SubscriptionDecision.to;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.sip.dialog.Dialog;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SubscriptionId;
import org.impsiwf.sip.subscription.Subscription.Kind;
import org.impsiwf.sip.subscription.SubscriptionEvent.Accept;
import org.impsiwf.sip.subscription.SubscriptionEvent.DeadlineReached;
import org.impsiwf.sip.subscription.SubscriptionEvent.End;
import org.impsiwf.sip.subscription.SubscriptionEvent.NodeLost;
import org.impsiwf.sip.subscription.SubscriptionEvent.Notified;
import org.impsiwf.sip.subscription.SubscriptionEvent.Notify;
import org.impsiwf.sip.subscription.SubscriptionEvent.Refuse;
import org.impsiwf.sip.subscription.SubscriptionEvent.Requested;
import org.impsiwf.sip.subscription.SubscriptionOrder.Answer;
import org.impsiwf.sip.subscription.SubscriptionOrder.Grant;
import org.impsiwf.sip.subscription.SubscriptionOrder.SendNotify;
import org.impsiwf.sip.subscription.SubscriptionOrder.Tell;
import org.impsiwf.sip.subscription.SubscriptionState.Active;
import org.impsiwf.sip.subscription.SubscriptionState.Asked;
import org.impsiwf.sip.subscription.SubscriptionState.Leaving;

/** Decides what an event does to a subscription with us (RFC 6665 §4.2, RFC 3515 §2.4). Pure. */
public final class SubscriptionMachine {

    /** RFC 6665 §4.2.2: answers to a NOTIFY after which there is no subscription any more, and those that stand for none. */
    private static final Set<Integer> FATAL =
            Set.of(403, 404, 405, 408, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 503, 603, 604);

    private static final Body TRYING =
            new Body("message/sipfrag;version=2.0", "SIP/2.0 100 Trying\r\n".getBytes(StandardCharsets.UTF_8));

    /** The next state and what has to be done; {@code now} is when the event happened. */
    public SubscriptionDecision decide(Subscription subscription, SubscriptionEvent event, Instant now) {
        Subscription current = subscription;
        if (event instanceof Requested request) {
            Optional<Dialog> ordered = subscription.dialog().received(request.cseq());
            if (ordered.isEmpty()) {
                return to(subscription, new Answer(request.transaction(), Response.of(500))); // RFC 3261 §12.2.2
            }
            current = subscription.with(
                    request.contact().map(ordered.get()::targeting).orElse(ordered.get()));
        }
        return switch (current.state()) {
            case Asked asked -> asked(current, asked, event, now);
            case Active active -> active(current, active, event, now);
            case Leaving leaving -> leaving(current, leaving, event, now);
        };
    }

    private static SubscriptionDecision asked(
            Subscription subscription, Asked state, SubscriptionEvent event, Instant now) {
        return switch (event) {
            case Accept order -> accepted(subscription, state, order, now);
            case Refuse(Response refusal) -> forget(new Answer(state.transaction(), refusal));
            case End e -> forget(new Answer(state.transaction(), Response.of(480)));
            case Requested request -> to(subscription, new Answer(request.transaction(), later()));
            case DeadlineReached d when now.isBefore(state.giveUpAt()) -> to(subscription);
            case DeadlineReached d -> forget(new Answer(state.transaction(), Response.of(504)));
            case Notify n -> to(subscription);
            case Notified n -> to(subscription);
            case NodeLost l -> to(subscription);
        };
    }

    private static SubscriptionDecision accepted(Subscription subscription, Asked state, Accept order, Instant now) {
        if (subscription.silent()) {
            return forget(new Answer(
                    state.transaction(),
                    new Response(200, Optional.empty(), Optional.empty(), Map.of("Refer-Sub", "false"))));
        }
        boolean once = state.wanted().isZero();
        Duration granted = order.expires().compareTo(state.wanted()) < 0 ? order.expires() : state.wanted();
        Duration lives = once ? SubscriptionTimes.LOOK : granted;
        var active = new Active(now.plus(lives), once, Notices.NONE);
        Subscription running = subscription.ownedBy(order.owner()).in(active);
        return switch (subscription.kind()) {
            case CONFERENCE -> to(running, new Grant(state.transaction(), 200, granted));
            case REFER ->
                push(running, active, Notice.of(TRYING), now).after(new Grant(state.transaction(), 202, granted));
        };
    }

    private static SubscriptionDecision active(
            Subscription subscription, Active state, SubscriptionEvent event, Instant now) {
        return switch (event) {
            case Requested(var transaction, long cseq, var contact, Duration expires)
            when expires.isZero() ->
                leave(subscription, state, Notice.last("timeout", Optional.empty()), now)
                        .after(new Grant(transaction, 200, Duration.ZERO))
                        .and(over(subscription, "ended by the subscriber"));
            case Requested request -> refreshed(subscription, state, request, now);
            case Notify(Body body)
            when state.once() ->
                leave(subscription, state, Notice.last("timeout", Optional.of(body)), now)
                        .and(over(subscription, "a single look"));
            case Notify n
            when state.notices().isFull() ->
                leave(subscription, state, Notice.last("giveup", Optional.empty()), now)
                        .and(over(subscription, "the subscriber does not keep up"));
            case Notify(Body body) -> push(subscription, state, Notice.of(body), now);
            case End(String reason, Optional<Body> body) ->
                leave(subscription, state.notices().and(Notice.last(reason, body)), now);
            case Notified answer -> notified(subscription, state, answer, now);
            case DeadlineReached d
            when !now.isBefore(state.expiresAt()) ->
                leave(subscription, state, Notice.last("timeout", Optional.empty()), now)
                        .and(over(subscription, "expired"));
            case DeadlineReached d -> overdue(subscription, state, now);
            // A subscriber takes a state twice; it would not come back for one that it never got.
            case NodeLost l -> outAgain(subscription, state, now);
            case Accept a -> to(subscription);
            case Refuse r -> to(subscription);
        };
    }

    private static SubscriptionDecision refreshed(
            Subscription subscription, Active state, Requested request, Instant now) {
        var longer = new Active(now.plus(request.expires()), false, state.notices());
        Subscription running = subscription.in(longer);
        var granted = new Grant(request.transaction(), 200, request.expires());
        return switch (subscription.kind()) {
            case CONFERENCE ->
                to(
                        running,
                        granted,
                        new Tell(new SipEvent.SubscriptionRefreshed(
                                new SubscriptionId(subscription.id()), subscription.owner())));
            // Nothing is known since; RFC 6665 §4.2.1.2 wants a NOTIFY all the same.
            case REFER -> push(running, longer, Notice.of(TRYING), now).after(granted);
        };
    }

    /** One more notice at the end of the line. */
    private static SubscriptionDecision push(Subscription subscription, Active state, Notice notice, Instant now) {
        Notices longer = state.notices().and(notice);
        if (longer.sent().isPresent()) {
            return to(subscription.in(new Active(state.expiresAt(), state.once(), longer)));
        }
        return next(subscription, state, longer, now);
    }

    private static SubscriptionDecision next(Subscription subscription, Active state, Notices notices, Instant now) {
        Dialog dialog = subscription.dialog().sending();
        var out = notices.sending(now.plus(SubscriptionTimes.ANSWER));
        return to(
                subscription.with(dialog).in(new Active(state.expiresAt(), state.once(), out)),
                new SendNotify(dialog, notices.waiting().getFirst(), Duration.between(now, state.expiresAt())));
    }

    /** The last notice instead of all that wait. */
    private static SubscriptionDecision leave(Subscription subscription, Active state, Notice last, Instant now) {
        return leave(subscription, state.notices().only(last), now);
    }

    private static SubscriptionDecision leave(Subscription subscription, Notices notices, Instant now) {
        Instant giveUpAt = now.plus(SubscriptionTimes.ANSWER);
        if (notices.sent().filter(sent -> !sent.again()).isPresent()) {
            return to(subscription.in(new Leaving(giveUpAt, notices)));
        }
        Dialog dialog = subscription.dialog().sending();
        return to(
                subscription.with(dialog).in(new Leaving(giveUpAt, notices.sending(giveUpAt))),
                new SendNotify(dialog, notices.waiting().getFirst(), Duration.ZERO));
    }

    private static SubscriptionDecision notified(
            Subscription subscription, Active state, Notified answer, Instant now) {
        if (state.notices().sent().isEmpty()) {
            return to(subscription);
        }
        if (answer.retryAfter().isPresent() && answer.status() >= 300) {
            Notices later = state.notices().later(now.plus(answer.retryAfter().get()));
            return to(subscription.in(new Active(state.expiresAt(), state.once(), later)));
        }
        if (FATAL.contains(answer.status())) {
            return SubscriptionDecision.forget().and(over(subscription, answer.status() + " to NOTIFY"));
        }
        Notices rest = state.notices().answered();
        return rest.waiting().isEmpty()
                ? to(subscription.in(new Active(state.expiresAt(), state.once(), rest)))
                : next(subscription, state, rest, now);
    }

    private static SubscriptionDecision overdue(Subscription subscription, Active state, Instant now) {
        Optional<Notices.Sent> due = state.notices().sent().filter(sent -> !now.isBefore(sent.due()));
        if (due.isEmpty()) {
            return to(subscription);
        }
        if (!due.get().again()) {
            return SubscriptionDecision.forget().and(over(subscription, "no answer to NOTIFY"));
        }
        return sendAgain(subscription, state, due.get(), now);
    }

    private static SubscriptionDecision outAgain(Subscription subscription, Active state, Instant now) {
        return state.notices()
                .sent()
                .filter(sent -> !sent.again())
                .map(sent -> sendAgain(subscription, state, sent, now))
                .orElseGet(() -> to(subscription));
    }

    private static SubscriptionDecision sendAgain(
            Subscription subscription, Active state, Notices.Sent sent, Instant now) {
        Dialog dialog = subscription.dialog().sending();
        Notices again = state.notices().again(now.plus(SubscriptionTimes.ANSWER));
        return to(
                subscription.with(dialog).in(new Active(state.expiresAt(), state.once(), again)),
                new SendNotify(dialog, sent.notice(), Duration.between(now, state.expiresAt())));
    }

    private static SubscriptionDecision leaving(
            Subscription subscription, Leaving state, SubscriptionEvent event, Instant now) {
        return switch (event) {
            case Requested request -> to(subscription, new Answer(request.transaction(), Response.of(481)));
            case Notified answer when FATAL.contains(answer.status()) -> forget();
            case Notified n when state.notices().waiting().isEmpty() -> forget();
            case Notified n -> {
                Dialog dialog = subscription.dialog().sending();
                Notice notice = state.notices().waiting().getFirst();
                Notices out = state.notices().answered().sending(state.giveUpAt());
                yield to(
                        subscription.with(dialog).in(new Leaving(state.giveUpAt(), out)),
                        new SendNotify(dialog, notice, Duration.ZERO));
            }
            case DeadlineReached d when now.isBefore(state.deadline()) -> to(subscription);
            case DeadlineReached d -> forget();
            case Accept a -> to(subscription);
            case Refuse r -> to(subscription);
            case Notify n -> to(subscription);
            case End e -> to(subscription);
            case NodeLost l -> to(subscription);
        };
    }

    /** What the owner hears; of a REFER nobody waits for that. */
    private static Optional<Tell> over(Subscription subscription, String cause) {
        return subscription.kind() == Kind.CONFERENCE
                ? Optional.of(new Tell(new SipEvent.SubscriptionEnded(
                        new SubscriptionId(subscription.id()), subscription.owner(), cause)))
                : Optional.empty();
    }

    private static Response later() {
        return new Response(500, Optional.empty(), Optional.of(Duration.ofSeconds(2)), Map.of());
    }
}
