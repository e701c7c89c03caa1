package org.impsiwf.ssp.elements.presence;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.AliasIndex;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.PresenceDisclosure;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.contacts.ContactChange;
import org.impsiwf.ssp.elements.contacts.ContactChange.AuthorisationChanged;
import org.impsiwf.ssp.elements.contacts.ContactChange.DefaultChanged;
import org.impsiwf.ssp.elements.contacts.ContactChange.MembersAdded;
import org.impsiwf.ssp.elements.contacts.ContactChange.MembersRemoved;
import org.impsiwf.ssp.elements.contacts.ContactListObserver;
import org.impsiwf.ssp.elements.contacts.ContactStore;
import org.impsiwf.ssp.elements.contacts.KnownUsers;
import org.impsiwf.ssp.elements.presence.Publishing.Effects;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresencePrimitive;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.SuspendRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UnsubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UpdatePresenceRequest;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Presence of the users whose PSE we are, and the subscriptions of our users to others (SSP 15). It depends on their
 * contact lists and attribute lists, so it observes these.
 */
public final class PresenceElement implements ServiceElement, ContactListObserver, PresenceDisclosure {

    private final PresenceStore store;
    private final ServiceAccessPoint sap;
    private final KnownUsers known;
    private final Publishing publishing;
    private final Watching watching;
    private final Updates updates;
    private final Reception reception;
    private final EffectSender sender;

    /**
     * @param lists the members of contact lists; asked only when a request names some
     * @param contacts what the lists of publishers let others see
     */
    public PresenceElement(
            PresenceStore store,
            ContactStore contacts,
            ContactListMembers lists,
            ServiceAccessPoint sap,
            Users users,
            Notifications notifications,
            AliasIndex aliases,
            PresenceSettings settings) {
        this.store = store;
        this.sap = sap;
        known = new KnownUsers(sap, users);
        LocalWatchers here = new LocalWatchers(sap);
        sender = new EffectSender(store, sap, notifications, here);
        publishing = new Publishing(store, contacts, aliases, sap, settings);
        watching = new Watching(store, publishing, lists, known, sap, sender, settings);
        updates = new Updates(store, lists, publishing, known, sap, sender, settings);
        reception = new Reception(store, sap, known, here);
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(
                SubscribeRequest.class,
                UnsubscribeRequest.class,
                SuspendRequest.class,
                GetPresenceRequest.class,
                UpdatePresenceRequest.class,
                GetWatcherListRequest.class,
                PresenceNotification.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        return switch ((PresencePrimitive) request.primitive()) {
            case SubscribeRequest subscribe -> watching.subscribe(subscribe, request.requiredUser());
            case UnsubscribeRequest unsubscribe -> watching.unsubscribe(unsubscribe, request.requiredUser());
            case SuspendRequest suspend -> watching.suspend(suspend, request.requiredUser());
            case GetPresenceRequest get -> watching.get(get, request.requiredUser());
            case UpdatePresenceRequest update -> updates.update(update, request);
            case GetWatcherListRequest _ -> watchersOf(request.requiredUser());
            case PresenceNotification notification -> reception.receive(notification);
            case GetWatcherListResponse response -> throw notServed(response);
            case GetPresenceResponse response -> throw notServed(response);
        };
    }

    private static IllegalStateException notServed(Primitive response) {
        return new IllegalStateException(response.getClass().getSimpleName() + " is no request");
    }

    private Primitive watchersOf(UserId publisher) {
        if (!known.isKnown(publisher)) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        return new GetWatcherListResponse(
                Status.of(StatusCode.SUCCESSFUL),
                store.watchersOf(publisher).stream().map(Subscription::watcher).toList());
    }

    @Override
    public void loggedIn(UserId user, Instant now) {
        if (sap.isHome(user.domain())) {
            updates.online(user, true);
        }
    }

    @Override
    public void sessionEnded(UserId user, Optional<ClientId> client) {
        boolean isOurs = sap.isHome(user.domain());
        if (isOurs && sap.isOnline(user)) {
            return;
        }
        if (isOurs) {
            updates.online(user, false);
        }
        watching.sessionEnded(user);
    }

    @Override
    public void expire(Instant now) {
        sender.expire(now);
    }

    @Override
    public Runnable changed(ContactChange change) {
        Effects effects = new Effects();
        Runnable subscriptions = switch (change) {
            case MembersAdded(var owner, var list, var members) -> {
                publishing.reauthorise(owner, Optional.of(Set.copyOf(members)), effects);
                yield watching.listGrew(owner, list, members);
            }
            case MembersRemoved(var owner, var list, var members, var isDeleted) -> {
                publishing.reauthorise(owner, Optional.of(Set.copyOf(members)), effects);
                yield watching.listShrank(owner, list, members, isDeleted);
            }
            case AuthorisationChanged(var owner, var users) -> {
                publishing.reauthorise(owner, Optional.of(users), effects);
                yield () -> {};
            }
            case DefaultChanged(var owner) -> {
                publishing.reauthorise(owner, Optional.empty(), effects);
                yield () -> {};
            }
        };
        return () -> {
            sender.send(effects);
            subscriptions.run();
        };
    }

    @Override
    public Map<UserId, PresenceSubList> disclosed(
            Collection<UserId> owners, UserId asking, Set<PresenceAttribute> attributes) {
        AttributeSet asked = AttributeSet.of(attributes);
        Map<UserId, PresenceSubList> disclosed = new LinkedHashMap<>();
        for (UserId owner : owners) {
            publishing
                    .see(owner, asking, asked)
                    .filter(seen -> !seen.equals(PresenceSubList.NONE))
                    .ifPresent(seen -> disclosed.put(owner, seen));
        }
        return disclosed;
    }
}
