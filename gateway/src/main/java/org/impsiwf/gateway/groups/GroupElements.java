package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.impsiwf.ssp.domain.Elements;
import org.impsiwf.ssp.elements.Blocking;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Carriers;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.elements.groups.ConversationContext;
import org.impsiwf.ssp.elements.groups.ConversationSettings;
import org.impsiwf.ssp.elements.groups.GroupContext;
import org.impsiwf.ssp.elements.groups.GroupStore;
import org.impsiwf.ssp.elements.groups.GroupsElement;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.JdbcConversationStore;
import org.impsiwf.ssp.storage.JdbcGroupStore;
import org.impsiwf.ssp.storage.JdbcGroupsElsewhere;
import org.impsiwf.ssp.storage.JdbcPendingStore;

/** Puts together what serves groups, over one database. */
final class GroupElements {

    /** A process that is stuck leaves what it had in hand to another one after the lease. */
    private static final RetryTiming TIMING =
            new RetryTiming(Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(2));

    private GroupElements() {}

    /**
     * Over a database that was just opened.
     *
     * @param absent learns who was in the groups before, when this process alone has their sessions
     * @param threads run what waits for other domains
     */
    static Elements over(
            Database database,
            Carriers carriers,
            GroupHome.Settings settings,
            HomeAccessPoint sap,
            Users users,
            AbsentMembers absent,
            InstantSource clock,
            ExecutorService threads) {
        Deliveries deliveries = new Deliveries(new JdbcPendingStore(database, carriers), sap, TIMING, clock);
        GroupOutbox outbox =
                new GroupOutbox(deliveries, sap, sap, Optional.of(threads).filter(on -> settings.alone()));
        var elsewhere = new JdbcGroupsElsewhere(database);
        // Whom SIP users shut out is for their own clients; general notifications (SSP 13.1.1) are not offered here.
        GroupStore store = settings.alone() ? JdbcGroupStore.alone(database) : new JdbcGroupStore(database);
        if (settings.alone()) {
            absent.found(store.joinedOf(settings.sipDomains()), clock.instant());
        }
        GroupsElement groups = new GroupsElement(
                new GroupContext(
                        store, sap, users, new NobodyBlocked(), outbox, (notice, concerned) -> {}, settings.limits()),
                elsewhere,
                new ConversationContext(
                        new JdbcConversationStore(database),
                        elsewhere,
                        // Nobody could read a history here: GetMessageList is not offered.
                        new ConversationSettings(
                                settings.extension(),
                                /* keepsHistory= */ false,
                                Optional.empty(),
                                ConversationSettings.DEFAULT.mostInvited()),
                        /* takesNotices= */ user -> true),
                clock);
        Elements elements = new Elements();
        elements.provide(List.of(
                groups,
                groups.conversations(),
                new Absence(absent, groups),
                new GroupMessageElement(groups.groups(), sap, deliveries, outbox),
                new GroupInvitationElement(groups.groups(), groups.conversations(), sap)));
        return elements;
    }

    /** Serves nothing; puts out who stays away. */
    private record Absence(AbsentMembers absent, GroupsElement groups) implements ServiceElement {
        @Override
        public Set<Class<? extends Primitive>> serves() {
            return Set.of();
        }

        @Override
        public Primitive serve(ServiceRequest request) {
            throw new IllegalStateException("not for this element: " + request.primitive());
        }

        @Override
        public void expire(Instant now) {
            absent.lookAfter(now, groups::departed);
        }
    }

    private static final class NobodyBlocked implements Blocking {
        @Override
        public boolean isBlocked(UserId owner, UserId sender, Optional<GroupId> group) {
            return false;
        }

        @Override
        public Set<UserId> blocking(Collection<UserId> owners, UserId sender, Optional<GroupId> group) {
            return Set.of();
        }
    }
}
