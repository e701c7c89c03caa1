package org.impsiwf.ssp.elements.common;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Notifications;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.common.SubscriptionStore.Subscriber;
import org.impsiwf.ssp.elements.profile.UserStore;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CommonPrimitive.NotificationRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SubscribeNotificationRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.UnsubscribeNotificationRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;

/**
 * General notifications (SSP 13.1.1). As provider it keeps what each client wants and sends just that. As the home domain
 * it asks the providers of the services that are not ours, each for its types, hands on what they send, and ends the
 * subscriptions with the client's session.
 */
public final class NotificationElement implements ServiceElement, Notifications {

    private final SubscriptionStore subscriptions;
    private final UserStore users;
    private final Set<NotifiedService> offered;
    private final BiPredicate<ServiceId, NotifiedService> agreed;
    private final ServiceAccessPoint sap;

    /**
     * @param users whose profiles say which domain provides a service for a user; without it, that is ours
     * @param offered the services with events that this domain has; types of others are refused (433)
     * @param agreed whether a service is agreed with a peer; types of others are refused to it (440)
     */
    public NotificationElement(
            SubscriptionStore subscriptions,
            UserStore users,
            Set<NotifiedService> offered,
            BiPredicate<ServiceId, NotifiedService> agreed,
            ServiceAccessPoint sap) {
        this.subscriptions = subscriptions;
        this.users = users;
        this.offered = Set.copyOf(offered);
        this.agreed = agreed;
        this.sap = sap;
    }

    @Override
    public Set<Class<? extends Primitive>> serves() {
        return Set.of(
                SubscribeNotificationRequest.class, UnsubscribeNotificationRequest.class, NotificationRequest.class);
    }

    @Override
    public Primitive serve(ServiceRequest request) {
        if (request.primitive() instanceof NotificationRequest notification) {
            return handOn(notification);
        }
        Subscriber subscriber = new Subscriber(request.requiredUser(), request.client());
        return request.primitive() instanceof SubscribeNotificationRequest subscribe
                ? subscribe(request, subscriber, subscribe.notificationTypeList())
                : unsubscribe(
                        request,
                        subscriber,
                        ((UnsubscribeNotificationRequest) request.primitive()).notificationTypeList());
    }

    private Status subscribe(ServiceRequest request, Subscriber subscriber, List<NotificationType> types) {
        MetaInformation meta = meta(subscriber);
        return change(
                request,
                subscriber,
                types,
                some -> new SubscribeNotificationRequest(meta, some),
                NotificationElement::with);
    }

    private Status unsubscribe(ServiceRequest request, Subscriber subscriber, List<NotificationType> types) {
        MetaInformation meta = meta(subscriber);
        return change(
                request,
                subscriber,
                types,
                some -> new UnsubscribeNotificationRequest(meta, some),
                NotificationElement::without);
    }

    private interface Change {
        Set<NotificationType> apply(Set<NotificationType> before, Set<NotificationType> named);
    }

    // No type named means all of them, of every provider (E-24).
    private Status change(
            ServiceRequest request,
            Subscriber subscriber,
            List<NotificationType> named,
            Function<List<NotificationType>, Primitive> forOthers,
            Change change) {
        Map<String, Set<NotificationType>> byProvider = byProvider(request, subscriber.user(), named);
        List<Status> refusals = byProvider.entrySet().stream()
                .filter(provider -> !sap.isHome(provider.getKey()))
                .map(provider -> sap.ask(
                        provider.getKey(),
                        forOthers.apply(provider.getValue().stream().sorted().toList())))
                .map(Status.class::cast)
                .filter(status -> !status.isSuccess())
                .toList();
        boolean anyDone = byProvider.size() > refusals.size();
        byProvider.entrySet().stream()
                .filter(provider -> sap.isHome(provider.getKey()))
                .forEach(ours -> subscriptions.change(subscriber, before -> change.apply(before, ours.getValue())));
        return Details.of(
                anyDone,
                refusals.stream().map(status -> Details.about(status.statusCode(), status.statusDescription())));
    }

    private Map<String, Set<NotificationType>> byProvider(
            ServiceRequest request, UserId user, List<NotificationType> named) {
        Map<NotifiedService, String> elsewhere = request.peer().isEmpty() ? providers(user) : Map.of();
        Set<NotificationType> known = Stream.concat(offered.stream(), elsewhere.keySet().stream())
                .flatMap(service -> service.types().stream())
                .collect(Collectors.toSet());
        if (!known.containsAll(named)) {
            throw Refusal.of(StatusCode.INVALID_NOTIFICATION_TYPE);
        }
        Predicate<NotificationType> allowed = type -> request.peer()
                .map(peer -> agreed.test(peer, NotifiedService.of(type)))
                .orElse(true);
        if (!named.stream().allMatch(allowed)) {
            throw Refusal.of(StatusCode.NOT_ALLOWED_NOTIFICATION_TYPE);
        }
        Map<String, Set<NotificationType>> byProvider = new LinkedHashMap<>();
        for (NotificationType type :
                named.isEmpty() ? known.stream().filter(allowed).toList() : named) {
            String provider = elsewhere.getOrDefault(
                    NotifiedService.of(type), sap.serviceId().domain());
            byProvider
                    .computeIfAbsent(provider, any -> EnumSet.noneOf(NotificationType.class))
                    .add(type);
        }
        return byProvider;
    }

    /** The domains that provide services for that user of ours, where they are not ours. */
    private Map<NotifiedService, String> providers(UserId user) {
        Map<String, String> profile = users.profiles(List.of(user)).stream()
                .map(UserProfileEntry::properties)
                .flatMap(List::stream)
                .collect(Collectors.toMap(Property::name, Property::value, (a, b) -> a));
        Map<NotifiedService, String> providers = new LinkedHashMap<>();
        for (NotifiedService service : NotifiedService.values()) {
            String domain = profile.get(service.provider().wireName());
            if (domain != null && !sap.isHome(domain)) {
                providers.put(service, domain);
            }
        }
        return providers;
    }

    private static Set<NotificationType> with(Set<NotificationType> before, Set<NotificationType> named) {
        Set<NotificationType> after = EnumSet.copyOf(named);
        after.addAll(before);
        return after;
    }

    private static Set<NotificationType> without(Set<NotificationType> before, Set<NotificationType> named) {
        return before.stream().filter(type -> !named.contains(type)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void raise(Notice notice, Collection<UserId> concerned) {
        Map<UserId, List<Subscriber>> wanting = subscriptions.wanting(notice.type(), concerned).stream()
                .collect(Collectors.groupingBy(Subscriber::user));
        if (!wanting.isEmpty()) {
            sap.tell(wanting.keySet(), some -> notification(notice, some, wanting));
        }
    }

    private NotificationRequest notification(Notice notice, List<UserId> some, Map<UserId, List<Subscriber>> wanting) {
        List<User> addressed = some.stream()
                .flatMap(user -> wanting.get(user).stream())
                .map(subscriber -> new User(subscriber.user(), Optional.empty(), subscriber.client()))
                .toList();
        boolean ofBlockList = notice.type() == NotificationType.BLUC;
        return new NotificationRequest(
                MetaInformation.ofServer(sap.serviceId()),
                addressed,
                notice.type(),
                notice.listInUse().filter(inUse -> ofBlockList),
                notice.group(),
                notice.contactLists(),
                notice.defaultList(),
                notice.listInUse().filter(inUse -> !ofBlockList),
                notice.invitation(),
                notice.onlineEtemHandling(),
                notice.attributes(),
                notice.sessionPriority(),
                notice.users());
    }

    // As the home domain: each addressed client of ours gets it. Others are not reached through us.
    private Status handOn(NotificationRequest notification) {
        List<UserId> addressed = notification.addressedUsers().stream()
                .map(User::userId)
                .distinct()
                .toList();
        List<DetailedResult> failures = addressed.stream()
                .map(user -> Details.failure(user, handOn(notification, user)))
                .flatMap(Optional::stream)
                .toList();
        return Details.of(failures.size() < addressed.size(), failures.stream());
    }

    private Primitive handOn(NotificationRequest notification, UserId user) {
        return sap.isHome(user.domain())
                ? sap.deliver(user, forUser(notification, user))
                : Status.of(StatusCode.UNKNOWN_USER);
    }

    private static NotificationRequest forUser(NotificationRequest all, UserId user) {
        return new NotificationRequest(
                all.metaInformation(),
                all.addressedUsers().stream()
                        .filter(one -> one.userId().equals(user))
                        .toList(),
                all.notificationType(),
                all.blockedListInuse(),
                all.groupId(),
                all.contactListIdList(),
                all.defaultList(),
                all.grantedListInuse(),
                all.inviteId(),
                all.onlineEtemHandling(),
                all.presenceAttributeList(),
                all.sessionPriority(),
                all.userIdList());
    }

    /** SSP-254: at home and at the providers. */
    @Override
    public void sessionEnded(UserId user, Optional<ClientId> client) {
        Subscriber subscriber = new Subscriber(user, client);
        subscriptions.change(subscriber, before -> Set.of());
        if (sap.isHome(user.domain())) {
            MetaInformation meta = meta(subscriber);
            Set.copyOf(providers(user).values())
                    .forEach(domain -> sap.ask(domain, new UnsubscribeNotificationRequest(meta, List.of())));
        }
    }

    private MetaInformation meta(Subscriber subscriber) {
        return new MetaInformation(true, sap.serviceId(), Optional.of(subscriber.user()), subscriber.client());
    }
}
