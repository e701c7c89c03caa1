package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.contacts.Association;
import org.impsiwf.ssp.elements.contacts.Association.OfList;
import org.impsiwf.ssp.elements.contacts.Association.OfUser;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.contacts.Authorisation;
import org.impsiwf.ssp.elements.contacts.ContactList;
import org.impsiwf.ssp.elements.contacts.ListOwner;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.NickName;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Databases.class)
class ContactStoreTest {

    private static final UserId ALICE = new UserId("wv:alice@example.com");
    private static final UserId BOB = new UserId("wv:Bob@example.com");
    private static final UserId CAROL = new UserId("wv:carol@example.org");
    private static final ContactListId FRIENDS = new ContactListId("wv:Alice/Friends@example.com");
    private static final ContactListId WORK = new ContactListId("wv:alice/work@example.com");
    private static final AttributeSet ONLINE = AttributeSet.of(PresenceAttribute.ONLINE_STATUS);
    private static final AttributeSet MOOD = AttributeSet.of(PresenceAttribute.STATUS_MOOD);

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    private JdbcContactStore store;

    @BeforeEach
    void open() {
        database = databases.fresh();
        store = new JdbcContactStore(database);
    }

    @Test
    void anOwnerIsKeptAsSaved() {
        ListOwner owner = new ListOwner(Optional.of(FRIENDS), 3, Optional.of(AttributeSet.NONE), Optional.of(false));

        assertThat(store.owner(ALICE)).isEqualTo(ListOwner.NEW);
        store.inTransaction(() -> {
            assertThat(store.lock(ALICE)).isEqualTo(ListOwner.NEW);
            store.save(ALICE, owner);
            return true;
        });

        assertThat(store.owner(new UserId("wv:ALICE@example.com"))).isEqualTo(owner);
        store.save(ALICE, ListOwner.NEW);
        assertThat(store.owner(ALICE)).isEqualTo(ListOwner.NEW);
    }

    @Test
    void listsAndMembersComeBackAsWrittenAndInOrder() {
        list(FRIENDS, "Äiti & co");
        list(WORK, null);
        store.add(store.find(FRIENDS).orElseThrow(), List.of(CAROL, new NickName("Bobby", BOB)));
        store.add(store.find(FRIENDS).orElseThrow(), List.of(new NickName("Caz", CAROL), new NickName("B", BOB), BOB));

        assertThat(store.listsOf(ALICE)).containsExactly(FRIENDS, WORK);
        assertThat(store.find(new ContactListId("wv:alice/friends@EXAMPLE.com")))
                .contains(new ContactList(FRIENDS, ALICE, Optional.of("Äiti & co")));
        assertThat(store.members(FRIENDS)).containsExactly(new NickName("Caz", CAROL), BOB);
        assertThat(store.isMember(FRIENDS, new UserId("wv:bob@example.com"))).isTrue();
        assertThat(store.isMember(WORK, BOB)).isFalse();

        store.remove(FRIENDS, List.of(new UserId("wv:bob@example.com")));
        store.rename(WORK, Optional.of("Office"));
        assertThat(store.members(FRIENDS)).containsExactly(new NickName("Caz", CAROL));
        assertThat(store.find(WORK)).contains(new ContactList(WORK, ALICE, Optional.of("Office")));
    }

    @Test
    void deletingAListLeavesNothingOfItAndAllOfOthers() {
        list(FRIENDS, null);
        list(WORK, null);
        store.add(store.find(FRIENDS).orElseThrow(), List.of(BOB));
        store.add(store.find(WORK).orElseThrow(), List.of(BOB));
        store.put(ALICE, new Association(new OfList(FRIENDS), ONLINE, Optional.empty()));
        store.put(ALICE, new Association(new OfList(WORK), ONLINE, Optional.empty()));

        store.delete(store.find(FRIENDS).orElseThrow());

        assertThat(store.find(FRIENDS)).isEmpty();
        assertThat(store.members(FRIENDS)).isEmpty();
        assertThat(store.members(WORK)).containsExactly(BOB);
        assertThat(store.associations(ALICE))
                .containsExactly(new Association(new OfList(WORK), ONLINE, Optional.empty()));
    }

    @Test
    void associationsAreKeptPerTarget() {
        Association ofUser = new Association(new OfUser(BOB), ONLINE, Optional.of(true));
        Association ofList = new Association(new OfList(FRIENDS), MOOD, Optional.empty());
        store.put(ALICE, new Association(new OfUser(BOB), MOOD, Optional.of(false)));
        store.put(ALICE, ofUser);
        store.put(ALICE, ofList);
        store.put(CAROL, ofList);

        assertThat(store.associations(ALICE)).containsExactlyInAnyOrder(ofUser, ofList);
        assertThat(store.countAssociations(ALICE)).isEqualTo(2);
        assertThat(store.association(ALICE, new OfUser(new UserId("wv:bob@example.com"))))
                .contains(ofUser);

        store.remove(ALICE, new OfUser(BOB));
        assertThat(store.association(ALICE, new OfUser(BOB))).isEmpty();
        assertThat(store.associations(CAROL)).containsExactly(ofList);
    }

    @Test
    void authorisationsHaveEverythingThatIsSaidOfAUser() {
        list(FRIENDS, null);
        list(WORK, null);
        store.add(store.find(FRIENDS).orElseThrow(), List.of(BOB, CAROL));
        store.add(store.find(WORK).orElseThrow(), List.of(BOB));
        Association friends = new Association(new OfList(FRIENDS), ONLINE, Optional.of(true));
        Association work = new Association(new OfList(WORK), MOOD, Optional.empty());
        Association carol = new Association(new OfUser(CAROL), MOOD, Optional.of(true));
        store.put(ALICE, friends);
        store.put(ALICE, work);
        store.put(ALICE, carol);
        store.inTransaction(() -> {
            store.lock(ALICE);
            store.save(ALICE, new ListOwner(Optional.empty(), 0, Optional.of(MOOD), Optional.of(true)));
            return true;
        });
        UserId stranger = new UserId("wv:dave@example.net");

        Map<UserId, Authorisation> said = store.authorisations(ALICE, List.of(BOB, CAROL, stranger));

        assertThat(said.keySet()).containsExactly(BOB, CAROL, stranger);
        assertThat(said.get(BOB).ofUser()).isEmpty();
        assertThat(said.get(BOB).ofLists()).containsExactlyInAnyOrder(friends, work);
        assertThat(said.get(CAROL))
                .isEqualTo(
                        new Authorisation(Optional.of(carol), List.of(friends), Optional.of(MOOD), Optional.of(true)));
        assertThat(said.get(stranger))
                .isEqualTo(new Authorisation(Optional.empty(), List.of(), Optional.of(MOOD), Optional.of(true)));
        assertThat(store.authorisations(BOB, List.of(ALICE))).containsEntry(ALICE, Authorisation.NOTHING);
        assertThat(store.authorisations(ALICE, List.of())).isEmpty();
    }

    @Test
    void manyUsersAreLookedUpInParts() {
        List<UserId> many = IntStream.range(0, 1_201)
                .mapToObj(i -> new UserId("wv:u" + i + "@example.com"))
                .toList();
        store.put(ALICE, new Association(new OfUser(many.getLast()), MOOD, Optional.empty()));

        Map<UserId, Authorisation> said = store.authorisations(ALICE, many);

        assertThat(said).hasSize(many.size());
        assertThat(said.get(many.getLast()).authorised()).isEqualTo(MOOD);
    }

    @Test
    void decisionsAboutOneOwnerHappenOneAfterTheOther() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                running.add(threads.submit(() -> store.inTransaction(() -> {
                    ListOwner owner = store.lock(ALICE);
                    store.save(
                            ALICE,
                            new ListOwner(
                                    owner.defaultList(),
                                    owner.lists() + 1,
                                    owner.defaultAttributes(),
                                    owner.defaultNotify()));
                    return true;
                })));
            }
            for (Future<Boolean> one : running) {
                one.get();
            }
        }

        assertThat(store.owner(ALICE).lists()).isEqualTo(20);
    }

    private void list(ContactListId id, String displayName) {
        store.create(new ContactList(id, ALICE, Optional.ofNullable(displayName)));
    }
}
