package org.impsiwf.ssp.elements.im;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.GroupHistory;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.delivery.Deliveries;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.GetMessageListResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.DatabaseConfig;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcBlockStore;
import org.impsiwf.ssp.storage.JdbcMessageRecords;
import org.impsiwf.ssp.storage.JdbcPendingStore;

/** The IM element of home.example over a database of its own, with neighbours that do as the test says and a clock that stands. */
final class ImWorld implements AutoCloseable {

    static final UserId ANN = new UserId("wv:ann@home.example");
    static final UserId BOB = new UserId("wv:bob@home.example");
    static final UserId CID = new UserId("wv:cid@home.example");
    static final UserId DAN = new UserId("wv:dan@away.example");
    static final UserId EVE = new UserId("wv:eve@far.example");
    static final UserId FAY = new UserId("wv:fay@served.example");
    static final UserId GUS = new UserId("wv:gus@served.example");
    static final GroupId TEAM = new GroupId("wv:ann/team@home.example");
    static final GroupId CLUB = new GroupId("wv:dan/club@away.example");
    static final ContactListId FRIENDS = new ContactListId("wv:ann/friends@home.example");

    final DatabaseConfig config = Databases.H2.empty();
    final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example");
    final Set<UserId> registered = new HashSet<>(List.of(ANN, BOB, CID));
    final Map<ContactListId, List<UserId>> contactLists = new HashMap<>();
    final List<Notice> notices = new ArrayList<>();
    final List<String> posts = new ArrayList<>();
    final AtomicReference<Status> posted = new AtomicReference<>(Status.of(StatusCode.SUCCESSFUL));
    Optional<GroupHistory> history = Optional.empty();
    ImSettings settings = ImSettings.DEFAULT;
    Instant now = Instant.parse("2026-03-01T09:30:00Z");
    Database database = Database.open(config);
    Deliveries deliveries;
    Blocks blocks;
    ImElement im;

    ImWorld() {
        sap.complementaryFor(FAY).complementaryFor(GUS);
        assemble();
    }

    /** What a new process does: everything in the heap is new, the database is as it was. */
    void restart() {
        assemble();
    }

    ImWorld with(ImSettings other) {
        settings = other;
        assemble();
        return this;
    }

    ImWorld with(GroupHistory kept) {
        history = Optional.of(kept);
        assemble();
        return this;
    }

    private void assemble() {
        ContactListMembers lists = new KnownLists();
        Groups groups = new TestGroups();
        blocks = new Blocks(
                new JdbcBlockStore(database),
                lists,
                registered::contains,
                groups,
                (notice, users) -> notices.add(notice),
                sap,
                settings.blocking());
        deliveries = new Deliveries(new JdbcPendingStore(database), sap, RetryTiming.DEFAULT, () -> now);
        im = new ImElement(
                new ImElement.Neighbours(registered::contains, groups, history, lists, blocks),
                deliveries,
                new JdbcMessageRecords(database),
                sap,
                settings,
                () -> now);
    }

    private final class KnownLists implements ContactListMembers {
        @Override
        public List<UserId> of(ContactListId list, UserId asking) {
            if (!contactLists.containsKey(list)) {
                throw Refusal.of(StatusCode.CONTACT_LIST_DOES_NOT_EXIST);
            }
            return contactLists.get(list);
        }
    }

    /** One group, and what is posted into it. */
    private final class TestGroups implements Groups {
        @Override
        public boolean isHosted(GroupId group) {
            return group.equals(TEAM);
        }

        @Override
        public Status post(UserId sender, SendMessageRequest message, GroupId group, List<ScreenName> whisperedTo) {
            posts.add(sender + " to " + group + " "
                    + whisperedTo.stream().map(ScreenName::name).toList());
            return posted.get();
        }

        @Override
        public void invited(GroupId group, UserId inviting, UserId invited) {
            throw new IllegalStateException("not of instant messages");
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
            return Optional.empty();
        }
    }

    /** A history of one group of ours, whose messages anybody may read. */
    static GroupHistory historyOf(SendMessageRequest... messages) {
        return new GroupHistory() {
            @Override
            public Page read(GroupId group, UserId reader, OptionalInt atMost) {
                int from = Math.max(0, messages.length - atMost.orElse(messages.length));
                return new Page(List.of(messages).subList(from, messages.length), messages.length);
            }

            @Override
            public Optional<SendMessageRequest> message(MessageId id, UserId reader) {
                return List.of(messages).stream()
                        .filter(message -> message.messageInfo().messageId().equals(Optional.of(id)))
                        .findFirst();
            }
        };
    }

    /** A history that refuses whoever asks. */
    static GroupHistory historyRefusing(StatusCode code) {
        return new GroupHistory() {
            @Override
            public Page read(GroupId group, UserId reader, OptionalInt atMost) {
                throw Refusal.of(code);
            }

            @Override
            public Optional<SendMessageRequest> message(MessageId id, UserId reader) {
                return Optional.empty();
            }
        };
    }

    /** A client of ours asks. */
    Primitive client(UserId user, Primitive primitive) {
        return answer(im, ServiceRequest.ofClient(user, primitive, now));
    }

    Primitive blocking(UserId user, Primitive primitive) {
        return answer(blocks, ServiceRequest.ofClient(user, primitive, now));
    }

    /** Another domain asks, on behalf of a user or for itself. */
    Primitive peer(String domain, Optional<UserId> user, Primitive primitive) {
        ServiceRequest request =
                new ServiceRequest(primitive, Optional.of(new ServiceId("wv:@" + domain)), user, Optional.empty(), now);
        return answer(im, request);
    }

    Primitive peer(UserId user, Primitive primitive) {
        return peer(user.domain(), Optional.of(user), primitive);
    }

    private static Primitive answer(ServiceElement element, ServiceRequest request) {
        try {
            return element.serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    Primitive list(UserId user, Long count) {
        return client(user, new GetMessageListRequest(of(user), Optional.empty(), Optional.ofNullable(count)));
    }

    /** The Message-IDs of all that waits for the user. */
    List<String> listed(UserId user) {
        return list(user, null) instanceof GetMessageListResponse response ? ids(response) : List.of();
    }

    static List<String> ids(GetMessageListResponse response) {
        return response.messageInfoList().stream()
                .map(info -> info.messageId().orElseThrow().value())
                .toList();
    }

    /** Messages from Dan to Bob, who is not there. */
    void store(String... ids) {
        sap.offline(BOB);
        Arrays.stream(ids).forEach(id -> peer(DAN, message(DAN, id, BOB)));
    }

    void after(Duration time) {
        now = now.plus(time);
        im.expire(now);
    }

    void logsIn(UserId user) {
        sap.online(user);
        im.loggedIn(user, now);
    }

    static MetaInformation of(UserId user) {
        return MetaInformation.ofUser(new ServiceId("wv:@" + user.domain()), user);
    }

    static SendMessageRequest message(UserId from, String id, UserId... to) {
        return message(
                from, id, "hello", false, List.of(to).stream().map(User::of).toArray(User[]::new));
    }

    static SendMessageRequest reported(UserId from, String id, UserId... to) {
        return message(
                from, id, "hello", true, List.of(to).stream().map(User::of).toArray(User[]::new));
    }

    static SendMessageRequest message(UserId from, String id, String text, boolean report, Addressee... to) {
        List<MessageInfo.Recipient> recipients =
                List.of(to).stream().map(MessageInfo.Recipient::new).toList();
        MessageInfo info = new MessageInfo(
                id.isEmpty() ? Optional.empty() : Optional.of(new MessageId(id)),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.of((long) text.length()),
                Optional.empty(),
                recipients,
                Optional.of(MessageInfo.Sender.of(User.of(from))),
                Optional.of(Instant.parse("2026-03-01T09:29:59Z")));
        return new SendMessageRequest(of(from), report, info, Optional.of(Content.text(text)));
    }

    static User atClient(UserId user, String client) {
        return new User(user, Optional.empty(), Optional.of(ClientId.of(client)));
    }

    static int code(Primitive answer) {
        return Answers.status(answer).statusCode();
    }

    @Override
    public void close() {
        database.close();
    }
}
