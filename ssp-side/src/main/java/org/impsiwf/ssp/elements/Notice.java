package org.impsiwf.ssp.elements;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
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
        Notice of = of(type);
        return new Notice(
                type,
                of.listInUse,
                Optional.of(group),
                of.contactLists,
                of.defaultList,
                of.invitation,
                of.onlineEtemHandling,
                of.attributes,
                of.sessionPriority,
                of.users);
    }

    /** A contact list was created, changed or deleted. */
    public static Notice ofContactLists(NotificationType type, List<ContactListId> lists) {
        Notice of = of(type);
        return new Notice(
                type,
                of.listInUse,
                of.group,
                lists,
                of.defaultList,
                of.invitation,
                of.onlineEtemHandling,
                of.attributes,
                of.sessionPriority,
                of.users);
    }

    /** The block or grant list is in use from now on, or no longer. */
    public static Notice ofListInUse(NotificationType type, boolean inUse) {
        Notice of = of(type);
        return new Notice(
                type,
                Optional.of(inUse),
                of.group,
                of.contactLists,
                of.defaultList,
                of.invitation,
                of.onlineEtemHandling,
                of.attributes,
                of.sessionPriority,
                of.users);
    }

    /** An invitation was accepted, rejected or cancelled. */
    public static Notice ofInvitation(NotificationType type, InviteId invitation) {
        Notice of = of(type);
        return new Notice(
                type,
                of.listInUse,
                of.group,
                of.contactLists,
                of.defaultList,
                Optional.of(invitation),
                of.onlineEtemHandling,
                of.attributes,
                of.sessionPriority,
                of.users);
    }

    /** It concerns those users: who added the notified one to a list, or needs authorisation. */
    public Notice withUsers(List<UserId> concerned) {
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
                concerned);
    }

    /** These attributes were authorised, for the contact lists, users or the default list that the notice names. */
    public Notice withAttributes(PresenceAttributeList authorised, boolean forDefaultList) {
        return new Notice(
                type,
                listInUse,
                group,
                contactLists,
                forDefaultList ? Optional.of(true) : Optional.empty(),
                invitation,
                onlineEtemHandling,
                Optional.of(authorised),
                sessionPriority,
                users);
    }
}
