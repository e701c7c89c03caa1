package org.impsiwf.ssp.elements.im;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.delivery.SideBySide;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Messages to groups and screen names: into a group of ours, to the domain of another, and, as complementary PSE of the
 * sender, to the joined users that the group's domain names (SSP-381).
 */
final class PostingToGroups {

    private final Groups groups;
    private final Reception reception;
    private final Relaying relaying;
    private final ServiceAccessPoint sap;

    PostingToGroups(Groups groups, Reception reception, Relaying relaying, ServiceAccessPoint sap) {
        this.groups = groups;
        this.reception = reception;
        this.relaying = relaying;
        this.sap = sap;
    }

    /** @param names empty: to everybody in the group */
    Part post(SendMessageRequest message, GroupId group, List<ScreenName> names, boolean anywhere, Instant now) {
        Status status = status(message, group, names, anywhere, now);
        return names.isEmpty() ? Part.of(group, status) : new Part(List.of(), List.of(), names, List.of(), status);
    }

    private Status status(
            SendMessageRequest message, GroupId group, List<ScreenName> names, boolean anywhere, Instant now) {
        Optional<UserId> sender = Messages.sender(message);
        if (groups.isHosted(group)) {
            return sender.map(user -> groups.post(user, message, group, names))
                    .orElse(Status.of(StatusCode.GROUP_IS_NOT_JOINED));
        }
        if (sap.isHome(group.domain())) {
            return Status.of(StatusCode.GROUP_DOES_NOT_EXIST);
        }
        if (!anywhere || sender.isEmpty()) {
            return Status.of(StatusCode.DOMAIN_NOT_SUPPORTED);
        }
        return sap.isHome(sender.get().domain())
                ? ask(message, group, names.isEmpty() ? List.of(group) : names, now)
                : distribute(message, sender.get(), group, names, now);
    }

    private Status ask(SendMessageRequest message, GroupId group, List<? extends Addressee> addressees, Instant now) {
        SendMessageRequest part = Messages.forAddressees(message, addressees);
        return relaying.ask(group.domain(), part, true, now, reception.expiry(message, now));
    }

    private Status distribute(
            SendMessageRequest message, UserId sender, GroupId group, List<ScreenName> names, Instant now) {
        MetaInformation meta = MetaInformation.ofUser(sap.serviceId(), sender);
        Primitive answer = sap.ask(group.domain(), new GetJoinedMemberRequest(meta, group));
        if (!(answer instanceof GetJoinedMemberResponse joined)) {
            return Answers.status(answer);
        }
        List<Mapping> everybody = Stream.concat(joined.joinedAdminList().stream(), joined.joinedUserList().stream())
                .toList();
        Optional<Mapping> self =
                everybody.stream().filter(one -> is(one, sender)).findFirst();
        if (self.isEmpty()) {
            return Status.of(StatusCode.GROUP_IS_NOT_JOINED);
        }
        List<Mapping> wanted = everybody.stream()
                .filter(one -> !is(one, sender))
                .filter(one -> names.isEmpty()
                        || names.stream().anyMatch(name -> name.name().equals(one.screenName())))
                .toList();
        if (wanted.size() < names.size()) {
            return Status.of(StatusCode.UNKNOWN_USER);
        }
        SendMessageRequest copy =
                asOfGroup(message, ScreenName.in(group, self.get().screenName()));
        return Combination.of(distribute(copy, group, wanted, now));
    }

    private static boolean is(Mapping mapping, UserId user) {
        return mapping.userId()
                .filter(one -> one.value().equalsIgnoreCase(user.value()))
                .isPresent();
    }

    private List<Part> distribute(SendMessageRequest copy, GroupId group, List<Mapping> wanted, Instant now) {
        List<User> ours = new ArrayList<>();
        List<User> theirs = new ArrayList<>();
        List<ScreenName> hidden = new ArrayList<>();
        for (Mapping one : wanted) {
            one.userId()
                    .ifPresentOrElse(
                            user -> (sap.isPrimary(user, SendMessageRequest.class) ? ours : theirs).add(User.of(user)),
                            () -> hidden.add(ScreenName.in(group, one.screenName())));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(Part.done());
        parts.addAll(reception.take(Messages.forUsers(copy, ours), ours, now));
        Instant expires = reception.expiry(copy, now);
        SideBySide.each(
                        Relaying.byDomain(theirs).entrySet(),
                        entry -> relaying.ask(
                                entry.getKey(), Messages.forUsers(copy, entry.getValue()), true, now, expires))
                .forEach((entry, status) -> parts.add(
                        Part.ofUsers(entry.getValue().stream().map(User::userId).toList(), status)));
        if (!hidden.isEmpty()) {
            // Only the group's domain knows who they are.
            parts.add(new Part(List.of(), List.of(), hidden, List.of(), ask(copy, group, hidden, now)));
        }
        return parts;
    }

    private static SendMessageRequest asOfGroup(SendMessageRequest message, ScreenName sender) {
        GroupId group = sender.groupId().orElseThrow();
        MessageInfo.Sender named = new MessageInfo.Sender(group, Optional.of(sender));
        return message.withMessageInfo(message.messageInfo().withSender(named));
    }
}
