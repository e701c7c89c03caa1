package org.impsiwf.ssp.elements.contacts;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.UserId;

/**
 * What the lists of one user say of another: the proactive authorisation (SSP 14.2.9, 15.2.1). The attribute list of the
 * user decides alone; without it those of all contact lists that the user is in, together; without these the default list.
 * Pure.
 *
 * @param ofUser the attribute list attached to the user
 * @param ofLists those attached to contact lists that the user is a member of
 * @param byDefault the default attribute list
 */
public record Authorisation(
        Optional<Association> ofUser,
        List<Association> ofLists,
        Optional<AttributeSet> byDefault,
        Optional<Boolean> defaultNotify) {

    public static final Authorisation NOTHING =
            new Authorisation(Optional.empty(), List.of(), Optional.empty(), Optional.empty());

    public Authorisation {
        ofLists = List.copyOf(ofLists);
    }

    public AttributeSet authorised() {
        if (ofUser.isPresent()) {
            return ofUser.get().attributes();
        }
        if (!ofLists.isEmpty()) {
            return ofLists.stream().map(Association::attributes).reduce(AttributeSet.NONE, AttributeSet::plus);
        }
        return byDefault.orElse(AttributeSet.NONE);
    }

    /**
     * What the owner is to be told when the user asks for more than is authorised: that reactive authorisation is needed,
     * for this user (ANU), for the user's contact lists (ANC) or for those whom no list names (AND). Empty when the owner
     * has not asked for it.
     */
    public Optional<Notice> needed(AttributeSet asked, UserId user) {
        if (asked.minus(authorised()).isEmpty()) {
            return Optional.empty();
        }
        if (ofUser.isPresent()) {
            return wanted(ofUser.get()) ? notice(NotificationType.ANU, user) : Optional.empty();
        }
        if (!ofLists.isEmpty()) {
            List<ContactListId> lists = ofLists.stream()
                    .filter(Authorisation::wanted)
                    .map(Authorisation::list)
                    .toList();
            return lists.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            Notice.ofContactLists(NotificationType.ANC, lists).withUsers(List.of(user)));
        }
        return defaultNotify.orElse(false) ? Optional.of(forDefaultList(user)) : Optional.empty();
    }

    private static boolean wanted(Association association) {
        return association.notifyOwner().orElse(false);
    }

    private static ContactListId list(Association association) {
        return switch (association.target()) {
            case Association.OfList(var list) -> list;
            case Association.OfUser(var user) ->
                throw new IllegalStateException("an attribute list of " + user + " among those of contact lists");
        };
    }

    private static Notice forDefaultList(UserId user) {
        Notice of = Notice.of(NotificationType.AND).withUsers(List.of(user));
        return new Notice(
                of.type(),
                of.listInUse(),
                of.group(),
                of.contactLists(),
                Optional.of(true),
                of.invitation(),
                of.onlineEtemHandling(),
                of.attributes(),
                of.sessionPriority(),
                of.users());
    }

    private static Optional<Notice> notice(NotificationType type, UserId user) {
        return Optional.of(Notice.of(type).withUsers(List.of(user)));
    }
}
