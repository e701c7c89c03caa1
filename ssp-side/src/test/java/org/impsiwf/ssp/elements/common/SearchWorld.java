package org.impsiwf.ssp.elements.common;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.GroupDirectory;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.presence.PresenceDomain;
import org.impsiwf.ssp.elements.presence.PresenceValues;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.StopSearchRequest;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcPublicProfiles;
import org.impsiwf.ssp.storage.JdbcSearchStore;
import org.impsiwf.ssp.storage.JdbcUserDirectory;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.impsiwf.ssp.storage.UserTerms;

/** A domain with users, public profiles and groups, in which tests search. */
final class SearchWorld implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    static final UserId ANN = local("ann");

    final Database database = Databases.H2.fresh();
    final JdbcUserStore users = new JdbcUserStore(database);
    final JdbcPublicProfiles profiles = new JdbcPublicProfiles(database);
    final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example.com");
    final List<UserId> reminded = new ArrayList<>();
    final List<GroupDirectory.FoundGroup> groups = new ArrayList<>();

    SearchRules rules = SearchRules.ofAll(SearchLimits.DEFAULT);
    PublicProfilePolicy policy = PublicProfilePolicy.DEFAULT;
    List<String> further = List.of();
    Instant now = NOON;

    private final Map<UserId, PresenceSubList> presence = new HashMap<>();
    private final Map<UserId, Set<PresenceAttribute>> hidden = new HashMap<>();

    SearchWorld() {
        user("ann", "PP_AGE", "30");
    }

    static UserId local(String name) {
        return new UserId("wv:" + name + "@home.example.com");
    }

    /** Registers a user with that public profile. */
    UserId user(String name, String... profile) {
        return user(Registration.of(local(name)), profile);
    }

    UserId user(Registration registration, String... profile) {
        users.register(registration, NOON);
        Map<PublicField, String> fields = new EnumMap<>(PublicField.class);
        for (int i = 0; i < profile.length; i += 2) {
            fields.put(PublicField.of(profile[i]).orElseThrow(), profile[i + 1]);
        }
        profiles.change(registration.user(), before -> new PublicFields(fields));
        return registration.user();
    }

    /** The user has that alias and online status, and lets everybody see them. */
    void present(UserId user, String alias, boolean online) {
        presence.put(user, presenceOf(alias, online));
        database.useTransaction(handle -> new UserTerms(database).aliasIs(user, Optional.of(alias)));
    }

    void hide(UserId user, PresenceAttribute attribute) {
        hidden.computeIfAbsent(user, any -> new HashSet<>()).add(attribute);
    }

    void group(String name, boolean searchable, OptionalInt minimumAge, boolean annsOwn) {
        groups.add(new GroupDirectory.FoundGroup(
                new GroupId("wv:/" + name + "@home.example.com"),
                name + " fans",
                "all about " + name,
                searchable,
                minimumAge,
                annsOwn,
                annsOwn,
                annsOwn));
    }

    Primitive serve(UserId searcher, Primitive request) {
        return serve(new ServiceRequest(
                request, Optional.empty(), Optional.of(searcher), Optional.of(ClientId.of("phone")), now));
    }

    Primitive serve(ServiceRequest request) {
        try {
            return element().serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    GeneralSearchElement element() {
        return new GeneralSearchElement(
                new GeneralSearchElement.Sources(
                        new JdbcUserDirectory(database, List.of("home.example.com"), profiles),
                        new Groups(),
                        profiles,
                        this::disclosed,
                        new JdbcSearchStore(database)),
                policy,
                rules,
                further,
                reminded::add,
                sap);
    }

    /** Ann's first request. */
    static SearchRequest search(SearchPair... pairs) {
        return new SearchRequest(
                meta(), List.of(pairs), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static SearchRequest search(String criteria, SearchPair... pairs) {
        return new SearchRequest(
                meta(), List.of(pairs), Optional.of(criteria), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static SearchRequest limited(long limit, SearchPair... pairs) {
        return new SearchRequest(
                meta(), List.of(pairs), Optional.empty(), Optional.of(limit), Optional.empty(), Optional.empty());
    }

    static SearchRequest goOn(SearchId id, long index) {
        return new SearchRequest(
                meta(), List.of(), Optional.empty(), Optional.empty(), Optional.of(id), Optional.of(index));
    }

    static StopSearchRequest stop(SearchId id) {
        return new StopSearchRequest(meta(), id);
    }

    static SearchPair pair(SearchElement element, String text) {
        return new SearchPair(element, text, Optional.empty());
    }

    static SearchPair pair(long number, SearchElement element, String text) {
        return new SearchPair(element, text, Optional.of(number));
    }

    /** The names before the at sign of what Ann finds. */
    List<String> found(SearchRequest request) {
        return names(answer(request).searchResults());
    }

    SearchResponse answer(SearchRequest request) {
        Primitive answer = serve(ANN, request);
        if (answer instanceof Status status) {
            throw new AssertionError("refused: " + status);
        }
        return (SearchResponse) answer;
    }

    Status refused(Primitive request) {
        return (Status) serve(ANN, request);
    }

    static List<String> names(List<SearchHit> hits) {
        return hits.stream().map(SearchWorld::name).toList();
    }

    private static String name(SearchHit hit) {
        String address = hit instanceof User user ? user.userId().value() : hit.toString();
        return address.substring(3, address.indexOf('@'));
    }

    private static MetaInformation meta() {
        return MetaInformation.ofUser(new ServiceId("wv:@home.example.com"), ANN);
    }

    private Map<UserId, PresenceSubList> disclosed(
            Collection<UserId> owners, UserId asking, Set<PresenceAttribute> attributes) {
        return owners.stream()
                .filter(presence::containsKey)
                .collect(Collectors.toMap(owner -> owner, owner -> without(presence.get(owner), hidden.get(owner))));
    }

    private static PresenceSubList without(PresenceSubList values, Set<PresenceAttribute> hidden) {
        Set<PresenceAttribute> shown = EnumSet.allOf(PresenceAttribute.class);
        shown.removeAll(hidden == null ? Set.of() : hidden);
        return PresenceValues.only(AttributeSet.of(shown), values);
    }

    private static PresenceSubList presenceOf(String alias, Boolean online) {
        PresenceSubList named = alias == null
                ? PresenceSubList.NONE
                : PresenceValues.only(AttributeSet.of(PresenceAttribute.ALIAS), PresenceDomain.every(alias));
        return named.withOnlineStatus(Stream.ofNullable(online)
                .map(value -> new PresenceSubList.ClientFlag(Optional.of(true), Optional.of(value), Optional.empty()))
                .toList());
    }

    /** Groups in the heap. */
    private final class Groups implements GroupDirectory {
        @Override
        public List<GroupId> candidates(SearchElement element, String text, int atMost) {
            return groups.stream()
                    .filter(group -> switch (element) {
                        case GROUP_ID -> has(group.group().toString(), text);
                        case GROUP_NAME -> has(group.name(), text);
                        case GROUP_TOPIC -> has(group.topic(), text);
                        case GROUP_USER_ID_JOINED -> group.joined();
                        case GROUP_USER_ID_OWNER -> group.owner();
                        default -> group.autoJoin();
                    })
                    .map(FoundGroup::group)
                    .limit(atMost)
                    .toList();
        }

        private static boolean has(String value, String text) {
            return value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        }

        @Override
        public List<FoundGroup> describe(Collection<GroupId> asked, UserId searcher) {
            return groups.stream()
                    .filter(group -> asked.contains(group.group()))
                    .toList();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
