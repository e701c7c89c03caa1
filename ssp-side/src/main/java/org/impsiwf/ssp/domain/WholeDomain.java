package org.impsiwf.ssp.domain;

import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.impsiwf.ssp.elements.Blocking;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Outbox;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.common.GeneralSearchElement;
import org.impsiwf.ssp.elements.common.HttpMapImages;
import org.impsiwf.ssp.elements.common.MapElement;
import org.impsiwf.ssp.elements.common.MapImages;
import org.impsiwf.ssp.elements.common.NotificationElement;
import org.impsiwf.ssp.elements.common.NotifiedService;
import org.impsiwf.ssp.elements.common.PublicField;
import org.impsiwf.ssp.elements.common.PublicProfileElement;
import org.impsiwf.ssp.elements.common.SearchRules;
import org.impsiwf.ssp.elements.common.SystemMessageElement;
import org.impsiwf.ssp.elements.common.SystemMessages;
import org.impsiwf.ssp.elements.common.VerifyIdElement;
import org.impsiwf.ssp.elements.contacts.ContactsElement;
import org.impsiwf.ssp.elements.contacts.OwnedLists;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.groups.ConversationContext;
import org.impsiwf.ssp.elements.groups.GroupContext;
import org.impsiwf.ssp.elements.groups.GroupsElement;
import org.impsiwf.ssp.elements.im.Blocks;
import org.impsiwf.ssp.elements.im.ImElement;
import org.impsiwf.ssp.elements.invitation.InvitationElement;
import org.impsiwf.ssp.elements.presence.PresenceElement;
import org.impsiwf.ssp.elements.profile.Password;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.elements.profile.UserProfileElement;
import org.impsiwf.ssp.elements.session.UserSessionElement;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.server.Counted;
import org.impsiwf.ssp.server.SspCounters;
import org.impsiwf.ssp.server.SspTrace;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.JdbcBlockStore;
import org.impsiwf.ssp.storage.JdbcContactStore;
import org.impsiwf.ssp.storage.JdbcConversationStore;
import org.impsiwf.ssp.storage.JdbcGroupDirectory;
import org.impsiwf.ssp.storage.JdbcGroupStore;
import org.impsiwf.ssp.storage.JdbcGroupsElsewhere;
import org.impsiwf.ssp.storage.JdbcInvitationStore;
import org.impsiwf.ssp.storage.JdbcMessageRecords;
import org.impsiwf.ssp.storage.JdbcPendingStore;
import org.impsiwf.ssp.storage.JdbcPresenceStore;
import org.impsiwf.ssp.storage.JdbcPublicProfiles;
import org.impsiwf.ssp.storage.JdbcSearchStore;
import org.impsiwf.ssp.storage.JdbcSubscriptionStore;
import org.impsiwf.ssp.storage.JdbcSystemMessageStore;
import org.impsiwf.ssp.storage.JdbcUserDirectory;
import org.impsiwf.ssp.storage.JdbcUserSessionStore;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.impsiwf.ssp.storage.UserTerms;
import org.impsiwf.store.Stores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A domain with every Service Element of SSP 11 to 17 over one database: what an IMPS operator runs. */
public final class WholeDomain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WholeDomain.class);

    private final HomeDomain domain;
    private final HomeSessions sessions;
    private final JdbcUserStore users;
    private final UserSessionElement userSessions;
    private final JdbcPublicProfiles profiles;
    private final GroupsElement groups;
    private final SystemMessages systemMessages;
    private final InstantSource clock;
    private final MapImages mapImages;
    private final List<SystemMessages.Answered> hearers = new CopyOnWriteArrayList<>();

    /**
     * @param stores of session pairs and answers; with the database, not closed by this
     * @throws IOException when the TLS files do not read
     */
    public WholeDomain(
            HomeDomain.Settings settings,
            ServiceSettings services,
            Database database,
            Stores stores,
            InstantSource clock,
            SspCounters counters,
            SspTrace trace)
            throws IOException {
        this.clock = clock;
        domain = new HomeDomain(settings, stores, clock, counters, trace);
        users = new JdbcUserStore(database);
        mapImages = HttpMapImages.of(services.maps());
        var system = new SystemMessageElement(
                new JdbcSystemMessageStore(database),
                services.systemMessages(),
                (user, response) -> answered(counters, user, response),
                domain,
                clock);
        systemMessages = system;
        sessions = new HomeSessions(domain, system);
        userSessions = new UserSessionElement(
                new JdbcUserSessionStore(database), users, domain, services.sessions(), sessions);
        var notifications = new NotificationElement(
                new JdbcSubscriptionStore(database),
                users,
                EnumSet.allOf(NotifiedService.class),
                this::isAgreed,
                domain);
        var contacts = new JdbcContactStore(database);
        ContactListMembers lists = new OwnedLists(contacts);
        // The elements of messages and of groups need each other.
        AtomicReference<Blocking> blocking = new AtomicReference<>();
        AtomicReference<Outbox> outbox = new AtomicReference<>();
        groups = groups(database, services, notifications, lateBlocking(blocking), lateOutbox(outbox));
        var blocks = new Blocks(
                new JdbcBlockStore(database),
                lists,
                users,
                groups.groups(),
                notifications,
                domain,
                services.im().blocking());
        blocking.set(blocks);
        var deliveries = new Deliveries(new JdbcPendingStore(database), domain, services.retries(), clock);
        var im = new ImElement(
                new ImElement.Neighbours(users, groups.groups(), Optional.of(groups.history()), lists, blocks),
                deliveries,
                new JdbcMessageRecords(database),
                domain,
                services.im(),
                clock);
        outbox.set(im.outbox());
        var invitation = new InvitationElement(
                new InvitationElement.Neighbours(
                        users, groups.groups(), lists, blocks, groups.conversations(), notifications),
                deliveries,
                new JdbcInvitationStore(database),
                domain,
                services.invitation());
        var presence = new PresenceElement(
                new JdbcPresenceStore(database),
                contacts,
                lists,
                domain,
                users,
                notifications,
                new UserTerms(database),
                services.presence());
        profiles = new JdbcPublicProfiles(database);
        List<ServiceElement> elements = List.of(
                userSessions,
                new UserProfileElement(users, domain),
                new PublicProfileElement(profiles, services.profiles(), users, notifications, domain),
                search(database, services, profiles, presence, settings),
                new VerifyIdElement(users, groups.groups(), lists, domain),
                new MapElement(services.maps().url(), mapImages, users, presence, domain),
                notifications,
                system,
                new ContactsElement(
                        contacts,
                        domain,
                        users,
                        blocks,
                        notifications,
                        presence,
                        services.contacts(),
                        services.presence().supported()),
                presence,
                blocks,
                im,
                invitation,
                groups,
                groups.conversations());
        domain.provide(elements).expandingContactLists(lists).naming(profiles);
    }

    private GroupsElement groups(
            Database database,
            ServiceSettings services,
            NotificationElement notifications,
            Blocking blocking,
            Outbox outbox) {
        var elsewhere = new JdbcGroupsElsewhere(database);
        return new GroupsElement(
                new GroupContext(
                        new JdbcGroupStore(database),
                        domain,
                        users,
                        blocking,
                        outbox,
                        notifications,
                        services.groups()),
                elsewhere,
                new ConversationContext(
                        new JdbcConversationStore(database),
                        elsewhere,
                        services.conversations(),
                        this::takesGroupNotices),
                clock);
    }

    private GeneralSearchElement search(
            Database database,
            ServiceSettings services,
            JdbcPublicProfiles profiles,
            PresenceElement presence,
            HomeDomain.Settings settings) {
        return new GeneralSearchElement(
                new GeneralSearchElement.Sources(
                        new JdbcUserDirectory(database, settings.services().home(), profiles),
                        new JdbcGroupDirectory(database),
                        profiles,
                        presence,
                        new JdbcSearchStore(database)),
                services.profiles(),
                SearchRules.ofAll(services.search()),
                services.searched(),
                user -> systemMessages.send(user, SystemMessages.Draft.of("Please fill in your public profile.")),
                domain);
    }

    private boolean isAgreed(ServiceId peer, NotifiedService service) {
        return domain.server()
                .agreement(peer)
                .map(agreement -> switch (service) {
                    case COMMON -> agreement.provided().common().isPresent();
                    case IM -> agreement.provided().im().isPresent();
                    case PRESENCE -> agreement.provided().presence().isPresent();
                    case GROUP -> agreement.provided().group().isPresent();
                })
                .orElse(false);
    }

    /** CSPX-07: another domain's users by the agreement with the neighbour that the notices go to; ours without one. */
    private boolean takesGroupNotices(UserId user) {
        return domain.isHome(user.domain())
                || domain.routing()
                        .routes()
                        .nextHop(user.domain(), Service.GROUP)
                        .filter(hop -> isAgreed(hop, NotifiedService.GROUP))
                        .isPresent();
    }

    private void answered(SspCounters counters, UserId user, SystemMessage.Response response) {
        counters.count(Counted.SYSTEM_MESSAGE_ANSWERED, Optional.empty(), "");
        LOG.info(
                "{} answered system message {}{}",
                user,
                response.systemMessageId(),
                response.chosenOptionId().map(option -> " by " + option).orElse(""));
        hearers.forEach(hearer -> hearer.answered(user, response));
    }

    private static Blocking lateBlocking(AtomicReference<Blocking> blocking) {
        return (owner, sender, group) -> blocking.get().isBlocked(owner, sender, group);
    }

    private static Outbox lateOutbox(AtomicReference<Outbox> outbox) {
        return (message, recipients, expires) -> outbox.get().accept(message, recipients, expires);
    }

    /** @throws IOException naming the address that is taken */
    public void start() throws IOException {
        domain.start();
    }

    public HomeDomain domain() {
        return domain;
    }

    /** Where clients log in with their users' passwords. */
    public HomeSessions sessions() {
        return sessions;
    }

    /** The groups that this domain hosts. */
    public Groups groups() {
        return groups.groups();
    }

    public SystemMessages systemMessages() {
        return systemMessages;
    }

    /** Is told of each right answer to a system message of ours, before its sender gets the Status. */
    public WholeDomain hearing(SystemMessages.Answered hearer) {
        hearers.add(hearer);
        return this;
    }

    /** False when the user is registered already. */
    public boolean register(Registration user) {
        return users.register(user, clock.instant());
    }

    /** False when there is no such user. */
    public boolean changePassword(UserId user, String password) {
        return users.changePassword(user, new Password(password));
    }

    /** Fills in the Friendly Name in the user's public profile (SSP 6.3). */
    public void callFriendly(UserId user, String name) {
        profiles.change(user, fields -> fields.with(PublicField.FRIENDLY_NAME, name));
    }

    public boolean isRegistered(UserId user) {
        return users.isRegistered(user);
    }

    /** Ends all sessions of a user that were opened with its password; gives how many. */
    public int forceLogout(UserId user) {
        return userSessions.forceLogout(user);
    }

    /** Stops at once, as a crash would. */
    @Override
    public void close() {
        domain.close();
        mapImages.close();
    }
}
