package org.impsiwf.ssp.elements;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.UserId;

/**
 * One event that users can be notified of, with what the notification says of it (SSP 13.1.1.1.3, D-27).
 *
 * @param listInUse whether the block or grant list is in use now; with BLUC or GLUC
 */
public record Notice(
        NotificationType type,
        Optional<Boolean> listInUse,
        Optional<GroupId> group,
        List<ContactListId> contactLists,
        Optional<Boolean> defaultList,
        Optional<InviteId> invitation,
        Optional<String> onlineEtemHandling,
        Optional<PresenceAttributeList> attributes,
        Optional<BigDecimal> sessionPriority,
        List<UserId> users) {

    public Notice {
        contactLists = List.copyOf(contactLists);
        users = List.copyOf(users);
    }

    public static Notice of(NotificationType type) {
        return new Notice(
                type,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /** A group was created or deleted, its members or their rights changed. */
    public static Notice ofGroup(NotificationType type, GroupId group) {
        return of(type).with(notice -> notice.group = Optional.of(group));
    }

    /** A contact list was created, changed or deleted. */
    public static Notice ofContactLists(NotificationType type, List<ContactListId> lists) {
        return of(type).with(notice -> notice.contactLists = lists);
    }

    /** The block or grant list is in use from now on, or no longer. */
    public static Notice ofListInUse(NotificationType type, boolean inUse) {
        return of(type).with(notice -> notice.listInUse = Optional.of(inUse));
    }

    /** An invitation was accepted, rejected or cancelled. */
    public static Notice ofInvitation(NotificationType type, InviteId invitation) {
        return of(type).with(notice -> notice.invitation = Optional.of(invitation));
    }

    /** It concerns those users: who added the notified one to a list, or needs authorisation. */
    public Notice withUsers(List<UserId> concerned) {
        return with(notice -> notice.users = concerned);
    }

    /** These attributes were authorised, for the contact lists, users or the default list that the notice names. */
    public Notice withAttributes(PresenceAttributeList authorised, boolean forDefaultList) {
        return with(notice -> {
            notice.defaultList = forDefaultList ? Optional.of(true) : Optional.empty();
            notice.attributes = Optional.of(authorised);
        });
    }

    private Notice with(Consumer<Changes> change) {
        Changes changes = new Changes();
        change.accept(changes);
        return changes.made();
    }

    /** What another notice is to say, at first all that this one says. */
    private final class Changes {
        private Optional<Boolean> listInUse = Notice.this.listInUse;
        private Optional<GroupId> group = Notice.this.group;
        private List<ContactListId> contactLists = Notice.this.contactLists;
        private Optional<Boolean> defaultList = Notice.this.defaultList;
        private Optional<InviteId> invitation = Notice.this.invitation;
        private Optional<PresenceAttributeList> attributes = Notice.this.attributes;
        private List<UserId> users = Notice.this.users;

        private Notice made() {
            return new Notice(
                    type,
                    listInUse,
                    group,
                    contactLists,
                    defaultList,
                    invitation,
                    onlineEtemHandling,
                    attributes,
                    sessionPriority,
                    users);
        }
    }
}
