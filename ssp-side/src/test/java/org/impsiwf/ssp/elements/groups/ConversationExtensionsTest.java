package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.GHOST;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.listing;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.own;
import static org.impsiwf.ssp.elements.groups.GroupWorld.properties;
import static org.impsiwf.ssp.elements.groups.GroupWorld.subscribing;
import static org.impsiwf.ssp.elements.groups.GroupWorld.value;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Delivered;
import org.impsiwf.ssp.elements.RecordingAccessPoint.Sent;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.DeleteGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetGroupPropsResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.storage.JdbcGroupDirectory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ann (client 2) talks with Bob (client 1) and wants Cid, Dan and Fay (clients 3) to come in. */
class ConversationExtensionsTest {

    @AutoClose
    private final GroupWorld world = new GroupWorld();

    private static ExtendConversationRequest extend(UserId user, UserId partner, UserId... others) {
        return new ExtendConversationRequest(
                meta(user),
                new ExtendConversationId("x1"),
                List.of(others),
                User.of(partner),
                /* subscribeNotif= */ true,
                Optional.empty(),
                new ScreenName(Optional.empty(), "Annie"));
    }

    private static ExtendConversationRequest annExtends() {
        return extend(ANN, BOB, CID, DAN, FAY);
    }

    private Primitive ask(UserId user, ExtendConversationRequest request) {
        return world.serve(world.element().conversations(), user, request);
    }

    private void extended(ExtendConversationRequest request) {
        UserId user = request.metaInformation().userId().orElseThrow();
        assertThat(ask(user, request)).isEqualTo(Status.of(StatusCode.SUCCESSFUL));
    }

    private InviteUserRequest partnersInvitation() {
        return world.sap.sent(InviteUserRequest.class).getFirst();
    }

    private GroupId group() {
        return partnersInvitation().inviteGroupId().orElseThrow();
    }

    private JoinGroupResponse joins(UserId user, String name) {
        return (JoinGroupResponse) world.ask(user, listing(subscribing(join(user, group(), name))));
    }

    private List<ExtendConversationResponse> outcomes() {
        return world.sap.sent(ExtendConversationResponse.class);
    }

    private int result() {
        assertThat(outcomes()).hasSize(1);
        return outcomes().getFirst().result().statusCode();
    }

    private void nothingIsLeftOf(GroupId group) {
        assertThat(world.store.find(group)).isEmpty();
        assertThat(world.column("SELECT group_id FROM extended_conversation")).isEmpty();
    }

    @Test
    @Tag("SSP-400")
    @Tag("CSPX-01")
    @Tag("CSPX-17")
    @Tag("CSPX-19")
    @Tag("CSPX-20")
    @Tag("CSPX-29")
    @Tag("CSPX-39")
    @Tag("tx:ExtendConversation")
    @Tag("IMPS-SSP-IMSE-S-024")
    void theRequestIsAnsweredAndThePresentPartnerAloneInvited() {
        extended(annExtends());
        assertThat(world.sap.sent()).hasSize(1);
        assertThat(world.sap.delivered().getFirst().user()).isEqualTo(BOB);
        InviteUserRequest invitation = partnersInvitation();
        assertThat(invitation.inviteType()).isEqualTo(InviteType.EC);
        assertThat(invitation.invitingUser()).isEqualTo(User.of(ANN));
        assertThat(invitation.invitedUser()).isEqualTo(User.of(BOB));
        assertThat(invitation.ownScreenName().map(ScreenName::name)).contains("Annie");
        assertThat(invitation.validity()).contains(Duration.ofSeconds(60));
        assertThat(world.joined(group())).isEmpty();
        assertThat(world.store.find(group())).isPresent();
    }

    @Test
    @Tag("SSP-400")
    @Tag("SSP-401")
    @Tag("CSPX-24")
    @Tag("CSPX-25")
    @Tag("CSPX-26")
    @Tag("CSPX-27")
    @Tag("tx:ExtendConversation")
    void whenThePartnerJoinsTheInitiatorIsInAndIsTold() {
        extended(annExtends());
        JoinGroupResponse answer = joins(BOB, "Bobby");
        assertThat(answer.statusInfo().statusCode()).isEqualTo(200);
        assertThat(answer.joinedUserScreenNameList()).containsExactlyInAnyOrder("Annie", "Bobby");
        ExtendConversationResponse outcome = outcomes().getFirst();
        assertThat(outcome.groupId()).isEqualTo(group());
        assertThat(outcome.extendConversationId()).isEqualTo(new ExtendConversationId("x1"));
        assertThat(outcome.result().statusCode()).isEqualTo(200);
        assertThat(world.joined(group())).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(world.sap.delivered().stream()
                        .filter(delivered -> delivered.primitive() instanceof ExtendConversationResponse)
                        .map(Delivered::user))
                .containsExactly(ANN);
    }

    @Test
    @Tag("CSPX-34")
    @Tag("CSPX-38")
    @Tag("tx:ExtendConversation")
    void onlyThenTheOthersAreInvitedInTheOrderOfTheFigure() {
        extended(annExtends());
        joins(BOB, "Bobby");
        List<String> order = world.sap.sent().stream()
                .map(Sent::primitive)
                .map(primitive -> primitive.getClass().getSimpleName())
                .toList();
        assertThat(order).hasSize(6);
        assertThat(order.subList(0, 2)).containsExactly("InviteUserRequest", "ExtendConversationResponse");
        assertThat(order.subList(2, 5))
                .containsExactlyInAnyOrder("InviteUserRequest", "InviteRequest", "InviteRequest");
        assertThat(order.get(5)).isEqualTo("GroupChangeNotice");
        assertThat(world.sap.sent(InviteRequest.class)).allSatisfy(invitation -> {
            assertThat(invitation.inviteType()).isEqualTo(InviteType.EC);
            assertThat(invitation.inviteGroupId()).contains(group());
            assertThat(invitation.invitingUser()).isEqualTo(User.of(ANN));
        });
        assertThat(world.sap.sent(InviteRequest.class))
                .extracting(InviteRequest::invitedUser)
                .containsExactlyInAnyOrder(User.of(DAN), User.of(FAY));
        assertThat(world.sap.sent(InviteUserRequest.class))
                .extracting(InviteUserRequest::invitedUser)
                .containsExactly(User.of(BOB), User.of(CID));

        GroupId group = group();
        world.sap.forget();
        world.ask(CID, subscribing(join(CID, group, "Ciddy")));
        assertThat(world.toldTo(GroupChangeNotice.class)).containsExactlyInAnyOrder(List.of(ANN), List.of(BOB));
        assertThat(world.notices())
                .allSatisfy(
                        notice -> assertThat(notice.joinedUserScreenNameList()).containsExactly("Ciddy"));
    }

    @ParameterizedTest(name = "Subscribe-Notif {0}, notices agreed {1} CSPX-06 CSPX-07")
    @CsvSource({"true,true", "true,false", "false,true"})
    void theInitiatorSubscribesIfItWishesAndNoticesWereAgreed(boolean wishes, boolean agreed) {
        world.conversations = world.conversations.whereNoticesAreAgreed(user -> agreed);
        ExtendConversationRequest plain = annExtends();
        extended(new ExtendConversationRequest(
                plain.metaInformation(),
                plain.extendConversationId(),
                plain.userIdList(),
                plain.extendConversationUserId(),
                wishes,
                plain.welcomeNote(),
                plain.ownScreenName()));
        joins(BOB, "Bobby");
        GroupId group = group();
        world.sap.forget();
        world.ask(CID, join(CID, group, "Ciddy"));
        assertThat(world.toldTo(GroupChangeNotice.class).contains(List.of(ANN))).isEqualTo(wishes && agreed);
    }

    @Test
    @Tag("SSP-398")
    @Tag("CSPX-10")
    @Tag("CSPX-11")
    @Tag("CSPX-14")
    void theGroupHasAllThePropertiesOfAConversation() {
        extended(annExtends());
        joins(BOB, "Bobby");
        GetGroupPropsResponse response =
                (GetGroupPropsResponse) world.ask(BOB, new GetGroupPropsRequest(meta(BOB), group()));
        List<Property> all = response.groupPropList().properties();
        assertThat(value(all, "Type")).isEqualTo("Public");
        assertThat(value(all, "AccessType")).isEqualTo("Open");
        assertThat(value(all, "RequireInvitation")).isEqualTo("T");
        assertThat(value(all, "AutoDelete")).isEqualTo("T");
        assertThat(value(all, "PrivateMessaging")).isEqualTo("F");
        assertThat(value(all, "Searchable")).isEqualTo("F");
        for (UserId user : List.of(ANN, BOB)) {
            assertThat(world.code(user, new DeleteGroupRequest(meta(user), group())))
                    .isEqualTo(804);
            assertThat(world.code(
                            user,
                            new SetGroupPropsRequest(
                                    meta(user),
                                    group(),
                                    Optional.of(properties("Searchable", "T", "Name", "n")),
                                    Optional.empty())))
                    .isEqualTo(816);
        }
        world.leave(BOB, group());
        assertThat(world.store.find(group())).isPresent();
        world.leave(ANN, group());
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(800);
    }

    @Test
    @Tag("CSPX-12")
    @Tag("CSPX-13")
    void whoIsInMayInviteAndWhoIsNotInvitedStaysOut() {
        world.registered.add(GHOST);
        extended(extend(ANN, BOB, CID));
        joins(BOB, "Bobby");
        assertThat(world.code(DAN, join(DAN, group(), "Danny"))).isEqualTo(816);
        assertThatThrownBy(() -> world.element().groups().invited(group(), DAN, FAY))
                .isInstanceOf(Refusal.class);

        world.element().groups().invited(group(), BOB, DAN);
        assertThat(world.code(DAN, join(DAN, group(), "Danny"))).isEqualTo(200);
        joins(CID, "Ciddy");
        world.element().groups().invited(group(), CID, FAY);
        assertThat(world.code(FAY, join(FAY, group(), "Fay"))).isEqualTo(200);
        assertThat(world.code(GHOST, join(GHOST, group(), "Boo"))).isEqualTo(816);
    }

    @Test
    @Tag("CSPX-34")
    void theOthersCannotComeBeforeThePartner() {
        extended(annExtends());
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(816);
        assertThat(world.sap.asked()).isEmpty();
        joins(BOB, "Bobby");
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(200);
    }

    @Test
    @Tag("CSPX-15")
    void nobodyWhispersInAConversation() {
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.post(BOB, group(), "m1", "psst", ScreenName.in(group(), "Annie"))
                        .statusCode())
                .isEqualTo(812);
    }

    @Test
    @Tag("CSPX-16")
    void noSearchFindsAConversation() {
        extended(annExtends());
        joins(BOB, "Bobby");
        JdbcGroupDirectory directory = new JdbcGroupDirectory(world.database);
        assertThat(directory.candidates(SearchElement.GROUP_ID, "talk", 10)).isEmpty();
        assertThat(directory.candidates(SearchElement.GROUP_NAME, "", 10)).isEmpty();
        assertThat(directory.describe(List.of(group()), BOB))
                .singleElement()
                .satisfies(found -> assertThat(found.searchable()).isFalse());
    }

    @Test
    @Tag("CSPX-28")
    void whatIsSaidToTheGroupReachesTheOtherTwo() {
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.post(ANN, group(), "m1", "hi").statusCode()).isEqualTo(200);
        assertThat(world.post(BOB, group(), "m2", "ho").statusCode()).isEqualTo(200);
        assertThat(world.outbox)
                .extracting(GroupWorld.Accepted::recipients)
                .containsExactly(List.of(BOB), List.of(ANN));
    }

    @Test
    @Tag("CSPX-35")
    void whoComesLaterDoesNotSeeWhatWasSaidBefore() {
        extended(annExtends());
        joins(BOB, "Bobby");
        world.post(ANN, group(), "m1", "before");
        joins(CID, "Ciddy");
        world.post(BOB, group(), "m2", "after");
        assertThat(world.element()
                        .history()
                        .read(group(), CID, OptionalInt.empty())
                        .messages())
                .extracting(message -> message.content().orElseThrow().data().asUtf8())
                .containsExactly("after");
        assertThat(world.element()
                        .history()
                        .read(group(), BOB, OptionalInt.empty())
                        .messages())
                .hasSize(2);
        assertThat(world.element().history().message(new MessageId("m1"), CID)).isEmpty();
    }

    @Test
    @Tag("CSPX-08")
    void theWelcomeNoteIsTheInitiators() {
        ExtendConversationRequest plain = annExtends();
        extended(new ExtendConversationRequest(
                plain.metaInformation(),
                plain.extendConversationId(),
                plain.userIdList(),
                plain.extendConversationUserId(),
                plain.subscribeNotif(),
                Optional.of(Content.text("come in")),
                plain.ownScreenName()));
        assertThat(joins(BOB, "Bobby").welcomeText()).contains(Content.text("come in"));
        assertThat(joins(CID, "Ciddy").welcomeText()).contains(Content.text("come in"));
    }

    @Test
    @Tag("CSPX-09")
    void withoutOneTheServersNoteIsUsedWhereItHasOne() {
        world.conversations = world.conversations.with(ConversationSettings.DEFAULT.withWelcomeNote("be kind"));
        extended(annExtends());
        assertThat(joins(BOB, "Bobby").welcomeText()).contains(Content.text("be kind"));
    }

    @Test
    @Tag("SSP-399")
    @Tag("CSPX-02")
    @Tag("tx:ExtendConversation")
    @Tag("status:400")
    void somebodyHasToBeInvited() {
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, BOB)))).isEqualTo(400);
        assertThat(world.sap.sent()).isEmpty();
    }

    @Test
    @Tag("CSPX-03")
    @Tag("CSPX-42")
    @Tag("tx:ExtendConversation")
    @Tag("status:531")
    void thePartnerHasToBeKnown() {
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, GHOST, CID)))).isEqualTo(531);
        assertThat(world.sap.sent()).isEmpty();
    }

    @Test
    @Tag("CSPX-05")
    @Tag("tx:ExtendConversation")
    @Tag("status:402")
    void anIdIsUsedOncePerInitiatorAsLongAsItIsOpen() {
        extended(annExtends());
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, CID, DAN)))).isEqualTo(402);
        assertThat(GroupWorld.code(ask(CID, extend(CID, BOB, DAN)))).isEqualTo(200);
        joins(BOB, "Bobby");
        assertThat(GroupWorld.code(ask(ANN, extend(ANN, CID, DAN)))).isEqualTo(200);
    }

    @Test
    @Tag("CSPX-18")
    @Tag("CSPX-42")
    @Tag("tx:ExtendConversation")
    @Tag("status:815")
    void ifThereIsNoRoomForTheGroupTheStatusSaysSoAndNothingFollows() {
        world.limits = world.limits.withGroups(0);
        assertThat(GroupWorld.code(ask(ANN, annExtends()))).isEqualTo(815);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.sap.sent()).isEmpty();
        world.limits = world.limits.withGroups(1);
        world.restart();
        extended(annExtends());
    }

    @Test
    @Tag("CSPX-42")
    @Tag("tx:ExtendConversation")
    @Tag("status:410")
    void aPartnerWhoIsNotLoggedInCannotBeReached() {
        world.sap.offline(BOB);
        assertThat(GroupWorld.code(ask(ANN, annExtends()))).isEqualTo(410);
        assertThat(world.sap.sent()).isEmpty();
    }

    @ParameterizedTest(
            name = "{0} becomes {1} [tx:ExtendConversation] [status:{1}] CSPX-42",
            quoteTextArguments = false)
    @CsvSource({"410,410", "516,516", "531,531", "907,907", "909,909", "503,410"})
    void whyAPartnerElsewhereCannotBeInvitedIsTheResult(int answer, int result) {
        world.sap.answering(asked -> Status.of(answer));
        extended(extend(ANN, DAN, CID));
        assertThat(result()).isEqualTo(result);
        assertThat(world.sap.sent(InviteRequest.class)).hasSize(1);
        nothingIsLeftOf(outcomes().getFirst().groupId());
        world.pass(Duration.ofMinutes(2));
        assertThat(outcomes()).hasSize(1);
    }

    @Test
    @Tag("CSPX-40")
    @Tag("tx:ExtendConversation")
    @Tag("status:909")
    void aPartnerWhoseClientHasNotAgreedToItDoesNotSupportIt() {
        world.sap.taking(delivered -> Status.of(delivered.primitive() instanceof InviteUserRequest ? 506 : 200));
        extended(annExtends());
        assertThat(result()).isEqualTo(909);
    }

    @Test
    void aPartnerWhoHasBlockedTheInitiatorIsNotInvited() {
        world.block(BOB, ANN);
        extended(annExtends());
        assertThat(world.sap.sent(InviteUserRequest.class)).isEmpty();
        assertThat(result()).isEqualTo(825);
    }

    @Test
    void whoHasBlockedTheInitiatorIsNotInvitedAmongTheOthers() {
        world.block(CID, ANN);
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
        assertThat(world.sap.sent(InviteRequest.class)).hasSize(2);
    }

    @Test
    @Tag("CSPX-42")
    @Tag("status:516")
    void aStrangerDoesNotExtendATalkThatIsNotOurs() {
        assertThat(GroupWorld.code(ask(DAN, extend(DAN, FAY, ANN)))).isEqualTo(516);
        assertThat(GroupWorld.code(ask(DAN, extend(DAN, ANN, FAY)))).isEqualTo(200);
    }

    @Test
    @Tag("CSPX-30")
    @Tag("CSPX-31")
    @Tag("CSPX-32")
    @Tag("CSPX-33")
    @Tag("tx:ExtendConversation")
    @Tag("status:410")
    void ifThePartnerDoesNotJoinInTimeTheTalkStaysOneOfTwo() {
        world.conversations =
                world.conversations.with(ConversationSettings.DEFAULT.withTimeout(Duration.ofSeconds(20)));
        extended(annExtends());
        GroupId group = group();
        world.pass(Duration.ofSeconds(19));
        assertThat(outcomes()).isEmpty();

        world.pass(Duration.ofSeconds(1));

        assertThat(result()).isEqualTo(410);
        assertThat(outcomes().getFirst().groupId()).isEqualTo(group);
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
        assertThat(world.sap.asked()).isEmpty();
        assertThat(world.code(BOB, join(BOB, group, "Bobby"))).isEqualTo(800);
        nothingIsLeftOf(group);
    }

    private boolean answers(UserId user, boolean accepted, String note) {
        return world.element()
                .conversations()
                .answered(partnersInvitation().inviteId(), user, accepted, Optional.of(note));
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("status:825")
    void ifThePartnerRefusesTheWaitIsOverAndItsNoteIsPassedOn() {
        extended(annExtends());
        GroupId group = group();
        assertThat(answers(BOB, /* accepted= */ false, "not now")).isTrue();
        assertThat(result()).isEqualTo(825);
        assertThat(outcomes().getFirst().responseNote()).contains("not now");
        assertThat(world.sap.asked()).isEmpty();
        nothingIsLeftOf(group);
    }

    @Test
    @Tag("CSPX-22")
    @Tag("CSPX-37")
    void anAcceptanceAndTheAnswersOfTheOthersChangeNothing() {
        extended(annExtends());
        assertThat(answers(BOB, /* accepted= */ true, "yes")).isTrue();
        assertThat(answers(CID, /* accepted= */ false, "no")).isTrue();
        assertThat(outcomes()).isEmpty();
        joins(BOB, "Bobby");
        int sent = world.sap.sent().size();
        assertThat(answers(BOB, /* accepted= */ false, "changed my mind")).isTrue();
        assertThat(answers(CID, /* accepted= */ false, "no")).isTrue();
        assertThat(world.sap.sent()).hasSize(sent);
        assertThat(world.joined(group())).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(world.code(CID, join(CID, group(), "Ciddy"))).isEqualTo(200);
    }

    @Test
    void anAnswerToAnInvitationOfSomebodyElseIsNotOurs() {
        extended(annExtends());
        assertThat(world.element()
                        .conversations()
                        .answered(new InviteId("i9"), BOB, /* accepted= */ false, Optional.empty()))
                .isFalse();
        assertThat(outcomes()).isEmpty();
    }

    @Test
    @Tag("tx:ExtendConversation")
    void theWaitForThePartnerOutlivesTheProcess() {
        extended(annExtends());
        world.restart();
        joins(BOB, "Bobby");
        assertThat(result()).isEqualTo(200);
        assertThat(world.sap.sent(InviteRequest.class)).hasSize(2);
    }

    @Test
    void theDeadlineOutlivesTheProcess() {
        extended(annExtends());
        world.restart();
        world.pass(Duration.ofSeconds(60));
        assertThat(result()).isEqualTo(410);
    }

    @Test
    void whatAProcessHadNotDoneWhenItDiedTheNextOneDoes() {
        RuntimeException power = new IllegalStateException("the power is gone");
        world.sap.taking(delivered -> {
            throw power;
        });
        assertThatThrownBy(() -> ask(ANN, annExtends())).isSameAs(power);
        world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
        world.restart();
        world.sap.forget();

        world.pass(Duration.ofSeconds(50));

        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);
        joins(BOB, "Bobby");
        assertThat(result()).isEqualTo(200);
    }

    @Test
    void anInitiatorWhoseDomainIsDownIsToldLater() {
        world.sap.taking(delivered -> Status.of(
                delivered.primitive() instanceof ExtendConversationResponse
                        ? StatusCode.SERVICE_UNAVAILABLE
                        : StatusCode.SUCCESSFUL));
        extended(extend(DAN, ANN, CID));
        joins(ANN, "Annie");
        assertThat(outcomes()).hasSize(1);
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(1);

        world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
        world.pass(Duration.ofMinutes(1));

        assertThat(outcomes()).hasSize(2);
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(2);
        world.pass(Duration.ofMinutes(5));
        assertThat(outcomes()).hasSize(2);
    }

    @ParameterizedTest(name = "status {0}")
    @ValueSource(ints = {503, 533})
    void anInitiatorWhoCannotBeToldHoldsNobodyUp(int status) {
        world.sap.taking(
                delivered -> Status.of(delivered.primitive() instanceof ExtendConversationResponse ? status : 200));
        extended(extend(DAN, ANN, CID));
        joins(ANN, "Annie");
        for (int i = 0; i < 5; i++) {
            world.pass(Duration.ofMinutes(1));
        }
        assertThat(world.sap.sent(InviteUserRequest.class)).hasSize(2);
        assertThat(outcomes()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void theInitiatorAndThePartnerAreNotInvitedTwice() {
        extended(extend(ANN, BOB, ANN, BOB, CID, CID));
        joins(BOB, "Bobby");
        assertThat(world.sap.sent(InviteUserRequest.class))
                .extracting(InviteUserRequest::invitedUser)
                .containsExactly(User.of(BOB), User.of(CID));
    }

    @Test
    @Tag("tx:ExtendConversation")
    @Tag("IMPS-SSP-IMSE-S-024")
    void asRequestorWeAskThePseOfOurUserAndBringItTheOutcomeUnderItsOwnId() {
        world.sap.primaryElsewhere(ANN);
        extended(annExtends());
        ExtendConversationRequest sent =
                world.sap.sent(ExtendConversationRequest.class).getFirst();
        assertThat(sent.extendConversationId()).isNotEqualTo(new ExtendConversationId("x1"));
        assertThat(sent.userIdList()).containsExactly(CID, DAN, FAY);
        assertThat(sent.extendConversationUserId()).isEqualTo(User.of(BOB));
        GroupId theirs = new GroupId("wv:/talk@pse.example.com");

        ExtendConversationResponse outcome = new ExtendConversationResponse(
                GroupWorld.server("pse.example.com"),
                sent.extendConversationId(),
                theirs,
                Optional.of("fine"),
                Status.of(StatusCode.SUCCESSFUL));
        assertThat(GroupWorld.code(world.peerAsks("pse.example.com", outcome))).isEqualTo(200);

        assertThat(world.sap.delivered())
                .containsExactly(new Delivered(
                        ANN,
                        new ExtendConversationResponse(
                                GroupWorld.server("pse.example.com"),
                                new ExtendConversationId("x1"),
                                theirs,
                                Optional.of("fine"),
                                Status.of(StatusCode.SUCCESSFUL))));
        assertThat(world.elsewhere.isJoined(theirs, ANN)).isTrue();
        assertThat(GroupWorld.code(world.peerAsks("pse.example.com", outcome))).isEqualTo(402);
    }

    @Test
    void twoOfOurUsersMayHaveTheSameIdAtOneProvider() {
        world.sap.primaryElsewhere(ANN).primaryElsewhere(BOB);
        extended(annExtends());
        extended(extend(BOB, ANN, CID));
        List<ExtendConversationRequest> sent = world.sap.sent(ExtendConversationRequest.class);
        assertThat(sent.get(0).extendConversationId()).isNotEqualTo(sent.get(1).extendConversationId());
        ExtendConversationResponse bobs = new ExtendConversationResponse(
                GroupWorld.server("pse.example.com"),
                sent.get(1).extendConversationId(),
                new GroupId("wv:/talk@pse.example.com"),
                Optional.empty(),
                Status.of(StatusCode.EXTEND_CONVERSATION_REJECTED));
        world.restart();
        world.peerAsks("pse.example.com", bobs);
        assertThat(world.sap.delivered()).extracting(Delivered::user).containsExactly(BOB);
        assertThat(world.elsewhere.isJoined(bobs.groupId(), BOB)).isFalse();
    }

    @Test
    void whatAProviderRefusedOrForgotIsForgottenHere() {
        world.sap.primaryElsewhere(ANN);
        world.sap.answering(asked -> Status.of(815));
        assertThat(GroupWorld.code(ask(ANN, annExtends()))).isEqualTo(815);
        world.sap.answering(asked -> Status.of(200));
        extended(annExtends());
        world.pass(Duration.ofHours(1));
        assertThat(world.column("SELECT sent_id FROM extension_request")).isEmpty();
    }

    @Test
    void aParticipantMaySetItsOwnPropertiesAllTheSame() {
        extended(annExtends());
        joins(BOB, "Bobby");
        assertThat(world.code(
                        BOB,
                        new SetGroupPropsRequest(
                                meta(BOB), group(), Optional.empty(), Optional.of(own("ShowID", "T")))))
                .isEqualTo(200);
    }
}
