package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.contacts.KnownUsers;
import org.impsiwf.ssp.elements.contacts.PartialResult;
import org.impsiwf.ssp.elements.presence.Publishing.Effects;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.SuspendRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * The requests of watchers (SSP 15.2.1, 15.2.2, 15.2.5, 15.2.7): contact lists become users, users whose PSE we are are
 * served here, the domains of the others are asked, one transaction each (SSP 5.2 rule 2).
 */
final class Watching {

    private final PresenceStore store;
    private final Publishing publishing;
    private final ContactListMembers lists;
    private final KnownUsers known;
    private final ServiceAccessPoint sap;
    private final OtherDomains others;
    private final EffectSender sender;
    private final PresenceSettings settings;

    Watching(
            PresenceStore store,
            Publishing publishing,
            ContactListMembers lists,
            KnownUsers known,
            ServiceAccessPoint sap,
            EffectSender sender,
            PresenceSettings settings) {
        this.store = store;
        this.publishing = publishing;
        this.lists = lists;
        this.known = known;
        this.sap = sap;
        this.others = new OtherDomains(sap);
        this.sender = sender;
        this.settings = settings;
    }

    /**
     * The users that a request names.
     *
     * @param own by User-ID
     * @param listed only by contact lists
     */
    private record Named(List<UserId> own, List<UserId> listed) {
        List<UserId> all() {
            List<UserId> all = new ArrayList<>(own);
            all.addAll(listed);
            return all;
        }
    }

    /** Users by who serves them. */
    private record Split(List<UserId> here, List<UserId> elsewhere) {}

    /** @param added users of other domains that were not watched before */
    private record Saved(PartialResult result, Effects effects, List<UserId> added) {}

    Status subscribe(SubscribeRequest request, UserId watcher) {
        AttributeSet asked = supported(request.presenceAttributeList());
        Named named = named(request.userIdList(), request.contactListIdList(), watcher);
        PartialResult refused = new PartialResult();
        Split split = split(named.all(), watcher, refused);
        requireRoom(watcher, named.all());
        Saved saved = store.inTransaction(() -> {
            PartialResult result = new PartialResult();
            Effects effects = new Effects();
            List<UserId> added = new ArrayList<>();
            for (ContactListId list : request.contactListIdList()) {
                // SSP 15.2.1.1.1: "No" ends the automatic subscription of an earlier request.
                if (request.autoSubscribe()) {
                    store.putList(list, watcher, asked);
                } else {
                    store.removeList(list);
                }
            }
            Set<String> own = named.own().stream().map(UserId::key).collect(Collectors.toSet());
            for (boolean isOwn : new boolean[] {true, false}) {
                List<UserId> some = split.here().stream()
                        .filter(user -> own.contains(user.key()) == isOwn)
                        .toList();
                publishing.subscribe(some, watcher, asked, isOwn || !request.autoSubscribe(), result, effects);
            }
            for (UserId publisher : Publishing.inOrder(split.elsewhere())) {
                boolean isOwn = own.contains(publisher.key()) || !request.autoSubscribe();
                if (remember(publisher, watcher, asked, isOwn)) {
                    added.add(publisher);
                }
            }
            return new Saved(result, effects, added);
        });
        sender.send(saved.effects());
        PartialResult result = saved.result();
        result.add(refused);
        Asked toOthers = new Asked(request.metaInformation(), request.presenceAttributeList());
        askSubscribe(split.elsewhere(), saved.added(), watcher, toOthers, result);
        return result.status();
    }

    // Before the other domain is asked: its first notification may be faster than its answer.
    private boolean remember(UserId publisher, UserId watcher, AttributeSet asked, boolean isOwn) {
        Optional<Subscription> old = store.find(publisher, watcher);
        boolean staysOwn = isOwn || old.map(Subscription::isOwn).orElse(false);
        store.put(new Subscription(publisher, watcher, asked, AttributeSet.NONE, false, staysOwn));
        return old.isEmpty();
    }

    private record Asked(MetaInformation meta, Optional<PresenceAttributeList> attributes) {}

    private void askSubscribe(
            List<UserId> publishers, List<UserId> added, UserId watcher, Asked asked, PartialResult result) {
        for (OtherDomains.Answer answer : others.ask(
                publishers, some -> new SubscribeRequest(asked.meta(), some, List.of(), asked.attributes(), false))) {
            Status status = answer.status();
            result.add(status, answer.users());
            Set<String> refused =
                    refusedOf(status, answer.users()).stream().map(UserId::key).collect(Collectors.toSet());
            forget(added.stream().filter(user -> refused.contains(user.key())).toList(), watcher);
        }
    }

    /** Whom the other domain did not take. */
    private static List<UserId> refusedOf(Status status, List<UserId> asked) {
        return status.isSuccess()
                ? status.detailedResult().stream()
                        .flatMap(detail -> detail.userIds().stream())
                        .toList()
                : asked;
    }

    private void forget(Collection<UserId> publishers, UserId watcher) {
        if (publishers.isEmpty()) {
            return;
        }
        store.inTransaction(() -> {
            publishers.forEach(publisher -> store.remove(publisher, watcher));
            return true;
        });
    }

    Status unsubscribe(UnsubscribeRequest request, UserId watcher) {
        Named named = named(request.userIdList(), request.contactListIdList(), watcher);
        PartialResult result = new PartialResult();
        Split split = split(named.all(), watcher, result);
        store.inTransaction(() -> {
            request.contactListIdList().forEach(store::removeList);
            publishing.unsubscribe(split.here(), watcher);
            return true;
        });
        result.succeededIf(!split.here().isEmpty() || named.all().isEmpty());
        askUnsubscribe(split.elsewhere(), watcher, request.metaInformation(), result);
        return result.status();
    }

    // Where the other domain is away its notifications go on, so the subscription stays and can be ended later.
    private void askUnsubscribe(List<UserId> publishers, UserId watcher, MetaInformation meta, PartialResult result) {
        for (OtherDomains.Answer answer :
                others.ask(publishers, some -> new UnsubscribeRequest(meta, some, List.of()))) {
            result.add(answer.status(), answer.users());
            if (answer.status().isSuccess() || isUnknownUser(answer.status())) {
                forget(answer.users(), watcher);
            }
        }
    }

    private static boolean isUnknownUser(Status status) {
        return status.statusCode() == StatusCode.UNKNOWN_USER.code();
    }

    Status suspend(SuspendRequest request, UserId watcher) {
        Named named = named(request.userIdList(), request.contactListIdList(), watcher);
        PartialResult result = new PartialResult();
        Split split = split(named.all(), watcher, result);
        store.inTransaction(() -> {
            publishing.suspend(split.here(), watcher);
            return true;
        });
        result.succeededIf(!split.here().isEmpty() || named.all().isEmpty());
        for (OtherDomains.Answer answer :
                others.ask(split.elsewhere(), some -> new SuspendRequest(request.metaInformation(), some, List.of()))) {
            result.add(answer.status(), answer.users());
            if (answer.status().isSuccess()) {
                store.inTransaction(() -> {
                    store.subscriptionsOf(watcher, answer.users()).stream()
                            .map(Subscription::suspended)
                            .forEach(store::put);
                    return true;
                });
            }
        }
        return result.status();
    }

    Primitive get(GetPresenceRequest request, UserId watcher) {
        AttributeSet asked = supported(request.presenceAttributeList());
        Named named = named(request.userIdList(), request.contactListIdList(), watcher);
        PartialResult result = new PartialResult();
        Split split = split(named.all(), watcher, result);
        List<PresenceValue> values = new ArrayList<>();
        for (UserId publisher : split.here()) {
            publishing.see(publisher, watcher, asked).ifPresent(seen -> values.add(new PresenceValue(publisher, seen)));
        }
        result.succeededIf(!split.here().isEmpty() || named.all().isEmpty());
        for (OtherDomains.Answer answer : others.ask(
                split.elsewhere(),
                some -> new GetPresenceRequest(
                        request.metaInformation(), some, List.of(), request.presenceAttributeList()))) {
            result.add(answer.status(), answer.users());
            if (answer.primitive() instanceof GetPresenceResponse response) {
                values.addAll(ofThose(answer.users(), response.presenceValueList()));
            }
        }
        Status status = result.status();
        return status.isSuccess() ? new GetPresenceResponse(status, values) : status;
    }

    // Another domain speaks for the users that it was asked about, and for no others.
    private static List<PresenceValue> ofThose(List<UserId> users, List<PresenceValue> values) {
        Set<String> keys = users.stream().map(UserId::key).collect(Collectors.toSet());
        return values.stream()
                .filter(value -> keys.contains(value.userId().key()))
                .toList();
    }

    /** SSP 15.2.1.1.1: who came into a list with automatic subscription. Within a transaction. */
    Runnable listGrew(UserId owner, ContactListId list, List<UserId> members) {
        Optional<AttributeSet> asked = store.asked(list);
        if (asked.isEmpty()) {
            return () -> {};
        }
        PartialResult result = new PartialResult();
        Effects effects = new Effects();
        Split split = split(members, owner, result);
        publishing.subscribe(split.here(), owner, asked.get(), false, result, effects);
        List<UserId> added = Publishing.inOrder(split.elsewhere()).stream()
                .filter(publisher -> remember(publisher, owner, asked.get(), false))
                .toList();
        Optional<PresenceAttributeList> attributes =
                asked.filter(some -> !some.equals(AttributeSet.ALL)).map(AttributeSet::toList);
        return () -> {
            sender.send(effects);
            askSubscribe(split.elsewhere(), added, owner, new Asked(ofUser(owner), attributes), result);
        };
    }

    /**
     * SSP 15.2.1.1.1: who went out of a list with automatic subscription, unless the owner asked for the user by name or
     * has the user in another such list. Within a transaction.
     */
    Runnable listShrank(UserId owner, ContactListId list, List<UserId> members, boolean isDeleted) {
        if (store.asked(list).isEmpty()) {
            return () -> {};
        }
        if (isDeleted) {
            store.removeList(list);
        }
        List<ContactListId> left = store.listsOf(owner);
        List<UserId> ended = store.subscriptionsOf(owner, members).stream()
                .filter(subscription -> !subscription.isOwn())
                .map(Subscription::publisher)
                .filter(member -> left.stream().noneMatch(other -> lists.contains(other, owner, member)))
                .toList();
        return end(ended, owner);
    }

    private Runnable end(List<UserId> publishers, UserId watcher) {
        PartialResult result = new PartialResult();
        Split split = split(publishers, watcher, result);
        publishing.unsubscribe(split.here(), watcher);
        return () -> askUnsubscribe(split.elsewhere(), watcher, ofUser(watcher), result);
    }

    /** Where subscriptions do not outlive the session of their user (SSP 15.2.1). */
    void sessionEnded(UserId watcher) {
        if (!settings.persistent()) {
            Runnable asking = store.inTransaction(() -> {
                store.listsOf(watcher).forEach(store::removeList);
                return end(
                        store.subscriptionsOf(watcher).stream()
                                .map(Subscription::publisher)
                                .toList(),
                        watcher);
            });
            sap.afterwards(asking);
        }
    }

    private MetaInformation ofUser(UserId user) {
        return MetaInformation.ofUser(sap.serviceId(), user);
    }

    private AttributeSet supported(Optional<PresenceAttributeList> list) {
        AttributeSet asked = list.map(AttributeSet::asked).orElse(AttributeSet.ALL);
        if (list.isPresent()
                && !list.get().attributes().isEmpty()
                && !asked.minus(settings.supported()).isEmpty()) {
            throw Refusal.of(StatusCode.INVALID_OR_UNSUPPORTED_PRESENCE_ATTRIBUTES);
        }
        return asked;
    }

    private Named named(List<UserId> users, List<ContactListId> named, UserId asking) {
        Map<String, UserId> own = new LinkedHashMap<>();
        users.forEach(user -> own.putIfAbsent(user.key(), user));
        Map<String, UserId> listed = new LinkedHashMap<>();
        for (ContactListId list : named) {
            lists.of(list, asking).stream()
                    .filter(member -> !own.containsKey(member.key()))
                    .forEach(member -> listed.putIfAbsent(member.key(), member));
        }
        return new Named(List.copyOf(own.values()), List.copyOf(listed.values()));
    }

    private Split split(List<UserId> users, UserId asking, PartialResult result) {
        boolean isOurs = sap.isPrimary(asking, SubscribeRequest.class);
        Split split = new Split(new ArrayList<>(), new ArrayList<>());
        for (UserId user : users) {
            if (sap.isPrimary(user, SubscribeRequest.class)) {
                if (known.admit(user, result)) {
                    split.here().add(user);
                }
            } else if (isOurs || sap.isHome(user.domain())) {
                split.elsewhere().add(user);
            } else {
                // A stranger asks for a user of a third domain: we are nobody's way to it (SSP 5.2).
                result.failed(StatusCode.UNKNOWN_USER, user);
            }
        }
        return split;
    }

    private void requireRoom(UserId watcher, List<UserId> more) {
        if (sap.isPrimary(watcher, SubscribeRequest.class)
                && store.countSubscriptionsOf(watcher) + more.size() > settings.subscriptions()
                && store.countSubscriptionsOf(watcher)
                                + more.size()
                                - store.subscriptionsOf(watcher, more).size()
                        > settings.subscriptions()) {
            throw Refusal.of(StatusCode.FORBIDDEN, "no more than " + settings.subscriptions() + " subscriptions");
        }
    }
}
