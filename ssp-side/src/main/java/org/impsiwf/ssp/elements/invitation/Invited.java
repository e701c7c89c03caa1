package org.impsiwf.ssp.elements.invitation;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** Whom an Invited-User or Canceled-User stands for (SSP 13.1.7.3.1). */
final class Invited {

    private final ContactListMembers contactLists;
    private final Groups groups;
    private final ServiceAccessPoint sap;

    Invited(ContactListMembers contactLists, Groups groups, ServiceAccessPoint sap) {
        this.contactLists = contactLists;
        this.groups = groups;
        this.sap = sap;
    }

    /** Single users, or the domain that knows them. */
    sealed interface Meaning {
        record Users(List<User> users) implements Meaning {}

        record Elsewhere(String domain) implements Meaning {}
    }

    /** @throws Refusal 427, 531, 700, 800 or 410 */
    Meaning of(Addressee invited, InviteType type, UserId inviter) {
        return switch (invited) {
            case User user -> {
                if (user.userId().value().startsWith("wv:")
                        && user.userId().domain().isEmpty()) {
                    throw Refusal.of(StatusCode.INVALID_USER_ID);
                }
                yield new Meaning.Users(List.of(user));
            }
            case ContactListId list -> users(contactLists.of(list, inviter), inviter);
            case GroupId group ->
                elsewhere(group)
                        .orElseGet(() -> type == InviteType.GM
                                ? users(groups.administrators(group), inviter)
                                : users(groups.joined(group), inviter));
            case ScreenName name -> {
                GroupId group = name.groupId().orElseThrow(() -> Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST));
                yield elsewhere(group)
                        .orElseGet(() -> new Meaning.Users(List.of(
                                User.of(groups.behind(name).orElseThrow(() -> Refusal.of(StatusCode.UNKNOWN_USER))))));
            }
        };
    }

    private Optional<Meaning> elsewhere(GroupId group) {
        if (groups.isHosted(group)) {
            return Optional.empty();
        }
        if (sap.isHome(group.domain())) {
            throw Refusal.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }
        return Optional.of(new Meaning.Elsewhere(group.domain()));
    }

    private static Meaning users(List<UserId> members, UserId inviter) {
        List<User> others = members.stream()
                .filter(member -> !member.value().equalsIgnoreCase(inviter.value()))
                .map(User::of)
                .toList();
        if (others.isEmpty()) {
            throw Refusal.of(StatusCode.UNABLE_TO_DELIVERY, "there is nobody to be invited");
        }
        return new Meaning.Users(others);
    }
}
