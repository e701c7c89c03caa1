package org.impsiwf.ssp.elements.presence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceElement;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.contacts.ContactLimits;
import org.impsiwf.ssp.elements.contacts.ContactsElement;
import org.impsiwf.ssp.elements.contacts.OwnedLists;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.ContactListPrimitive.AddListMemberRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListMemberResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListPropsResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateAttrListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.CreateContactListRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetAttrListResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetContactListResponse;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NickListEntry;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetWatcherListResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.PresencePrimitive.SubscribeRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.UpdatePresenceRequest;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.TextValue;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcContactStore;
import org.impsiwf.ssp.storage.JdbcPresenceStore;

/** The domain {@code home.example.com} with its contact lists and presence over a real database, and nobody around it. */
public final class PresenceDomain implements AutoCloseable {

    public static final UserId ALICE = new UserId("wv:alice@home.example.com");
    public static final UserId BOB = new UserId("wv:bob@home.example.com");
    public static final UserId CAROL = new UserId("wv:carol@home.example.com");
    public static final UserId NOBODY = new UserId("wv:nobody@home.example.com");
    public static final UserId DAVE = new UserId("wv:dave@away.example.org");
    public static final UserId EVE = new UserId("wv:eve@away.example.org");
    public static final UserId FAY = new UserId("wv:fay@third.example.net");
    public static final ContactListId FRIENDS = new ContactListId("wv:alice/friends@home.example.com");
    public static final ContactListId WORK = new ContactListId("wv:alice/work@home.example.com");
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final ServiceId AWAY = new ServiceId("wv:@away.example.org");

    public final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example.com");
    public final Set<String> granted = new TreeSet<>();
    public final List<Raised> raised = new CopyOnWriteArrayList<>();
    public final Map<UserId, Optional<String>> aliases = new ConcurrentHashMap<>();
    public final Database database;
    public final JdbcContactStore contactStore;
    public final JdbcPresenceStore presenceStore;
    public ContactsElement contacts;
    public PresenceElement presence;

    /** Names a transaction in the name of a test case. */
    public record Transaction(String name) {
        @Override
        public String toString() {
            return "[tx:" + name + "]";
        }
    }

    public static Transaction transaction(String name) {
        return new Transaction(name);
    }

    /** A notice, and who is to be told of it. */
    public record Raised(Notice notice, List<UserId> users) {
        public NotificationType type() {
            return notice.type();
        }
    }

    public PresenceDomain() {
        this(Databases.H2.fresh());
    }

    private PresenceDomain(Database database) {
        this.database = database;
        contactStore = new JdbcContactStore(database);
        presenceStore = new JdbcPresenceStore(database);
        with(PresenceSettings.DEFAULT, ContactLimits.DEFAULT);
    }

    public PresenceDomain with(PresenceSettings settings) {
        return with(settings, ContactLimits.DEFAULT);
    }

    public PresenceDomain with(PresenceSettings settings, ContactLimits limits) {
        presence = new PresenceElement(
                presenceStore,
                contactStore,
                new OwnedLists(contactStore),
                sap,
                PresenceDomain::isRegistered,
                this::raise,
                aliases::put,
                settings);
        contacts = new ContactsElement(
                contactStore,
                sap,
                PresenceDomain::isRegistered,
                this::grant,
                this::raise,
                presence,
                limits,
                settings.supported());
        return this;
    }

    private static boolean isRegistered(UserId user) {
        return Set.of(ALICE, BOB, CAROL).contains(new UserId(user.key()));
    }

    private void raise(Notice notice, Collection<UserId> users) {
        if (Database.isInTransaction()) {
            throw new IllegalStateException("a notice within a database transaction");
        }
        raised.add(new Raised(notice, List.copyOf(users)));
    }

    private void grant(UserId owner, Entity entity) {
        granted.add(owner + " grants " + entity);
    }

    /** A client of ours asks. */
    public Primitive ask(UserId user, Primitive request) {
        return serve(ServiceRequest.ofClient(user, request, NOON));
    }

    /** The neighbour {@code away.example.org} asks on behalf of a user. */
    public Primitive askFromAway(UserId user, Primitive request) {
        return serve(new ServiceRequest(request, Optional.of(AWAY), Optional.of(user), Optional.empty(), NOON));
    }

    /** The neighbour {@code away.example.org} asks for itself. */
    public Primitive tellFromAway(Primitive request) {
        return serve(new ServiceRequest(request, Optional.of(AWAY), Optional.empty(), Optional.empty(), NOON));
    }

    private Primitive serve(ServiceRequest request) {
        ServiceElement element = contacts.serves().contains(request.primitive().getClass()) ? contacts : presence;
        try {
            return element.serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    public int code(UserId user, Primitive request) {
        return codeOf(ask(user, request));
    }

    /** Of a Status or of the Status-Info of a response. */
    public static int codeOf(Primitive answer) {
        return statusOf(answer).statusCode();
    }

    public static Status statusOf(Primitive answer) {
        return switch (answer) {
            case Status status -> status;
            case GetContactListResponse r -> r.statusInfo();
            case ContactListMemberResponse r -> r.statusInfo();
            case ContactListPropsResponse r -> r.statusInfo();
            case GetAttrListResponse r -> r.statusInfo();
            case GetPresenceResponse r -> r.statusInfo();
            case GetWatcherListResponse r -> r.statusInfo();
            default -> throw new AssertionError("no answer: " + answer);
        };
    }

    public static MetaInformation by(UserId user) {
        return MetaInformation.ofUser(new ServiceId("wv:@" + user.domain()), user);
    }

    public static SubscribeRequest subscribe(UserId watcher, UserId... publishers) {
        return new SubscribeRequest(by(watcher), List.of(publishers), List.of(), Optional.empty(), false);
    }

    public static SubscribeRequest subscribe(UserId watcher, List<PresenceAttribute> asked, UserId... publishers) {
        return new SubscribeRequest(
                by(watcher), List.of(publishers), List.of(), Optional.of(new PresenceAttributeList(asked)), false);
    }

    public static SubscribeRequest subscribe(UserId watcher, boolean auto, ContactListId... lists) {
        return new SubscribeRequest(by(watcher), List.of(), List.of(lists), Optional.empty(), auto);
    }

    public static UpdatePresenceRequest update(UserId publisher, PresenceSubList values) {
        return new UpdatePresenceRequest(by(publisher), List.of(new PresenceValue(publisher, values)));
    }

    /** The owner lets a user see these attributes. */
    public PresenceDomain authorise(UserId owner, UserId user, PresenceAttribute... attributes) {
        requireSuccess(ask(owner, attributeList(owner, List.of(attributes), false, List.of(), List.of(user))));
        return this;
    }

    /** The owner lets everybody see these attributes who is not named otherwise. */
    public PresenceDomain authoriseAll(UserId owner, PresenceAttribute... attributes) {
        requireSuccess(ask(owner, attributeList(owner, List.of(attributes), true, List.of(), List.of())));
        return this;
    }

    public static CreateAttrListRequest attributeList(
            UserId owner,
            List<PresenceAttribute> attributes,
            boolean isDefault,
            List<ContactListId> lists,
            List<UserId> users) {
        return new CreateAttrListRequest(
                by(owner),
                new PresenceAttributeList(attributes),
                isDefault,
                lists,
                users,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Alice makes a contact list. */
    public PresenceDomain list(ContactListId list, NickListEntry... members) {
        requireSuccess(ask(ALICE, new CreateContactListRequest(by(ALICE), list, Optional.empty(), List.of(members))));
        return this;
    }

    public static AddListMemberRequest add(ContactListId list, NickListEntry... members) {
        return new AddListMemberRequest(by(ALICE), list, List.of(members), Optional.empty());
    }

    /** Of a user with a status text and a mood. */
    public static PresenceSubList values(String statusText, String mood) {
        return PresenceValues.updated(statusText(statusText), mood(mood));
    }

    public static PresenceSubList statusText(String text) {
        return PresenceValues.only(AttributeSet.of(PresenceAttribute.STATUS_TEXT), every(text));
    }

    public static PresenceSubList mood(String mood) {
        return PresenceValues.only(AttributeSet.of(PresenceAttribute.STATUS_MOOD), every(mood));
    }

    /** Every attribute that is plain text, with this value. */
    public static PresenceSubList every(String text) {
        Optional<TextValue> value = Optional.of(TextValue.of(text));
        PresenceSubList none = PresenceSubList.NONE;
        return new PresenceSubList(
                none.onlineStatus(),
                none.registration(),
                none.clientInfo(),
                none.timeZone(),
                none.geoLocation(),
                none.address(),
                none.freeTextLocation(),
                none.plmn(),
                none.commCap(),
                value,
                none.preferredContacts(),
                value,
                value,
                value,
                value,
                none.statusContent(),
                none.contactInfo(),
                none.infoLink());
    }

    /** Publishes, and forgets what was sent for it. */
    public PresenceDomain publish(UserId publisher, PresenceSubList values) {
        requireSuccess(ask(publisher, update(publisher, values)));
        sap.forget();
        return this;
    }

    /** What that user was notified of, one entry per notification and publisher: {@code who attribute=text …}. */
    public List<String> seenBy(UserId watcher) {
        List<String> seen = new ArrayList<>();
        for (PresenceNotification notification : sap.sent(PresenceNotification.class)) {
            if (notification.subscribingUserIdList().contains(User.of(watcher))) {
                notification.presenceValueList().forEach(value -> seen.add(line(value)));
            }
        }
        return seen;
    }

    public static String line(PresenceValue value) {
        StringBuilder line = new StringBuilder(value.userId().value().replaceAll("wv:|@.*", ""));
        for (PresenceAttribute attribute :
                PresenceValues.attributesOf(value.attributes()).attributes()) {
            line.append(' ').append(attribute.literal());
            text(attribute, value.attributes())
                    .ifPresent(text -> line.append('=').append(text));
        }
        return line.toString();
    }

    private static Optional<String> text(PresenceAttribute attribute, PresenceSubList values) {
        return switch (attribute) {
            case STATUS_TEXT -> values.statusText().flatMap(TextValue::value);
            case STATUS_MOOD -> values.statusMood().flatMap(TextValue::value);
            case ONLINE_STATUS ->
                Optional.of(values.onlineStatus().stream()
                        .map(flag -> flag.value().orElse(false) ? "T" : "F")
                        .reduce("", String::concat));
            default -> Optional.empty();
        };
    }

    public List<NotificationType> noticesTo(UserId user) {
        return raised.stream()
                .filter(one -> one.users().contains(user))
                .map(Raised::type)
                .toList();
    }

    private static void requireSuccess(Primitive answer) {
        Status status = statusOf(answer);
        if (!status.equals(Status.of(StatusCode.SUCCESSFUL))) {
            throw new AssertionError("a step before the test: " + status);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
