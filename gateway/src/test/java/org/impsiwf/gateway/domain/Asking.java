package org.impsiwf.gateway.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageUser;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateContactListRequest;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.SystemMessage;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** What one user asks its domain, in few words. */
final class Asking {

    private final UserId user;
    private final UnaryOperator<Primitive> domain;

    /** @param domain answers a request of the user */
    Asking(UserId user, UnaryOperator<Primitive> domain) {
        this.user = user;
        this.domain = domain;
    }

    UserId user() {
        return user;
    }

    MetaInformation meta() {
        return MetaInformation.ofUser(new ServiceId("wv:@" + user.domain()), user);
    }

    Primitive asks(Primitive request) {
        return domain.apply(request);
    }

    /** The status code of the answer. */
    int status(Primitive request) {
        return AnswerPage.statusOf(asks(request)).orElseThrow().statusCode();
    }

    private static GroupProperties noProperties() {
        return new GroupProperties(List.of(), Optional.empty());
    }

    int creates(GroupId group, String screenName) {
        return status(new CreateGroupRequest(
                meta(), group, noProperties(), true, Optional.of(ScreenName.in(group, screenName)), true));
    }

    int joins(GroupId group, String screenName) {
        return status(new JoinGroupRequest(
                meta(),
                group,
                true,
                Optional.of(ScreenName.in(group, screenName)),
                true,
                Optional.empty(),
                Optional.empty()));
    }

    int says(String text, Addressee to) {
        return status(message(text, to, false));
    }

    int saysWithReport(String text, Addressee to) {
        return status(message(text, to, true));
    }

    private SendMessageRequest message(String text, Addressee to, boolean report) {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId(user.value() + " says " + text)),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(to)),
                Optional.of(MessageInfo.Sender.of(User.of(user))),
                Optional.empty());
        return new SendMessageRequest(meta(), report, info, Optional.of(Content.text(text)));
    }

    int keepsList(String name, UserId... members) {
        return status(new CreateContactListRequest(
                meta(),
                list(name),
                Optional.empty(),
                Stream.<NickListEntry>of(members).toList()));
    }

    ContactListId list(String name) {
        return new ContactListId(user.value().replace("@", "/" + name + "@"));
    }

    /** Whoever wants to may see these. */
    int shows(PresenceAttribute... attributes) {
        return status(new CreateAttrListRequest(
                meta(),
                new PresenceAttributeList(Arrays.asList(attributes)),
                true,
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty()));
    }

    int watches(UserId... users) {
        return status(new SubscribeRequest(meta(), List.of(users), List.of(), Optional.empty(), false));
    }

    int watches(ContactListId list) {
        return status(new SubscribeRequest(meta(), List.of(), List.of(list), Optional.empty(), false));
    }

    SearchRequest search(SearchElement element, String text, int most) {
        return new SearchRequest(
                meta(),
                List.of(new SearchPair(element, text, Optional.empty())),
                Optional.empty(),
                Optional.of((long) most),
                Optional.empty(),
                Optional.empty());
    }

    SearchRequest searchOn(SearchId search, long index) {
        return new SearchRequest(
                meta(), List.of(), Optional.empty(), Optional.empty(), Optional.of(search), Optional.of(index));
    }

    int invites(InviteType type, UserId other, Optional<GroupId> group) {
        return status(new InviteRequest(
                meta(),
                new InviteId(user.value() + " invites " + other.value()),
                type,
                User.of(user),
                User.of(other),
                group,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of("come in"),
                Optional.empty(),
                Optional.empty()));
    }

    /** Answers a system message. */
    int answers(String message, String option) {
        return status(new SystemMessageUser(
                meta(), List.of(new SystemMessage.Response(message, Optional.of(option), Optional.empty()))));
    }

    int extendsTalk(UserId partner, UserId... others) {
        return status(new ExtendConversationRequest(
                meta(),
                new ExtendConversationId("talk of " + user.value()),
                List.of(others),
                User.of(partner),
                true,
                Optional.empty(),
                new ScreenName(Optional.empty(), "Initiator")));
    }
}
