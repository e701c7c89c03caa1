package org.impsiwf.ssp.elements.groups;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.Blocking;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.Outbox;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Told;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.AddGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupMemberResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.MemberAccessRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.OwnProperties;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcConversationStore;
import org.impsiwf.ssp.storage.JdbcGroupStore;
import org.impsiwf.ssp.storage.JdbcGroupsElsewhere;

/** A domain with a Group Service Element over a real database, and what it says to others written down. */
final class GroupWorld implements AutoCloseable {

    static final UserId ANN = new UserId("wv:ann@home.example.com");
    static final UserId BOB = new UserId("wv:bob@home.example.com");
    static final UserId CID = new UserId("wv:cid@home.example.com");
    static final UserId DAN = new UserId("wv:dan@b.example.com");
    static final UserId EVE = new UserId("wv:eve@b.example.com");
    static final UserId FAY = new UserId("wv:fay@c.example.com");
    static final UserId GHOST = new UserId("wv:ghost@home.example.com");
    static final GroupId TEAM = new GroupId("wv:ann/team@home.example.com");
    static final GroupId NOWHERE = new GroupId("wv:ann/nothing@home.example.com");

    /** What was handed to the IM element. */
    record Accepted(SendMessageRequest message, List<UserId> recipients, Instant expires) {}

    record Raised(Notice notice, List<UserId> users) {}

    final Database database = Databases.H2.fresh();
    final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example.com");
    final JdbcGroupStore store = new JdbcGroupStore(database);
    final JdbcConversationStore conversationStore = new JdbcConversationStore(database);
    final JdbcGroupsElsewhere elsewhere = new JdbcGroupsElsewhere(database);
    final List<Accepted> outbox = new CopyOnWriteArrayList<>();
    final List<Raised> raised = new CopyOnWriteArrayList<>();
    final Map<UserId, Set<UserId>> blocked = new ConcurrentHashMap<>();
    final Set<UserId> registered = new HashSet<>(Set.of(ANN, BOB, CID));
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    GroupLimits limits = GroupLimits.ofDefaults();
    ConversationContext conversations =
            new ConversationContext(conversationStore, elsewhere, ConversationSettings.DEFAULT, user -> true);
    private Optional<GroupsElement> element = Optional.empty();

    synchronized GroupsElement element() {
        if (element.isEmpty()) {
            element = Optional.of(newElement());
        }
        return element.get();
    }

    /** A new process over the same database. */
    void restart() {
        element = Optional.empty();
    }

    private GroupsElement newElement() {
        Blocking blocking =
                (owner, sender, group) -> blocked.getOrDefault(owner, Set.of()).contains(sender);
        Outbox accepting = (message, users, expires) -> outbox.add(new Accepted(message, List.copyOf(users), expires));
        GroupContext context = new GroupContext(
                store,
                sap,
                registered::contains,
                blocking,
                accepting,
                (notice, users) -> raised.add(new Raised(notice, List.copyOf(users))),
                limits);
        return new GroupsElement(context, elsewhere, conversations, () -> now);
    }

    /** Time passes, and the element is woken as often as it is in life: once. */
    void pass(Duration time) {
        now = now.plus(time);
        element().expire(now);
        element().conversations().expire(now);
    }

    /** As a client of ours, or through the domain of the user, whichever it is; a refusal is its Status. */
    Primitive ask(UserId user, Primitive request) {
        return serve(element(), user, request);
    }

    Primitive serve(ServiceElement by, UserId user, Primitive request) {
        Optional<ServiceId> peer =
                sap.isHome(user.domain()) ? Optional.empty() : Optional.of(new ServiceId("wv:@" + user.domain()));
        return serve(by, new ServiceRequest(request, peer, Optional.of(user), Optional.empty(), now));
    }

    Primitive peerAsks(String domain, Primitive request) {
        return serve(
                request instanceof ImPrimitive ? element().conversations() : element(),
                new ServiceRequest(
                        request, Optional.of(new ServiceId("wv:@" + domain)), Optional.empty(), Optional.empty(), now));
    }

    static Primitive serve(ServiceElement by, ServiceRequest request) {
        try {
            return by.serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    int code(UserId user, Primitive request) {
        return code(ask(user, request));
    }

    static int code(Primitive answer) {
        return switch (answer) {
            case Status status -> status.statusCode();
            case JoinGroupResponse join -> join.statusInfo().statusCode();
            case LeaveGroupIndication left -> left.statusInfo().orElseThrow().statusCode();
            default -> throw new AssertionError("no Status: " + answer);
        };
    }

    static MetaInformation meta(UserId user) {
        return MetaInformation.ofUser(new ServiceId("wv:@" + user.domain()), user);
    }

    static MetaInformation server(String domain) {
        return MetaInformation.ofServer(new ServiceId("wv:@" + domain));
    }

    static GroupProperties properties(String... namesAndValues) {
        return new GroupProperties(pairs(namesAndValues), Optional.empty());
    }

    static OwnProperties own(String... namesAndValues) {
        return new OwnProperties(pairs(namesAndValues));
    }

    private static List<Property> pairs(String... namesAndValues) {
        return IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> new Property(namesAndValues[2 * i], namesAndValues[2 * i + 1]))
                .toList();
    }

    static String value(List<Property> properties, String name) {
        return properties.stream()
                .filter(property -> property.name().equals(name))
                .map(Property::value)
                .findFirst()
                .orElseThrow();
    }

    /** Ann's group, with Ann as its administrator, who is not joined. */
    void team(String... properties) {
        requireDone(ask(ANN, create(ANN, TEAM, properties)));
    }

    static CreateGroupRequest create(UserId user, GroupId group, String... properties) {
        return new CreateGroupRequest(
                meta(user),
                group,
                properties(properties),
                /* joinGroup= */ false,
                Optional.empty(),
                /* subscribeNotif= */ false);
    }

    /** Without a list, subscription, age or own properties. */
    static JoinGroupRequest join(UserId user, GroupId group, String screenName) {
        return new JoinGroupRequest(
                meta(user),
                group,
                /* joinedRequest= */ false,
                Optional.of(ScreenName.in(group, screenName)),
                /* subscribeNotif= */ false,
                Optional.empty(),
                Optional.empty());
    }

    static JoinGroupRequest subscribing(JoinGroupRequest join) {
        return new JoinGroupRequest(
                join.metaInformation(),
                join.groupId(),
                join.joinedRequest(),
                join.screenName(),
                /* subscribeNotif= */ true,
                join.ownPropList(),
                join.joinedUsersAge());
    }

    static JoinGroupRequest listing(JoinGroupRequest join) {
        return new JoinGroupRequest(
                join.metaInformation(),
                join.groupId(),
                /* joinedRequest= */ true,
                join.screenName(),
                join.subscribeNotif(),
                join.ownPropList(),
                join.joinedUsersAge());
    }

    static JoinGroupRequest aged(int years, JoinGroupRequest join) {
        return new JoinGroupRequest(
                join.metaInformation(),
                join.groupId(),
                join.joinedRequest(),
                join.screenName(),
                join.subscribeNotif(),
                join.ownPropList(),
                Optional.of((long) years));
    }

    /** They join TEAM under the first part of their User-IDs. */
    void join(UserId... users) {
        for (UserId user : users) {
            requireDone(ask(user, join(user, TEAM, nameOf(user))));
        }
    }

    void joinSubscribing(UserId... users) {
        for (UserId user : users) {
            requireDone(ask(user, subscribing(join(user, TEAM, nameOf(user)))));
        }
    }

    static String nameOf(UserId user) {
        return user.value().replaceAll("^wv:|@.*$", "");
    }

    void leave(UserId user, GroupId group) {
        requireDone(ask(user, new LeaveGroupRequest(meta(user), group)));
    }

    void add(UserId... users) {
        requireDone(ask(ANN, new AddGroupMemberRequest(meta(ANN), TEAM, List.of(users))));
    }

    void makeModerator(UserId user) {
        requireDone(ask(ANN, new MemberAccessRequest(meta(ANN), TEAM, List.of(), List.of(user), List.of())));
    }

    void makeAdministrator(UserId user) {
        requireDone(ask(ANN, new MemberAccessRequest(meta(ANN), TEAM, List.of(user), List.of(), List.of())));
    }

    private static void requireDone(Primitive answer) {
        if (code(answer) != StatusCode.SUCCESSFUL.code()) {
            throw new AssertionError("refused: " + answer);
        }
    }

    GetGroupMemberResponse members() {
        return (GetGroupMemberResponse) ask(ANN, new GetGroupMemberRequest(meta(ANN), TEAM));
    }

    List<UserId> joined(GroupId group) {
        return element().groups().joined(group);
    }

    List<GroupChangeNotice> notices() {
        return sap.sent(GroupChangeNotice.class);
    }

    List<LeaveGroupIndication> indications() {
        return sap.sent(LeaveGroupIndication.class);
    }

    /** Who was told, one list per primitive. */
    List<List<UserId>> toldTo(Class<? extends Primitive> kind) {
        List<List<UserId>> users = new ArrayList<>();
        for (Told told : sap.told()) {
            if (kind.isInstance(told.primitive())) {
                users.add(told.users());
            }
        }
        return users;
    }

    void block(UserId owner, UserId... others) {
        blocked.computeIfAbsent(owner, any -> ConcurrentHashMap.newKeySet()).addAll(Arrays.asList(others));
    }

    static SendMessageRequest message(UserId sender, String id, String text) {
        return new SendMessageRequest(
                meta(sender),
                /* deliveryReportRequest= */ true,
                new MessageInfo(
                        Optional.of(new MessageId(id)),
                        Optional.empty(),
                        Optional.of("text/plain"),
                        Optional.empty(),
                        Optional.of((long) text.length()),
                        Optional.empty(),
                        List.of(new MessageInfo.Recipient(TEAM)),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of(Content.text(text)));
    }

    Status post(UserId sender, GroupId group, String id, String text, ScreenName... whisperedTo) {
        return element().groups().post(sender, message(sender, id, text), group, List.of(whisperedTo));
    }

    /** The first column of what a query finds. */
    List<String> column(String query) {
        return database.read(
                handle -> handle.createQuery(query).mapTo(String.class).list());
    }

    @Override
    public void close() {
        database.close();
    }
}
