package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.impsiwf.ssp.primitives.NotificationType.BLUC;
import static org.impsiwf.ssp.primitives.NotificationType.CLC;
import static org.impsiwf.ssp.primitives.NotificationType.GC;
import static org.impsiwf.ssp.primitives.NotificationType.GD;
import static org.impsiwf.ssp.primitives.NotificationType.GLUC;
import static org.impsiwf.ssp.primitives.NotificationType.PPU;

import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.Notice;
import org.impsiwf.ssp.elements.RecordingAccessPoint;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Told;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CommonPrimitive.NotificationRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SubscribeNotificationRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.UnsubscribeNotificationRequest;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.NotificationType;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.primitives.UserProfileEntry;
import org.impsiwf.ssp.storage.Database;
import org.impsiwf.ssp.storage.Databases;
import org.impsiwf.ssp.storage.JdbcSubscriptionStore;
import org.impsiwf.ssp.storage.JdbcUserStore;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("IMPS-SSP-CMSE-S-013")
class NotificationElementTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final ServiceId HOME = new ServiceId("wv:@home.example.com");
    private static final ServiceId PEER = new ServiceId("wv:@peer.example.com");
    private static final UserId ANN = new UserId("wv:ann@home.example.com");
    private static final UserId GUEST = new UserId("wv:guest@peer.example.com");
    private static final ClientId PHONE = ClientId.of("phone");
    private static final ClientId PC = ClientId.of("pc");
    private static final GroupId CHESS = new GroupId("wv:/chess@home.example.com");

    @AutoClose
    private final Database database = Databases.H2.fresh();

    private final JdbcUserStore users = new JdbcUserStore(database);
    private final RecordingAccessPoint sap = new RecordingAccessPoint(HOME.value()).complementaryFor(GUEST);
    private Set<NotifiedService> offered = EnumSet.allOf(NotifiedService.class);
    private Set<NotifiedService> agreed = EnumSet.allOf(NotifiedService.class);

    NotificationElementTest() {
        users.register(Registration.of(ANN), NOON);
    }

    private NotificationElement element() {
        return new NotificationElement(
                new JdbcSubscriptionStore(database), users, offered, (peer, service) -> agreed.contains(service), sap);
    }

    private Status serve(ServiceRequest request) {
        try {
            return (Status) element().serve(request);
        } catch (Refusal refusal) {
            return refusal.status();
        }
    }

    private Status subscribe(ClientId client, NotificationType... types) {
        return serve(fromAnn(client, new SubscribeNotificationRequest(meta(ANN, client), List.of(types))));
    }

    private Status unsubscribe(ClientId client, NotificationType... types) {
        return serve(fromAnn(client, new UnsubscribeNotificationRequest(meta(ANN, client), List.of(types))));
    }

    private Status peerSubscribes(NotificationType... types) {
        return serve(new ServiceRequest(
                new SubscribeNotificationRequest(meta(GUEST, PHONE), List.of(types)),
                Optional.of(PEER),
                Optional.of(GUEST),
                Optional.of(PHONE),
                NOON));
    }

    private static ServiceRequest fromAnn(ClientId client, Primitive request) {
        return new ServiceRequest(request, Optional.empty(), Optional.of(ANN), Optional.of(client), NOON);
    }

    private static MetaInformation meta(UserId user, ClientId client) {
        return new MetaInformation(true, HOME, Optional.of(user), Optional.of(client));
    }

    private static User at(UserId user, ClientId client) {
        return new User(user, Optional.empty(), Optional.of(client));
    }

    /** Which types, of all that there are, reach a client now. */
    private Set<NotificationType> arriving(UserId user, ClientId client) {
        sap.forget();
        Arrays.stream(NotificationType.values()).forEach(type -> element().raise(Notice.of(type), List.of(user)));
        EnumSet<NotificationType> arrived = EnumSet.noneOf(NotificationType.class);
        sap.sent(NotificationRequest.class).stream()
                .filter(notification -> notification.addressedUsers().contains(at(user, client)))
                .forEach(notification -> arrived.add(notification.notificationType()));
        return arrived;
    }

    @Test
    @Tag("SSP-252")
    @Tag("SSP-256")
    @Tag("SSP-258")
    @Tag("tx:SubscribeNotification")
    @Tag("tx:Notification")
    @Tag("status:200")
    void exactlyTheSubscribedTypesAreSentAsSoonAsTheyHappen() {
        assertThat(subscribe(PHONE, GC, PPU)).isEqualTo(Status.of(200));
        element().raise(Notice.ofGroup(GC, CHESS), List.of(ANN));
        element().raise(Notice.ofGroup(GD, CHESS), List.of(ANN));
        assertThat(sap.told()).singleElement().satisfies(told -> {
            NotificationRequest notification = (NotificationRequest) told.primitive();
            assertThat(notification.notificationType()).isEqualTo(GC);
            assertThat(notification.groupId()).contains(CHESS);
            assertThat(notification.addressedUsers()).containsExactly(at(ANN, PHONE));
        });
        assertThat(arriving(ANN, PHONE)).containsExactlyInAnyOrder(GC, PPU);
    }

    @Test
    @Tag("SSP-250")
    void noTypeMeansEveryType() {
        subscribe(PHONE);
        assertThat(arriving(ANN, PHONE)).containsExactlyInAnyOrder(NotificationType.values());
    }

    @Test
    @Tag("SSP-255")
    void twoClientsOfAUserGetEachItsOwn() {
        subscribe(PHONE, GC);
        subscribe(PC, PPU);
        assertThat(arriving(ANN, PHONE)).containsExactly(GC);
        assertThat(arriving(ANN, PC)).containsExactly(PPU);
    }

    @Test
    @Tag("SSP-257")
    @Tag("tx:UnsubscribeNotification")
    @Tag("status:200")
    void namedTypesStopAndWithoutANameAllStop() {
        subscribe(PHONE, GC, GD, PPU);
        subscribe(PC, GC);
        assertThat(unsubscribe(PHONE, GD, CLC)).isEqualTo(Status.of(200));
        assertThat(arriving(ANN, PHONE)).containsExactlyInAnyOrder(GC, PPU);
        assertThat(unsubscribe(PHONE)).isEqualTo(Status.of(200));
        assertThat(arriving(ANN, PHONE)).isEmpty();
        assertThat(arriving(ANN, PC)).containsExactly(GC);
    }

    @Test
    void aListInUseIsToldInTheElementOfItsKind() {
        subscribe(PHONE, BLUC, GLUC);
        element().raise(Notice.ofListInUse(BLUC, true), List.of(ANN));
        element().raise(Notice.ofListInUse(GLUC, false), List.of(ANN));
        assertThat(sap.sent(NotificationRequest.class))
                .extracting(NotificationRequest::blockedListInuse, NotificationRequest::grantedListInuse)
                .containsExactly(
                        tuple(Optional.of(true), Optional.empty()), tuple(Optional.empty(), Optional.of(false)));
    }

    @Test
    @Tag("SSP-253")
    @Tag("SSP-254")
    void subscriptionsEndWithTheSessionOfTheirClient() {
        subscribe(PHONE, GC);
        subscribe(PC, GC);
        element().sessionEnded(ANN, Optional.of(PHONE));
        assertThat(arriving(ANN, PHONE)).isEmpty();
        assertThat(arriving(ANN, PC)).containsExactly(GC);
    }

    @Test
    @Tag("SSP-251")
    @Tag("SSP-254")
    @Tag("tx:SubscribeNotification")
    @Tag("tx:UnsubscribeNotification")
    void eachProviderIsAskedForItsOwnTypesAndToldWhenTheSessionEnds() {
        users.update(List.of(new UserProfileEntry(
                ANN,
                List.of(
                        new Property("Services.Group.PSE", "groups.example.com"),
                        new Property("Services.Presence.PSE", "presence.example.com"),
                        new Property("Services.IM.PSE", "home.example.com")),
                List.of())));
        assertThat(subscribe(PHONE, GC, GD, CLC, PPU)).isEqualTo(Status.of(200));
        assertThat(sap.asked())
                .containsExactlyInAnyOrder(
                        new RecordingAccessPoint.Asked(
                                "groups.example.com",
                                new SubscribeNotificationRequest(meta(ANN, PHONE), List.of(GC, GD))),
                        new RecordingAccessPoint.Asked(
                                "presence.example.com",
                                new SubscribeNotificationRequest(meta(ANN, PHONE), List.of(CLC))));
        assertThat(arriving(ANN, PHONE)).containsExactly(PPU);
        element().sessionEnded(ANN, Optional.of(PHONE));
        assertThat(sap.sent(UnsubscribeNotificationRequest.class))
                .containsExactly(
                        new UnsubscribeNotificationRequest(meta(ANN, PHONE), List.of()),
                        new UnsubscribeNotificationRequest(meta(ANN, PHONE), List.of()));
    }

    @Test
    @Tag("SSP-251")
    void aProviderThatRefusesIsTold() {
        users.update(List.of(new UserProfileEntry(
                ANN, List.of(new Property("Services.Group.PSE", "groups.example.com")), List.of())));
        sap.answering(asked -> Status.of(503));
        assertThat(subscribe(PHONE, GC).statusCode()).isEqualTo(503);
        Status partly = subscribe(PHONE, GC, PPU);
        assertThat(partly.statusCode()).isEqualTo(201);
        assertThat(partly.detailedResult())
                .singleElement()
                .satisfies(detail -> assertThat(detail.code()).isEqualTo(503));
        assertThat(arriving(ANN, PHONE)).containsExactly(PPU);
    }

    @Test
    @Tag("tx:SubscribeNotification")
    @Tag("tx:UnsubscribeNotification")
    @Tag("status:433")
    void aTypeThatThisDomainDoesNotHaveIsRefused() {
        offered = EnumSet.of(NotifiedService.COMMON);
        assertThat(subscribe(PHONE, PPU, GC)).isEqualTo(Status.of(433));
        assertThat(unsubscribe(PHONE, GC)).isEqualTo(Status.of(433));
        assertThat(subscribe(PHONE)).isEqualTo(Status.of(200));
        assertThat(arriving(ANN, PHONE)).isEqualTo(NotifiedService.COMMON.types());
    }

    @Test
    @Tag("tx:SubscribeNotification")
    @Tag("status:440")
    void aPeerGetsNoTypesOfServicesThatAreNotAgreedWithIt() {
        agreed = EnumSet.of(NotifiedService.GROUP);
        assertThat(peerSubscribes(GC, PPU)).isEqualTo(Status.of(440));
        assertThat(peerSubscribes()).isEqualTo(Status.of(200));
        assertThat(arriving(GUEST, PHONE)).isEqualTo(NotifiedService.GROUP.types());
    }

    @Test
    @Tag("SSP-252")
    @Tag("tx:Notification")
    void theClientOfAnotherDomainsUserIsNotifiedThroughItsHome() {
        peerSubscribes(GC);
        element().raise(Notice.ofGroup(GC, CHESS), List.of(ANN, GUEST));
        assertThat(sap.told()).singleElement().extracting(Told::users).isEqualTo(List.of(GUEST));
    }

    @Test
    @Tag("tx:Notification")
    @Tag("status:201")
    @Tag("status:533")
    void asTheHomeDomainWeHandOnWhatAProviderSends() {
        UserId bob = new UserId("wv:bob@home.example.com");
        sap.offline(bob);
        subscribe(PHONE, GC);
        NotificationRequest fromProvider = new NotificationRequest(
                MetaInformation.ofServer(PEER),
                List.of(at(ANN, PHONE), at(bob, PC)),
                GC,
                Optional.empty(),
                Optional.of(CHESS),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        Status answer =
                serve(new ServiceRequest(fromProvider, Optional.of(PEER), Optional.empty(), Optional.empty(), NOON));
        assertThat(sap.delivered()).hasSize(2).first().satisfies(delivered -> {
            assertThat(delivered.user()).isEqualTo(ANN);
            assertThat(((NotificationRequest) delivered.primitive()).addressedUsers())
                    .containsExactly(at(ANN, PHONE));
        });
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.detailedResult()).singleElement().satisfies(detail -> {
            assertThat(detail.code()).isEqualTo(533);
            assertThat(detail.userIds()).containsExactly(bob);
        });
    }
}
