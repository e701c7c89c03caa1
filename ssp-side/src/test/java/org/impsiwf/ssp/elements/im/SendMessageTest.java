package org.impsiwf.ssp.elements.im;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.im.ImWorld.ANN;
import static org.impsiwf.ssp.elements.im.ImWorld.BOB;
import static org.impsiwf.ssp.elements.im.ImWorld.CID;
import static org.impsiwf.ssp.elements.im.ImWorld.CLUB;
import static org.impsiwf.ssp.elements.im.ImWorld.DAN;
import static org.impsiwf.ssp.elements.im.ImWorld.EVE;
import static org.impsiwf.ssp.elements.im.ImWorld.FAY;
import static org.impsiwf.ssp.elements.im.ImWorld.FRIENDS;
import static org.impsiwf.ssp.elements.im.ImWorld.GUS;
import static org.impsiwf.ssp.elements.im.ImWorld.TEAM;
import static org.impsiwf.ssp.elements.im.ImWorld.code;
import static org.impsiwf.ssp.elements.im.ImWorld.message;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Asked;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.MessageDelivered;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("tx:SendMessage")
class SendMessageTest {

    @AutoClose
    private final ImWorld world = new ImWorld();

    @Test
    @Tag("SSP-379")
    @Tag("status:200")
    @Tag("IMPS-SSP-IMSE-S-001")
    @Tag("IMPS-SSP-IMSE-S-002")
    void aMessageOfAnotherDomainIsPushedToItsRecipientBeforeItIsAnswered() {
        Primitive answer = world.peer(DAN, message(DAN, "1@away.example", BOB));

        assertThat(answer)
                .isEqualTo(new SendMessageResponse(
                        Status.of(StatusCode.SUCCESSFUL), Optional.of(new MessageId("1@away.example"))));
        assertThat(world.sap.sent(NewMessage.class)).singleElement().satisfies(pushed -> {
            assertThat(pushed.recipientUserIdList()).containsExactly(User.of(BOB));
            assertThat(pushed.content().data().asUtf8()).isEqualTo("hello");
            assertThat(pushed.messageInfo().sender()).contains(MessageInfo.Sender.of(User.of(DAN)));
        });
    }

    @Test
    @Tag("SSP-379")
    void aMessageOfAClientGetsAMessageIdAndGoesToTheDomainOfItsRecipient() {
        Primitive answer = world.client(ANN, message(ANN, "", DAN));

        assertThat(code(answer)).isEqualTo(200);
        assertThat(world.sap.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.domain()).isEqualTo("away.example");
            SendMessageRequest sent = (SendMessageRequest) asked.primitive();
            assertThat(sent.messageInfo().messageId()).isEqualTo(((SendMessageResponse) answer).messageId());
            assertThat(sent.metaInformation().userId()).contains(ANN);
        });
    }

    @Test
    @Tag("status:201")
    @Tag("SSP-435")
    void recipientsInSeveralDomainsCostOneTransactionPerDomainAndTheOutcomesAreOneAnswer() {
        UserId second = new UserId("wv:dora@away.example");
        world.sap.answering(asked ->
                Status.of(asked.domain().equals("far.example") ? StatusCode.UNKNOWN_USER : StatusCode.SUCCESSFUL));

        Primitive answer = world.client(ANN, message(ANN, "", DAN, second, EVE, BOB));

        assertThat(world.sap.asked())
                .extracting(asked -> asked.domain())
                .containsExactlyInAnyOrder("away.example", "far.example");
        Status status = ((SendMessageResponse) answer).statusInfo();
        assertThat(status.statusCode()).isEqualTo(201);
        assertThat(status.detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(EVE)));
    }

    @Test
    @Tag("status:900")
    @Tag("SSP-440")
    void differentFailuresOfAllRecipientsAreMultipleErrorsWithTheCauses() {
        world.sap.answering(asked -> Status.of(StatusCode.DOMAIN_NOT_SUPPORTED));

        Status answer = (Status) world.client(ANN, message(ANN, "", new UserId("wv:nobody@home.example"), DAN));

        assertThat(answer.statusCode()).isEqualTo(900);
        assertThat(answer.detailedResult()).extracting(DetailedResult::code).containsExactlyInAnyOrder(531, 516);
    }

    @Test
    @Tag("SSP-380")
    @Tag("SSP-013")
    @Tag("IMPS-SSP-IMSE-S-003")
    void aContactListStandsForItsMembersWhoGetTheMessageAsUsers() {
        world.contactLists.put(FRIENDS, List.of(BOB, DAN));

        assertThat(code(world.client(ANN, message(ANN, "", "hi", false, FRIENDS))))
                .isEqualTo(200);

        assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
        assertThat(world.sap.sent(SendMessageRequest.class))
                .singleElement()
                .satisfies(sent -> assertThat(sent.messageInfo().recipients())
                        .containsExactly(new MessageInfo.Recipient(User.of(DAN))));
    }

    @Test
    @Tag("status:700")
    void aContactListThatDoesNotExistIsRefused() {
        assertThat(code(world.client(ANN, message(ANN, "", "hi", false, FRIENDS))))
                .isEqualTo(700);
    }

    @Test
    @Tag("status:703")
    void anEmptyContactListIsRefused() {
        world.contactLists.put(FRIENDS, List.of());
        assertThat(code(world.client(ANN, message(ANN, "", "hi", false, FRIENDS))))
                .isEqualTo(703);
    }

    @Test
    @Tag("SSP-380")
    @Tag("IMPS-SSP-IMSE-S-004")
    void aMessageToAGroupOfOursAndAWhisperAreHandedToTheGroup() {
        world.client(ANN, message(ANN, "", "hi", false, TEAM, ScreenName.in(TEAM, "Bobby")));

        assertThat(world.posts).containsExactly(ANN + " to " + TEAM + " []", ANN + " to " + TEAM + " [Bobby]");
    }

    @ParameterizedTest(name = "what the group says is the answer [tx:SendMessage] {0}")
    @EnumSource(
            value = StatusCode.class,
            names = {
                "GROUP_IS_NOT_JOINED",
                "PRIVATE_MESSAGING_IS_DISABLED_FOR_GROUP",
                "PRIVATE_MESSAGING_IS_DISABLED_FOR_USER"
            })
    @Tag("status:808")
    @Tag("status:812")
    @Tag("status:813")
    void whatTheGroupSaysIsTheAnswer(StatusCode refusal) {
        world.posted.set(Status.of(refusal));
        assertThat(code(world.client(ANN, message(ANN, "", "hi", false, ScreenName.in(TEAM, "Bobby")))))
                .isEqualTo(refusal.code());
    }

    @Test
    @Tag("status:800")
    void aGroupOfOursThatDoesNotExistIsRefused() {
        assertThat(code(world.client(ANN, message(ANN, "", "hi", false, new GroupId("wv:ann/none@home.example")))))
                .isEqualTo(800);
    }

    @Test
    @Tag("SSP-380")
    void aMessageToAGroupElsewhereGoesToItsDomain() {
        world.client(ANN, message(ANN, "", "hi", false, CLUB));

        assertThat(world.sap.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.domain()).isEqualTo("away.example");
            assertThat(((SendMessageRequest) asked.primitive()).messageInfo().recipients())
                    .containsExactly(new MessageInfo.Recipient(CLUB));
        });
    }

    @Test
    @Tag("SSP-381")
    @Tag("IMPS-SSP-IMSE-S-020")
    void asComplementaryPseTheJoinedUsersOfTheGroupAreAskedForAndAllGetTheMessage() {
        world.sap.answering(asked -> asked.primitive() instanceof GetJoinedMemberRequest
                ? joined(
                        new Mapping("Fay", Optional.of(FAY)),
                        new Mapping("Gus", Optional.of(GUS)),
                        new Mapping("Dan", Optional.of(DAN)),
                        new Mapping("Hidden", Optional.empty()))
                : Status.of(StatusCode.SUCCESSFUL));

        assertThat(code(world.peer(FAY, message(FAY, "", "hi", false, CLUB)))).isEqualTo(200);

        assertThat(world.sap.asked().getFirst().primitive()).isInstanceOf(GetJoinedMemberRequest.class);
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(GUS);
        assertThat(world.sap.sent(SendMessageRequest.class))
                .extracting(sent -> sent.messageInfo().recipients().getFirst().addressee())
                .containsExactly(User.of(DAN), ScreenName.in(CLUB, "Hidden"));
        assertThat(world.sap.sent(NewMessage.class).getFirst().messageInfo().sender())
                .contains(new MessageInfo.Sender(CLUB, Optional.of(ScreenName.in(CLUB, "Fay"))));
    }

    private static GetJoinedMemberResponse joined(Mapping... mappings) {
        return new GetJoinedMemberResponse(Status.of(StatusCode.SUCCESSFUL), List.of(), List.of(mappings), List.of());
    }

    @Test
    @Tag("SSP-381")
    @Tag("status:808")
    void asComplementaryPseAMessageOfSomebodyWhoIsNotJoinedIsRefused() {
        world.sap.answering(asked -> joined(new Mapping("Dan", Optional.of(DAN))));
        assertThat(code(world.peer(FAY, message(FAY, "", "hi", false, CLUB)))).isEqualTo(808);
    }

    @Test
    void asPseOfBothTheMessageOfOneUserOfAnotherDomainReachesTheOtherAsNewMessageThere() {
        assertThat(code(world.peer(FAY, message(FAY, "", GUS)))).isEqualTo(200);

        assertThat(world.sap.delivered()).singleElement().satisfies(delivered -> {
            assertThat(delivered.user()).isEqualTo(GUS);
            assertThat(delivered.primitive()).isInstanceOf(NewMessage.class);
        });
    }

    @Test
    @Tag("SSP-010")
    void asHomeOnlyAMessageOfAnotherDomainGoesToThePseOfItsRecipientFirst() {
        world.sap.primaryElsewhere(BOB);
        assertThat(code(world.peer(DAN, message(DAN, "1", BOB, EVE)))).isEqualTo(201);

        assertThat(world.sap.sent()).singleElement().satisfies(sent -> {
            assertThat(((Asked) sent).domain()).isEqualTo("home.example");
            assertThat(((SendMessageRequest) sent.primitive()).messageInfo().recipients())
                    .containsExactly(new MessageInfo.Recipient(User.of(BOB)));
        });
    }

    @Test
    @Tag("SSP-021")
    void aMessageThatAGroupDistributesOnBehalfOfAUserOfAThirdDomainIsTaken() {
        assertThat(code(world.peer("away.example", Optional.of(EVE), message(EVE, "7@far.example", BOB))))
                .isEqualTo(200);
        assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
    }

    @Test
    @Tag("status:516")
    void nobodyElseRelaysThroughUs() {
        assertThat(code(world.peer(DAN, message(DAN, "1", EVE)))).isEqualTo(516);
        assertThat(code(world.peer(DAN, message(DAN, "1", "hi", false, CLUB)))).isEqualTo(516);
        assertThat(world.sap.sent()).isEmpty();
    }

    @Test
    @Tag("status:531")
    void aUserWhoDoesNotExistIsUnknown() {
        assertThat(code(world.peer(DAN, message(DAN, "1", new UserId("wv:nobody@home.example")))))
                .isEqualTo(531);
    }

    @Test
    @Tag("status:427")
    void anAddressWithoutDomainIsInvalid() {
        assertThat(code(world.client(ANN, message(ANN, "1", new UserId("wv:bob")))))
                .isEqualTo(427);
    }

    @Test
    @Tag("status:400")
    void aMessageForNobodyIsRefused() {
        assertThat(code(world.client(ANN, message(ANN, "1")))).isEqualTo(400);
    }

    @Test
    @Tag("status:533")
    void withoutStoreAndForwardAUserWhoIsNotLoggedInIsSaidSo() {
        world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.forOffline(false)));
        world.sap.offline(BOB);
        assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(533);
    }

    @Test
    @Tag("status:507")
    void aFullQueueIsSaidSoAndNothingIsLost() {
        world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.withQuota(2)));
        world.sap.offline(BOB);

        assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(200);
        assertThat(code(world.peer(DAN, message(DAN, "2", BOB)))).isEqualTo(200);
        assertThat(code(world.peer(DAN, message(DAN, "3", BOB)))).isEqualTo(507);

        world.logsIn(BOB);
        assertThat(world.sap.sent(NewMessage.class))
                .extracting(
                        pushed -> pushed.messageInfo().messageId().orElseThrow().value())
                .containsExactly("1", "2");
    }

    @Test
    @Tag("SSP-083")
    @Tag("status:415")
    void aContentTypeThatIsNotAcceptedIsRefused() {
        world.with(ImSettings.DEFAULT.with(contents(Set.of("text/html"), 100)));
        assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(415);
    }

    @Test
    @Tag("SSP-059")
    void aMessageWithoutAnIdGetsOneThatNoOtherMessageHas() {
        MessageIds ours = new MessageIds(new ServiceId("wv:@home.example"));
        MessageIds theirs = new MessageIds(new ServiceId("wv:@away.example"));
        Set<MessageId> given = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            given.add(ours.next());
            given.add(theirs.next());
        }
        assertThat(given).hasSize(20_000).allMatch(id -> id.value().matches("[^@]+@(home|away)\\.example"));
    }

    @Test
    @Tag("SSP-083")
    @Tag("status:540")
    void aMessageThatIsTooLargeIsRefused() {
        world.with(ImSettings.DEFAULT.with(contents(Set.of(), 4)));
        assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(540);
    }

    private static ImSettings.Contents contents(Set<String> types, int largest) {
        return new ImSettings.Contents(types, largest, largest, Optional.empty(), Set.of());
    }

    @Test
    @Tag("status:451")
    @Tag("status:452")
    void applicationsThatAreUnknownOrForbiddenAreRefused() {
        ApplicationId chess = new ApplicationId("chess");
        ApplicationId spam = new ApplicationId("spam");
        world.with(ImSettings.DEFAULT.with(
                new ImSettings.Contents(Set.of(), 100, 100, Optional.of(Set.of(chess, spam)), Set.of(spam))));

        assertThat(code(world.peer(DAN, to(chess)))).isEqualTo(200);
        assertThat(code(world.peer(DAN, to(spam)))).isEqualTo(452);
        assertThat(code(world.peer(DAN, to(new ApplicationId("unheard-of"))))).isEqualTo(451);
    }

    private static SendMessageRequest to(ApplicationId application) {
        ClientId client = new ClientId("phone", Optional.of(application));
        return message(DAN, "1", "hi", false, new User(BOB, Optional.empty(), Optional.of(client)));
    }

    @ParameterizedTest(name = "what the client says for good is the answer {0}")
    @EnumSource(
            value = StatusCode.class,
            names = {
                "INVALID_CLIENT_ID",
                "UNSUPPORTED_MESSAGE_CONTEXT",
                "RELATED_CLIENT_CAPABILITIES_ARE_MISSING",
                "UNSUPPORTED_MEDIA_TYPE"
            })
    @Tag("status:428")
    @Tag("status:508")
    @Tag("status:510")
    @Tag("status:415")
    void whatTheClientSaysForGoodIsTheAnswer(StatusCode refusal) {
        world.sap.taking(delivered -> Status.of(refusal));
        SendMessageRequest message = message(DAN, "1", "hi", false, ImWorld.atClient(BOB, "phone"));
        assertThat(code(world.peer(DAN, message))).isEqualTo(refusal.code());
        world.logsIn(BOB);
        assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
    }

    @Test
    void aRepeatUnderTheSameMessageIdReachesTheUserOnce() {
        world.peer(DAN, message(DAN, "1", BOB));
        assertThat(code(world.peer(DAN, message(DAN, "1", BOB)))).isEqualTo(200);
        assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
    }

    @Test
    void theSameMessageIdOfAnotherSenderIsAnotherMessage() {
        world.peer(DAN, message(DAN, "1", BOB));
        world.peer(EVE, message(EVE, "1", BOB));
        assertThat(world.sap.sent(NewMessage.class)).hasSize(2);
    }

    @ParameterizedTest(name = "a domain that is silent is refused truthfully {0}")
    @EnumSource(
            value = StatusCode.class,
            names = {"SERVICE_UNAVAILABLE", "INVALID_TIMEOUT"})
    @Tag("status:503")
    @Tag("status:504")
    void withoutStoreAndForwardASilentDomainIsSaidSo(StatusCode silence) {
        world.sap.answering(asked -> Status.of(silence));
        assertThat(code(world.client(ANN, message(ANN, "", DAN)))).isEqualTo(silence.code());
    }

    @Test
    void aClientThatTakesTheMessageAsMessageDeliveredIsServed() {
        world.sap.taking(delivered -> new MessageDelivered(
                Optional.empty(), Optional.of(Status.of(StatusCode.SUCCESSFUL)), new MessageId("1")));
        assertThat(code(world.peer(DAN, message(DAN, "1", CID)))).isEqualTo(200);
    }
}
