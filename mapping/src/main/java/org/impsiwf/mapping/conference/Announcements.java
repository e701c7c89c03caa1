package org.impsiwf.mapping.conference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.addresses.Address;
import org.impsiwf.mapping.addresses.MemberUri;
import org.impsiwf.mapping.conference.Audience.Subscription;
import org.impsiwf.mapping.conference.Audience.Untold;
import org.impsiwf.mapping.conference.Roster.Member;
import org.impsiwf.sip.event.ConferenceState;
import org.impsiwf.sip.event.ConferenceState.Participant;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.SubscriptionId;
import org.pcollections.TreePMap;

/**
 * Tells the subscribers of the conference event package what changes (RFC 4575): one notification for all that one event has
 * changed, and not more often than every five seconds (§3.9).
 */
final class Announcements {

    /** RFC 4575 §3.3. */
    static final Duration LONGEST = Duration.ofHours(1);

    /** RFC 4575 §3.9. */
    static final Duration QUIET = Duration.ofSeconds(5);

    /** After it a subscription whose end nobody has told of is taken for ended. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** Subscriptions of one user; one client has one. */
    private static final int MOST_OF_ONE_USER = 5;

    private final FocusTurn turn;
    private final SipUri entity;
    private TreePMap<String, Subscription> subscriptions;
    private TreePMap<String, Untold> untold;
    private boolean described;
    private long tellings;
    private Optional<Instant> tellAt;
    private Optional<Instant> quietUntil;
    private Optional<Instant> sweepAt;

    Announcements(FocusTurn turn, Audience before) {
        this.turn = turn;
        this.entity = new SipUri(turn.group.sipUri());
        this.subscriptions = Focus.shared(before.subscriptions());
        this.untold = Focus.shared(before.untold());
        this.described = before.described();
        this.tellings = before.tellings();
        this.tellAt = before.tellAt();
        this.quietUntil = before.quietUntil();
        this.sweepAt = before.sweepAt();
    }

    Audience after() {
        return new Audience(subscriptions, untold, described, tellings, tellAt, quietUntil, sweepAt);
    }

    /** This line of the roster is another one now. */
    void changed(String key) {
        if (subscriptions.isEmpty()) {
            turn.roster.find(key).filter(Member::isGone).ifPresent(gone -> turn.roster = turn.roster.without(key));
        } else {
            untold = untold.plus(key, Untold.CHANGED);
            due();
        }
    }

    /** This line is to go without a word on how: somebody else's stands for it. */
    void retire(String key) {
        if (subscriptions.isEmpty()) {
            turn.roster = turn.roster.without(key);
        } else if (turn.roster.find(key).isPresent()) {
            untold = untold.plus(key, Untold.TO_BE_REMOVED);
            due();
        }
    }

    void described() {
        if (!subscriptions.isEmpty()) {
            described = true;
            due();
        }
    }

    private void due() {
        Instant earliest = quietUntil.filter(quiet -> !turn.isPast(quiet)).orElse(turn.now());
        tellAt = tellAt.or(() -> Optional.of(earliest));
    }

    /** Lets somebody in. */
    void begin(SubscriptionId id, String user, Duration asked) {
        Duration granted = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
        turn.sip(new SipCommand.AcceptSubscription(id, granted, turn.key.text()));
        Subscription subscription =
                new Subscription(user, tellings, turn.in(granted).plus(GRACE));
        turn.sip(new SipCommand.Notify(id, full(subscription)));
        if (granted.isZero()) {
            // RFC 6665 §4.4.3: a single look.
            return;
        }
        makeRoomFor(user);
        subscriptions = subscriptions.plus(id.value(), subscription);
        sweepAt = sweepAt.or(() -> Optional.of(turn.in(LONGEST.plus(GRACE))));
    }

    private void makeRoomFor(String user) {
        List<Map.Entry<String, Subscription>> own = of(user);
        own.stream()
                .sorted(Comparator.comparing(entry -> entry.getValue().until()))
                .limit(Math.max(0, own.size() - MOST_OF_ONE_USER + 1))
                .forEach(entry -> end(entry.getKey(), "deactivated"));
    }

    private List<Map.Entry<String, Subscription>> of(String user) {
        return subscriptions.entrySet().stream()
                .filter(entry -> entry.getValue().user().equals(user))
                .toList();
    }

    /** RFC 6665 §4.2.1.2: who refreshes is told everything. */
    void refreshed(SubscriptionId id) {
        Subscription known = subscriptions.get(id.value());
        if (known == null) {
            turn.sip(new SipCommand.EndSubscription(id, "deactivated"));
            return;
        }
        Subscription refreshed = new Subscription(
                known.user(), known.since() - 1, turn.in(LONGEST).plus(GRACE));
        subscriptions = subscriptions.plus(id.value(), refreshed);
        turn.sip(new SipCommand.Notify(id, full(refreshed)));
    }

    /** NOTIFYs may have been lost with the node that sent them: full states go out (RFC 6665 §4.2.2 orders them). */
    void refreshAll() {
        List.copyOf(subscriptions.keySet()).forEach(id -> refreshed(new SubscriptionId(id)));
    }

    /** The edge says that it is over. */
    void ended(SubscriptionId id) {
        forget(id.value());
    }

    /** Ends what a user has subscribed to. */
    void endAllOf(String user, String reason) {
        of(user).forEach(entry -> end(entry.getKey(), reason));
    }

    void endAll(String reason) {
        List.copyOf(subscriptions.keySet()).forEach(id -> end(id, reason));
    }

    private void end(String id, String reason) {
        turn.sip(new SipCommand.EndSubscription(new SubscriptionId(id), reason));
        forget(id);
    }

    private void forget(String id) {
        subscriptions = subscriptions.minus(id);
        if (subscriptions.isEmpty()) {
            untold.keySet().stream()
                    .filter(key -> untold.get(key) == Untold.TO_BE_REMOVED
                            || turn.roster.find(key).filter(Member::isGone).isPresent())
                    .forEach(key -> turn.roster = turn.roster.without(key));
            untold = TreePMap.empty();
            described = false;
            tellAt = Optional.empty();
            sweepAt = Optional.empty();
        }
    }

    /** Subscriptions that nobody has ended in time: their edge is gone. */
    void sweep() {
        if (sweepAt.filter(turn::isPast).isEmpty()) {
            return;
        }
        subscriptions.entrySet().stream()
                .filter(entry -> turn.isPast(entry.getValue().until()))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::forget);
        sweepAt = subscriptions.values().stream().map(Subscription::until).min(Instant::compareTo);
    }

    /** Tells what is due. The last act of a decision, so that it is one notification. */
    void tell() {
        if (tellAt.filter(turn::isPast).isEmpty()) {
            return;
        }
        List<Participant> users = takeUntold();
        tellings++;
        subscriptions.forEach((id, subscription) ->
                turn.sip(new SipCommand.Notify(new SubscriptionId(id), partial(subscription, users))));
        described = false;
        tellAt = Optional.empty();
        quietUntil = Optional.of(turn.in(QUIET));
    }

    private List<Participant> takeUntold() {
        List<Participant> users = new ArrayList<>();
        TreePMap<String, Untold> left = TreePMap.empty();
        for (Map.Entry<String, Untold> entry : untold.entrySet()) {
            String key = entry.getKey();
            Optional<Member> member = turn.roster.find(key);
            if (member.isEmpty()) {
                continue;
            }
            boolean remove = entry.getValue() == Untold.TO_BE_REMOVED;
            users.add(shown(member.get(), remove));
            if (remove) {
                turn.roster = turn.roster.without(key);
            } else if (member.get().isGone()) {
                left = left.plus(key, Untold.TO_BE_REMOVED);
            }
        }
        untold = left;
        return List.copyOf(users);
    }

    private long version(Subscription subscription) {
        return tellings - subscription.since() + 1;
    }

    private ConferenceState full(Subscription subscription) {
        List<Participant> users = turn.roster.members().values().stream()
                .map(member -> shown(member, false))
                .toList();
        return new ConferenceState(
                entity,
                version(subscription),
                true,
                text(turn.description.name()),
                text(turn.description.topic()),
                turn.description.maximum(),
                OptionalLong.of(turn.roster.connected()),
                users);
    }

    /** The description is not one of the elements that can be told in part (RFC 4575 §4.4): all of it, or nothing. */
    private ConferenceState partial(Subscription subscription, List<Participant> users) {
        return new ConferenceState(
                entity,
                version(subscription),
                false,
                described ? Optional.of(turn.description.name()) : Optional.empty(),
                described ? Optional.of(turn.description.topic()) : Optional.empty(),
                described ? turn.description.maximum() : OptionalLong.empty(),
                OptionalLong.of(turn.roster.connected()),
                users);
    }

    private static Optional<String> text(String text) {
        return Optional.of(text).filter(some -> !some.isEmpty());
    }

    private Participant shown(Member member, boolean deleted) {
        String uri = member.address()
                .flatMap(Address::ofCanonical)
                .map(Address::sipUri)
                .orElseGet(() -> new MemberUri(turn.group, member.name()).sipUri());
        return new Participant(new SipUri(uri), text(member.name()), member.roles(), deleted, member.presence());
    }
}
