package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Groups;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.CommonPrimitive.VerifyIDRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.VerifyIDResponse;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.WvId;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("tx:VerifyID")
@Tag("IMPS-SSP-CMSE-S-004")
class VerifyIdElementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ServiceId PEER = new ServiceId("wv:@peer.example.com");
    private static final UserId ANN = new UserId("wv:ann@home.example.com");
    private static final UserId BOB = new UserId("wv:bob@home.example.com");
    private static final UserId GHOST = new UserId("wv:ghost@home.example.com");
    private static final UserId FAR = new UserId("wv:far@peer.example.com");
    private static final GroupId CHESS = new GroupId("wv:/chess@home.example.com");
    private static final ContactListId FRIENDS = new ContactListId("wv:ann/friends@home.example.com");

    @AutoClose
    private final Database database = Databases.H2.fresh();

    private final RecordingAccessPoint sap = new RecordingAccessPoint("wv:@home.example.com");
    private final JdbcUserStore users = new JdbcUserStore(database);
    private final VerifyIdElement element = new VerifyIdElement(users, new OneGroup(), new OneList(), sap);

    VerifyIdElementTest() {
        users.register(Registration.of(ANN), NOON);
        users.register(Registration.of(BOB), NOON);
    }

    private Primitive peerAsks(WvId... ids) {
        return serve(new ServiceRequest(request(ids), Optional.of(PEER), Optional.empty(), Optional.empty(), NOON));
    }

    private Primitive annAsks(WvId... ids) {
        return serve(ServiceRequest.ofClient(ANN, request(ids), NOON));
    }

    private Primitive serve(ServiceRequest request) {
        try {
            return element.serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    private static VerifyIDRequest request(WvId... ids) {
        return new VerifyIDRequest(MetaInformation.ofServer(PEER), List.of(ids));
    }

    private static WvId user(UserId user) {
        return new WvId.OfUser(user, Optional.empty());
    }

    private static WvId user(UserId user, Instant created) {
        return new WvId.OfUser(user, Optional.of(created));
    }

    private static WvId list(String address) {
        return new WvId.OfContactList(new ContactListId(address), Optional.empty());
    }

    private static WvId group(String address) {
        return new WvId.OfGroup(new GroupId(address), Optional.empty());
    }

    private static WvId screenName(GroupId group, String name) {
        return new WvId.OfScreenName(group, Optional.empty(), name);
    }

    private static int code(Primitive answer) {
        return ((Status) answer).statusCode();
    }

    @Test
    @Tag("SSP-332")
    @Tag("status:200")
    void validAddressesComeBackUsersWithTheTimeTheyWereMade() {
        WvId chess = group(CHESS.value());
        WvId king = screenName(CHESS, "King");
        WvId friends = list(FRIENDS.value());
        assertThat(peerAsks(user(ANN), user(BOB, NOON), chess, king, friends))
                .isEqualTo(new VerifyIDResponse(
                        Status.of(200), List.of(user(ANN, NOON), user(BOB, NOON), chess, king, friends)));
    }

    @Test
    @Tag("SSP-332")
    @Tag("status:531")
    @Tag("status:201")
    void anAddressThatWasGivenToSomebodyElseSinceIsNotValid() {
        users.remove(BOB);
        users.register(Registration.of(BOB), NOON.plusSeconds(60));
        assertThat(code(peerAsks(user(BOB, NOON)))).isEqualTo(531);
        VerifyIDResponse partly = (VerifyIDResponse) peerAsks(user(ANN, NOON), user(BOB, NOON));
        assertThat(partly.wvIdList()).containsExactly(user(ANN, NOON));
        assertThat(partly.statusInfo().statusCode()).isEqualTo(201);
        assertThat(partly.statusInfo().detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(BOB)));
    }

    @Test
    @Tag("status:531")
    @Tag("status:700")
    @Tag("status:800")
    @Tag("status:404")
    @Tag("status:900")
    void eachKindOfAddressThatIsNotThereHasItsCode() {
        assertThat(code(peerAsks(user(GHOST)))).isEqualTo(531);
        assertThat(code(peerAsks(screenName(CHESS, "Nobody")))).isEqualTo(531);
        assertThat(code(peerAsks(screenName(new GroupId("wv:/go@home.example.com"), "King"))))
                .isEqualTo(800);
        assertThat(code(peerAsks(group("wv:/go@home.example.com")))).isEqualTo(800);
        assertThat(code(peerAsks(list("wv:ann/foes@home.example.com")))).isEqualTo(700);
        assertThat(code(peerAsks(list("wv:nolist@home.example.com")))).isEqualTo(700);
        assertThat(code(peerAsks(user(FAR)))).isEqualTo(404);
        assertThat(code(peerAsks(user(GHOST), group("wv:/go@home.example.com"))))
                .isEqualTo(900);
    }

    @Test
    @Tag("status:901")
    void aUserIsToldNothingOfTheListsOfOthers() {
        assertThat(annAsks(list(FRIENDS.value()))).isInstanceOf(VerifyIDResponse.class);
        assertThat(code(annAsks(list("wv:bob/friends@home.example.com")))).isEqualTo(901);
        assertThat(code(annAsks(list("wv:bob/nosuchlist@home.example.com")))).isEqualTo(901);
    }

    @Test
    @Tag("SSP-332")
    void ourUsersAddressesOfOtherDomainsAreVerifiedThere() {
        sap.answering(asked -> new VerifyIDResponse(Status.of(200), List.of(user(FAR, NOON))));
        assertThat(annAsks(user(ANN), user(FAR)))
                .isEqualTo(new VerifyIDResponse(Status.of(200), List.of(user(ANN, NOON), user(FAR, NOON))));
        assertThat(sap.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.domain()).isEqualTo("peer.example.com");
            assertThat(((VerifyIDRequest) asked.primitive()).wvIdList()).containsExactly(user(FAR));
        });
    }

    @Test
    @Tag("status:503")
    void whatAnotherDomainRefusesIsToldForItsAddresses() {
        sap.answering(asked -> Status.of(503));
        assertThat(code(annAsks(user(FAR)))).isEqualTo(503);
        VerifyIDResponse partly = (VerifyIDResponse) annAsks(user(ANN), user(FAR));
        assertThat(partly.statusInfo().detailedResult())
                .singleElement()
                .satisfies(detail -> assertThat(detail.userIds()).containsExactly(FAR));
    }

    private static final class OneList implements ContactListMembers {
        @Override
        public List<UserId> of(ContactListId list, UserId asking) {
            if (!list.equals(FRIENDS)) {
                throw Refusal.of(StatusCode.CONTACT_LIST_DOES_NOT_EXIST);
            }
            return List.of(BOB);
        }
    }

    private static final class OneGroup implements Groups {
        @Override
        public boolean isHosted(GroupId group) {
            return group.equals(CHESS);
        }

        @Override
        public Status post(UserId sender, SendMessageRequest message, GroupId group, List<ScreenName> whisperedTo) {
            throw new AssertionError("nothing is posted here");
        }

        @Override
        public void invited(GroupId group, UserId inviting, UserId invited) {
            throw new AssertionError("nobody is invited here");
        }

        @Override
        public List<UserId> administrators(GroupId group) {
            return List.of();
        }

        @Override
        public List<UserId> joined(GroupId group) {
            return List.of();
        }

        @Override
        public Optional<UserId> behind(ScreenName screenName) {
            return Optional.of(ANN).filter(user -> screenName.name().equals("King"));
        }
    }
}
