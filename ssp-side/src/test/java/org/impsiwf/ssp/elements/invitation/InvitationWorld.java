package org.impsiwf.ssp.elements.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.elements.im.Answers;
import org.impsiwf.ssp.elements.im.Blocks;
import org.impsiwf.ssp.elements.im.ImSettings;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContentId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcBlockStore;
import org.impsiwf.ssp.storage.JdbcInvitationStore;
import org.impsiwf.ssp.storage.JdbcPendingStore;

/** The invitation element of home.example over a database of its own, with neighbours that do as the test says and a clock that stands. */
final class InvitationWorld implements AutoCloseable {

    static final UserId ANN = new UserId("wv:ann@home.example");
    static final UserId BOB = new UserId("wv:bob@home.example");
    static final UserId CID = new UserId("wv:cid@home.example");
    static final UserId DAN = new UserId("wv:dan@away.example");
    static final UserId EVE = new UserId("wv:eve@far.example");
    static final UserId FAY = new UserId("wv:fay@served.example");
    static final UserId GUS = new UserId("wv:gus@also-served.example");
    static final GroupId TEAM = new GroupId("wv:ann/team@home.example");
    static final GroupId CLUB = new GroupId("wv:dan/club@away.example");
    static final ContactListId FRIENDS = new ContactListId("wv:ann/friends@home.example");
    static final ApplicationId CHESS = new ApplicationId("chess");
    static final ContentId PICTURE = new ContentId("http://home.example/picture");

    final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example");
    final Set<UserId> registered = new HashSet<>(List.of(ANN, BOB, CID));
    final Map<ContactListId, List<UserId>> contactLists = new HashMap<>();
    final Map<ScreenName, UserId> screenNames = new HashMap<>();
    final List<Notice> notices = new ArrayList<>();
    final List<UserId> admitted = new ArrayList<>();
    final List<String> extensions = new ArrayList<>();
    final Set<InviteId> extending = new HashSet<>();
    Instant now = Instant.parse("2026-03-01T09:30:00Z");
    InvitationSettings settings = InvitationSettings.DEFAULT;
    Database database = Databases.H2.fresh();
    Deliveries deliveries;
    Blocks blocks;
    InvitationElement element;

    InvitationWorld() {
        sap.complementaryFor(FAY).complementaryFor(GUS);
        assemble();
    }

    /** What a new process does: everything in the heap is new, the database is as it was. */
    void restart() {
        assemble();
    }

    InvitationWorld with(InvitationSettings other) {
        settings = other;
        assemble();
        return this;
    }

    private void assemble() {
        ContactListMembers lists = (list, asking) -> {
            if (!contactLists.containsKey(list)) {
                throw Refusal.of(StatusCode.CONTACT_LIST_DOES_NOT_EXIST);
            }
            return contactLists.get(list);
        };
        Groups groups = new Team();
        blocks = new Blocks(
                new JdbcBlockStore(database),
                lists,
                registered::contains,
                groups,
                (notice, users) -> notices.add(notice),
                sap,
                ImSettings.Blocking.DEFAULT);
        deliveries = new Deliveries(new JdbcPendingStore(database), sap, RetryTiming.DEFAULT, () -> now);
        element = new InvitationElement(
                new InvitationElement.Neighbours(
                        registered::contains,
                        groups,
                        lists,
                        blocks,
                        (id, user, accepted, note) -> {
                            extensions.add(id + " " + user + " " + accepted);
                            return extending.contains(id);
                        },
                        (notice, users) -> notices.add(notice)),
                deliveries,
                new JdbcInvitationStore(database),
                sap,
                settings);
    }

    /** One group, administrated by ann, with ann and bob in it. */
    private final class Team implements Groups {
        @Override
        public boolean isHosted(GroupId group) {
            return group.equals(TEAM);
        }

        @Override
        public Status post(UserId sender, SendMessageRequest message, GroupId group, List<ScreenName> whisperedTo) {
            throw new IllegalStateException("not of invitations");
        }

        @Override
        public void invited(GroupId group, UserId inviting, UserId invited) {
            admitted.add(invited);
        }

        @Override
        public List<UserId> administrators(GroupId group) {
            return List.of(ANN);
        }

        @Override
        public List<UserId> joined(GroupId group) {
            return List.of(ANN, BOB);
        }

        @Override
        public Optional<UserId> behind(ScreenName screenName) {
            return Optional.ofNullable(screenNames.get(screenName));
        }
    }

    Primitive client(UserId user, Primitive primitive) {
        return answer(ServiceRequest.ofClient(user, primitive, now));
    }

    Primitive peer(UserId user, Primitive primitive) {
        return peer(user.domain(), Optional.of(user), primitive);
    }

    Primitive peer(String domain, Optional<UserId> user, Primitive primitive) {
        return answer(new ServiceRequest(
                primitive, Optional.of(new ServiceId("wv:@" + domain)), user, Optional.empty(), now));
    }

    private Primitive answer(ServiceRequest request) {
        try {
            return element.serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    void after(Duration time) {
        now = now.plus(time);
        deliveries.expire(now);
        element.expire(now);
    }

    void logsIn(UserId user) {
        sap.online(user);
        element.loggedIn(user, now);
    }

    static MetaInformation of(UserId user) {
        return MetaInformation.ofUser(new ServiceId("wv:@" + user.domain()), user);
    }

    static InviteRequest invite(UserId inviter, InviteType type, Addressee invited) {
        return invite(inviter, "i1", type, invited, Optional.empty());
    }

    static InviteRequest invite(
            UserId inviter, String id, InviteType type, Addressee invited, Optional<Duration> validity) {
        return new InviteRequest(
                of(inviter),
                new InviteId(id),
                type,
                User.of(inviter),
                invited,
                type.needsGroup() ? Optional.of(TEAM) : Optional.empty(),
                type == InviteType.AP ? Optional.of(CHESS) : Optional.empty(),
                type == InviteType.PR
                        ? Optional.of(new PresenceAttributeList(List.of(PresenceAttribute.ONLINE_STATUS)))
                        : Optional.empty(),
                type == InviteType.SC ? List.of(PICTURE) : List.of(),
                Optional.of("come"),
                Optional.empty(),
                validity);
    }

    static InviteUserRequest inviteUser(String pse, UserId inviter, UserId invited) {
        InviteRequest request = invite(inviter, InviteType.IM, User.of(invited));
        return request.forUser(MetaInformation.ofServer(new ServiceId("wv:@" + pse)), User.of(invited));
    }

    static InviteUserResponse userAnswer(UserId inviter, UserId responding, boolean accepted) {
        return userAnswer(inviter, User.of(responding), accepted);
    }

    static InviteUserResponse userAnswer(UserId inviter, Addressee responding, boolean accepted) {
        return new InviteUserResponse(
                Status.of(StatusCode.SUCCESSFUL),
                new InviteId("i1"),
                User.of(inviter),
                accepted,
                responding,
                Optional.of(accepted ? "gladly" : "later"),
                Optional.empty(),
                List.of());
    }

    static InviteResponse answer(UserId inviter, UserId responding, boolean accepted) {
        return new InviteResponse(
                Status.of(StatusCode.SUCCESSFUL),
                new InviteId("i1"),
                User.of(inviter),
                accepted,
                User.of(responding),
                Optional.of(accepted ? "gladly" : "later"),
                Optional.empty());
    }

    static CancelInviteRequest cancel(UserId inviter, InviteType type, Addressee cancelled) {
        return new CancelInviteRequest(
                of(inviter),
                new InviteId("i1"),
                User.of(inviter),
                cancelled,
                type.needsGroup() ? Optional.of(TEAM) : Optional.empty(),
                type == InviteType.AP ? Optional.of(CHESS) : Optional.empty(),
                Optional.empty(),
                type == InviteType.SC ? List.of(PICTURE) : List.of(),
                Optional.of("no longer"),
                Optional.empty());
    }

    static int code(Primitive answer) {
        return Answers.status(answer).statusCode();
    }

    @Override
    public void close() {
        database.close();
    }
}
