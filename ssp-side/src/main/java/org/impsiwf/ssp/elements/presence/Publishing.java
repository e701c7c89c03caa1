package org.impsiwf.ssp.elements.presence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.impsiwf.ssp.elements.AliasIndex;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.contacts.Authorisation;
import org.impsiwf.ssp.elements.contacts.ContactStore;
import org.impsiwf.ssp.elements.contacts.PartialResult;
import org.impsiwf.ssp.elements.presence.PresenceStore.Publisher;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.TextValue;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * The publisher's side of presence, for those whose PSE we are: who watches them and what each may see. Every method is
 * called within a transaction, which it makes its own where there is none; what is to be sent is collected for afterwards.
 */
final class Publishing {

    private final PresenceStore store;
    private final ContactStore contacts;
    private final AliasIndex aliases;
    private final ServiceAccessPoint sap;
    private final PresenceSettings settings;

    Publishing(
            PresenceStore store,
            ContactStore contacts,
            AliasIndex aliases,
            ServiceAccessPoint sap,
            PresenceSettings settings) {
        this.sap = sap;
        this.store = store;
        this.contacts = contacts;
        this.aliases = aliases;
        this.settings = settings;
    }

    /**
     * What follows from a transaction, to be sent after it.
     *
     * @param local the watchers here, with the publishers and attributes that they are to be told of
     * @param domains those that are owed something now
     */
    record Effects(Map<UserId, Map<UserId, AttributeSet>> local, Set<String> domains, List<Needed> needed) {
        Effects() {
            this(new LinkedHashMap<>(), new LinkedHashSet<>(), new ArrayList<>());
        }
    }

    /** Reactive authorisation is needed, and this publisher has asked to be told. */
    record Needed(UserId publisher, Notice notice) {}

    /** Always in the same order, so that two transactions about the same users wait for each other only once. */
    static List<UserId> inOrder(Collection<UserId> users) {
        return users.stream().sorted(Comparator.comparing(UserId::key)).toList();
    }

    /** SSP 15.2.1. The result gets 758 for a publisher whose watcher list is full. */
    void subscribe(
            Collection<UserId> publishers,
            UserId watcher,
            AttributeSet asked,
            boolean isOwn,
            PartialResult result,
            Effects effects) {
        for (UserId publisher : inOrder(publishers)) {
            Publisher state = store.lock(publisher);
            Optional<Subscription> old = store.find(publisher, watcher);
            if (old.isEmpty() && state.watchers() >= settings.watchers()) {
                result.failed(
                        StatusCode.THE_MAXIMUM_NUMBER_OF_USERS_IN_WATCHER_LIST_HAS_BEEN_REACHED_FOR_THE_USER,
                        publisher);
                continue;
            }
            Authorisation authorisation = authorisation(publisher, watcher);
            Subscription next = new Subscription(
                    publisher,
                    watcher,
                    asked,
                    authorised(publisher, watcher, authorisation),
                    false,
                    isOwn || old.map(Subscription::isOwn).orElse(false));
            store.put(next);
            result.succeeded();
            announce(next, next.shown(), effects);
            AttributeSet known = old.map(Subscription::asked).orElse(AttributeSet.NONE);
            if (!isSame(publisher, watcher) && !asked.minus(known).isEmpty()) {
                authorisation
                        .needed(asked, watcher)
                        .ifPresent(notice -> effects.needed().add(new Needed(publisher, notice)));
            }
        }
    }

    // Who is not authorised for anything hears nothing until the publisher decides.
    private void announce(Subscription subscription, AttributeSet shown, Effects effects) {
        if (shown.isEmpty() || subscription.isSuspended()) {
            return;
        }
        UserId watcher = subscription.watcher();
        if (sap.isHome(watcher.domain())) {
            announceHere(subscription, shown, effects);
        } else {
            store.owe(watcher.domain(), subscription.publisher(), Optional.of(watcher), shown);
            effects.domains().add(watcher.domain());
        }
    }

    private static void announceHere(Subscription subscription, AttributeSet shown, Effects effects) {
        effects.local()
                .computeIfAbsent(subscription.watcher(), any -> new LinkedHashMap<>())
                .merge(subscription.publisher(), shown, AttributeSet::plus);
    }

    void unsubscribe(Collection<UserId> publishers, UserId watcher) {
        for (UserId publisher : inOrder(publishers)) {
            store.lock(publisher);
            store.remove(publisher, watcher);
        }
    }

    /** SSP 15.2.7: stays in the watcher list. */
    void suspend(Collection<UserId> publishers, UserId watcher) {
        for (UserId publisher : inOrder(publishers)) {
            store.lock(publisher);
            store.find(publisher, watcher).map(Subscription::suspended).ifPresent(store::put);
        }
    }

    /** What the watcher may see now of what was asked for; absent when that is nothing at all (SSP 15.2.5). */
    Optional<PresenceSubList> see(UserId publisher, UserId watcher, AttributeSet asked) {
        AttributeSet shown = asked.and(authorised(publisher, watcher, authorisation(publisher, watcher)));
        return shown.isEmpty() ? Optional.empty() : Optional.of(PresenceValues.only(shown, store.values(publisher)));
    }

    /** SSP 15.2.6: watchers that may see what really changed are told. */
    void update(UserId publisher, UnaryOperator<PresenceSubList> change, Effects effects) {
        PresenceSubList old = store.lock(publisher).values();
        PresenceSubList next = change.apply(old);
        AttributeSet changed = PresenceValues.changed(old, next);
        if (changed.isEmpty()) {
            return;
        }
        store.save(publisher, next);
        if (!old.alias().equals(next.alias())) {
            aliases.aliasIs(publisher, next.alias().flatMap(TextValue::value));
        }
        Set<String> elsewhere = new LinkedHashSet<>();
        for (Subscription subscription : store.watchersOf(publisher)) {
            AttributeSet shown = subscription.shown().and(changed);
            if (!shown.isEmpty() && !subscription.isSuspended()) {
                String domain = subscription.watcher().domain();
                if (sap.isHome(domain)) {
                    announceHere(subscription, shown, effects);
                } else {
                    elsewhere.add(domain);
                }
            }
        }
        elsewhere.forEach(domain -> store.owe(domain, publisher, Optional.empty(), changed));
        effects.domains().addAll(elsewhere);
    }

    /** The publisher's lists changed: those who may see more than before get what is new to them. */
    void reauthorise(UserId publisher, Optional<Set<UserId>> watchers, Effects effects) {
        if (watchers.filter(Set::isEmpty).isPresent()) {
            return;
        }
        Publisher state = store.lock(publisher);
        if (state.watchers() == 0) {
            return;
        }
        List<Subscription> subscriptions =
                watchers.map(some -> store.watchersOf(publisher, some)).orElseGet(() -> store.watchersOf(publisher));
        Map<UserId, Authorisation> authorisations = contacts.authorisations(
                publisher, subscriptions.stream().map(Subscription::watcher).toList());
        for (Subscription old : subscriptions) {
            Subscription next =
                    old.withAuthorised(authorised(publisher, old.watcher(), authorisations.get(old.watcher())));
            if (!next.equals(old)) {
                store.put(next);
                announce(next, next.shown().minus(old.shown()), effects);
            }
        }
    }

    private Authorisation authorisation(UserId publisher, UserId watcher) {
        return contacts.authorisations(publisher, List.of(watcher)).get(watcher);
    }

    private static AttributeSet authorised(UserId publisher, UserId watcher, Authorisation authorisation) {
        return isSame(publisher, watcher) ? AttributeSet.ALL : authorisation.authorised();
    }

    static boolean isSame(UserId one, UserId other) {
        return one.key().equals(other.key());
    }
}
