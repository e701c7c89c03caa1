package org.impsiwf.gateway.groups;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.impsiwf.ssp.domain.Elements;
import org.impsiwf.ssp.elements.Blocking;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.Users;
import org.impsiwf.ssp.elements.delivery.Carriers;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.elements.groups.ConversationContext;
import org.impsiwf.ssp.elements.groups.ConversationSettings;
import org.impsiwf.ssp.elements.groups.GroupContext;
import org.impsiwf.ssp.elements.groups.GroupsElement;
import org.impsiwf.ssp.primitives.GroupId;
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

    /** @param threads run what waits for other domains */
    static Elements over(
            Database database,
            Carriers carriers,
            GroupHome.Settings settings,
            ServiceAccessPoint sap,
            Users users,
            InstantSource clock,
            ExecutorService threads) {
        Deliveries deliveries = new Deliveries(new JdbcPendingStore(database, carriers), sap, TIMING, clock);
        GroupOutbox outbox =
                new GroupOutbox(deliveries, sap, Optional.of(threads).filter(on -> settings.alone()));
        var elsewhere = new JdbcGroupsElsewhere(database);
        // Whom SIP users shut out is for their own clients; general notifications (SSP 13.1.1) are not offered here.
        GroupsElement groups = new GroupsElement(
                new GroupContext(
                        settings.alone() ? JdbcGroupStore.alone(database) : new JdbcGroupStore(database),
                        sap,
                        users,
                        new NobodyBlocked(),
                        outbox,
                        (notice, concerned) -> {},
                        settings.limits()),
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
                new GroupMessageElement(groups.groups(), sap, deliveries, outbox),
                new GroupInvitationElement(groups.groups(), groups.conversations(), sap)));
        return elements;
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
