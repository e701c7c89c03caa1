package org.impsiwf.testkit.flow;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.sip.event.ConferenceState;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.ReferId;
import org.impsiwf.sip.event.ReferTarget;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.SubscriptionId;

/** Plays REFER and the conference event package at the SIP edge, and the users behind it. */
final class ConferenceDesk {

    private record Refer(String user, boolean subscribes) {}

    private record Subscription(String user, String owner) {}

    private final InMemoryWorld world;
    private final Map<String, Refer> refers = new HashMap<>();
    private final Map<String, String> subscribers = new HashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

    /** Subscriptions that end with their first NOTIFY. */
    private final Set<String> looks = new HashSet<>();

    ConferenceDesk(InMemoryWorld world) {
        this.world = world;
    }

    static boolean knows(String name) {
        return name.equals("REFER") || name.equals("SUBSCRIBE");
    }

    void inject(FlowMessage m) {
        if (m.name().equals("REFER")) {
            refer(m);
        } else {
            subscribe(m);
        }
    }

    // ---- REFER

    private void refer(FlowMessage m) {
        String id = m.field("id", "refer" + world.sequence());
        boolean subscribes = !m.field("norefersub", "no").equals("yes");
        if (refers.putIfAbsent(id, new Refer(m.from(), subscribes)) != null) {
            // A retransmission, which the edge absorbs.
            return;
        }
        String method = m.field("method", "INVITE");
        List<ReferTarget> targets = Words.list(m.field("to", "bob")).stream()
                .map(name -> new ReferTarget(new SipUri(Words.referTarget(m, name)), method, Map.of()))
                .toList();
        world.ledger().owed("REFER " + id, "");
        post(new SipEvent.ReferReceived(
                new ReferId(id),
                usage(m),
                SipLines.head(m, Words.impsUserAsSip(m.field("at", "conference"))),
                targets));
    }

    private static Optional<InviteUsageId> usage(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("call")).map(InviteUsageId::new);
    }

    /** Transactions die with their owner: whoever has asked asks again. */
    void ownerDied() {
        refers.keySet().forEach(id -> world.ledger().excused("REFER " + id));
        subscribers.keySet().forEach(id -> world.ledger().excused("SUBSCRIBE " + id));
    }

    // ---- SUBSCRIBE

    private void subscribe(FlowMessage m) {
        String id = m.field("sub", "sub" + world.sequence());
        Duration expires = Duration.ofSeconds(Long.parseLong(m.field("expires", "3600")));
        Subscription known = subscriptions.get(id);
        if (known != null) {
            again(id, known, expires);
        } else if (subscribers.putIfAbsent(id, m.from()) == null) {
            world.ledger().owed("SUBSCRIBE " + id, "");
            post(new SipEvent.SubscribeReceived(new SubscriptionId(id), usage(m), SipLines.head(m), expires));
        }
    }

    /** What the edge answers by itself: a refresh, or the end. */
    private void again(String id, Subscription known, Duration expires) {
        say(known.user(), "200 SUBSCRIBE", Map.of("sub", id, "expires", String.valueOf(expires.toSeconds())));
        if (expires.isZero()) {
            over(id, "timeout", "unsubscribed");
        } else {
            world.edgeTimer("sub " + id, expires, () -> over(id, "timeout", "expired"));
            post(new SipEvent.SubscriptionRefreshed(new SubscriptionId(id), known.owner()));
        }
    }

    /** The edge ends it: with a last NOTIFY, and a word to its owner. */
    private void over(String id, String reason, String cause) {
        Subscription subscription = subscriptions.remove(id);
        if (subscription != null) {
            say(subscription.user(), "NOTIFY terminated", Map.of("sub", id, "reason", reason));
            post(new SipEvent.SubscriptionEnded(new SubscriptionId(id), subscription.owner(), cause));
        }
    }

    /** Its subscriber knows nothing of it any more. */
    void forgets(String id) {
        Subscription subscription = subscriptions.remove(id);
        if (subscription != null) {
            post(new SipEvent.SubscriptionEnded(new SubscriptionId(id), subscription.owner(), "481"));
        }
    }

    void vanish(String user) {
        subscriptions.entrySet().stream()
                .filter(entry -> entry.getValue().user().equals(user))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forgets);
    }

    // ---- orders

    void execute(SipCommand command) {
        switch (command) {
            case SipCommand.AcceptRefer c -> {
                String id = c.refer().value();
                world.ledger().answered("REFER " + id, 202);
                if (refers.get(id).subscribes()) {
                    toReferrer(id, "202 REFER", Map.of());
                    toReferrer(id, "NOTIFY", Map.of("refer", "100"));
                } else {
                    toReferrer(id, "200 REFER", Map.of());
                }
            }
            case SipCommand.RefuseRefer c -> {
                world.ledger()
                        .answered("REFER " + c.refer().value(), c.refusal().status());
                toReferrer(
                        c.refer().value(), c.refusal().status() + " REFER", SipLines.response(c.refusal(), Map.of()));
            }
            case SipCommand.ReportRefer c -> {
                if (refers.get(c.refer().value()).subscribes()) {
                    toReferrer(c.refer().value(), "NOTIFY", Map.of("refer", String.valueOf(c.status())));
                }
            }
            case SipCommand.AcceptSubscription c -> accept(c);
            case SipCommand.RefuseSubscription c -> {
                String id = c.subscription().value();
                world.ledger().answered("SUBSCRIBE " + id, c.refusal().status());
                say(
                        subscribers.get(id),
                        c.refusal().status() + " SUBSCRIBE",
                        SipLines.response(c.refusal(), Map.of("sub", id)));
            }
            case SipCommand.Notify c -> notify(c);
            case SipCommand.EndSubscription c -> {
                String id = c.subscription().value();
                if (subscriptions.remove(id) != null) {
                    say(subscribers.get(id), "NOTIFY terminated", Map.of("sub", id, "reason", c.reason()));
                }
            }
            default -> throw new IllegalArgumentException("no order about conferences: " + command);
        }
    }

    private void toReferrer(String id, String name, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put("id", id);
        say(refers.get(id).user(), name, all);
    }

    private void accept(SipCommand.AcceptSubscription c) {
        String id = c.subscription().value();
        String user = subscribers.get(id);
        world.ledger().answered("SUBSCRIBE " + id, 200);
        subscriptions.put(id, new Subscription(user, c.owner()));
        say(
                user,
                "200 SUBSCRIBE",
                Map.of("sub", id, "expires", String.valueOf(c.expires().toSeconds())));
        if (world.isGone(user)) {
            forgets(id);
        } else if (c.expires().isZero()) {
            looks.add(id);
        } else {
            world.edgeTimer("sub " + id, c.expires(), () -> over(id, "timeout", "expired"));
        }
    }

    private void notify(SipCommand.Notify c) {
        String id = c.subscription().value();
        if (!subscriptions.containsKey(id)) {
            // It ended while this was being decided.
            return;
        }
        Map<String, String> fields = describe(c.state());
        fields.put("sub", id);
        say(subscribers.get(id), c.state().full() ? "NOTIFY full" : "NOTIFY partial", fields);
        if (looks.remove(id)) {
            subscriptions.remove(id);
        }
    }

    private static Map<String, String> describe(ConferenceState state) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("version", String.valueOf(state.version()));
        fields.put("entity", Words.shortName(state.entity().value()));
        state.displayText().ifPresent(text -> fields.put("name", text));
        state.subject().ifPresent(subject -> fields.put("subject", subject));
        state.userCount().ifPresent(count -> fields.put("count", String.valueOf(count)));
        state.maximumUserCount().ifPresent(count -> fields.put("most", String.valueOf(count)));
        fields.put("users", state.users().stream().map(ConferenceDesk::describe).collect(Collectors.joining(",")));
        return fields;
    }

    private static String describe(ConferenceState.Participant user) {
        String name =
                user.displayText().orElseGet(() -> Words.shortName(user.entity().value()));
        String presence = user.presence() == ConferenceState.Presence.CONNECTED || user.deleted()
                ? ""
                : "(" + user.presence().name().toLowerCase(Locale.ROOT).replace('_', '-') + ")";
        return (user.deleted() ? "-" : "+") + name + presence;
    }

    private void say(String user, String name, Map<String, String> fields) {
        world.send(new FlowMessage(FlowMessage.GATEWAY, user, name, fields));
    }

    private void post(SipEvent event) {
        world.post(new Event.Sip(event));
    }
}
