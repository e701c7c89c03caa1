package org.impsiwf.ssp.elements.im;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Who a message is for, one by one: contact lists stand for their members (SSP-013), nobody is in it twice.
 *
 * @param users by address
 * @param whispers the screen names of each group
 * @param refused those that stand for nobody, and why
 */
record Recipients(
        Map<String, User> users, List<GroupId> groups, Map<GroupId, List<ScreenName>> whispers, List<Part> refused) {

    static Recipients of(List<Recipient> named, Optional<UserId> sender, ContactListMembers contactLists) {
        Recipients all =
                new Recipients(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        named.forEach(recipient -> all.add(recipient.addressee(), sender, contactLists));
        return all;
    }

    int count() {
        return users.size() + groups.size() + whispers.size();
    }

    private void add(Addressee addressee, Optional<UserId> sender, ContactListMembers contactLists) {
        switch (addressee) {
            case User user
            when user.userId().value().startsWith("wv:")
                    && user.userId().domain().isEmpty() -> refuse(user, StatusCode.INVALID_USER_ID);
            case User user -> add(user);
            case GroupId group -> addGroup(group);
            case ScreenName name -> addWhisper(name);
            case ContactListId list -> addMembers(list, sender, contactLists);
        }
    }

    private void add(User user) {
        users.putIfAbsent(user.userId().value().toLowerCase(Locale.ROOT), user);
    }

    private void addGroup(GroupId group) {
        if (!groups.contains(group)) {
            groups.add(group);
        }
    }

    private void addWhisper(ScreenName name) {
        name.groupId()
                .ifPresentOrElse(
                        group -> whispers.computeIfAbsent(group, none -> new ArrayList<>())
                                .add(name),
                        () -> refuse(name, StatusCode.GROUP_DOES_NOT_EXIST));
    }

    private void addMembers(ContactListId list, Optional<UserId> sender, ContactListMembers contactLists) {
        if (sender.isEmpty()) {
            refuse(list, StatusCode.CONTACT_LIST_DOES_NOT_EXIST);
            return;
        }
        try {
            List<UserId> members = contactLists.of(list, sender.get());
            if (members.isEmpty()) {
                refuse(list, StatusCode.CONTACT_LIST_IS_EMPTY);
            }
            members.forEach(member -> add(User.of(member)));
        } catch (Refusal refusal) {
            refused.add(Part.of(list, refusal.status()));
        }
    }

    private void refuse(Addressee addressee, StatusCode code) {
        refused.add(Part.of(addressee, Status.of(code)));
    }
}
