package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.impsiwf.ssp.elements.groups.GroupWorld.ANN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.BOB;
import static org.impsiwf.ssp.elements.groups.GroupWorld.CID;
import static org.impsiwf.ssp.elements.groups.GroupWorld.DAN;
import static org.impsiwf.ssp.elements.groups.GroupWorld.EVE;
import static org.impsiwf.ssp.elements.groups.GroupWorld.FAY;
import static org.impsiwf.ssp.elements.groups.GroupWorld.NOWHERE;
import static org.impsiwf.ssp.elements.groups.GroupWorld.TEAM;
import static org.impsiwf.ssp.elements.groups.GroupWorld.join;
import static org.impsiwf.ssp.elements.groups.GroupWorld.meta;
import static org.impsiwf.ssp.elements.groups.GroupWorld.own;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.impsiwf.ssp.elements.GroupHistory.Page;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.RejectListRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.SetGroupPropsRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MessageInfo.Recipient;
import org.impsiwf.ssp.primitives.MessageInfo.Sender;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GroupMessagesTest {

    @AutoClose
    private final GroupWorld world = new GroupWorld();

    private GroupWorld.Accepted accepted() {
        assertThat(world.outbox).hasSize(1);
        return world.outbox.getFirst();
    }

    private static ScreenName name(String name) {
        return ScreenName.in(TEAM, name);
    }

    private Page history(UserId reader) {
        return world.element().history().read(TEAM, reader, OptionalInt.empty());
    }

    private static List<String> texts(Page page) {
        return page.messages().stream()
                .map(message -> message.content().orElseThrow().data().asUtf8())
                .toList();
    }

    private static void refused(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.status().statusCode()).isEqualTo(code));
    }

    @Test
    @Tag("SSP-402")
    @Tag("IMPS-SSP-GRSE-S-009")
    void whatIsSaidGoesToEverybodyElseThroughTheImElementUnderTheScreenName() {
        world.team();
        world.join(ANN, BOB, DAN, EVE, FAY);

        assertThat(world.post(BOB, TEAM, "m1", "hello").statusCode()).isEqualTo(200);

        assertThat(accepted().recipients()).containsExactlyInAnyOrder(ANN, DAN, EVE, FAY);
        assertThat(accepted().expires()).isAfter(world.now);
        SendMessageRequest copy = accepted().message();
        assertThat(copy.metaInformation().userId()).contains(BOB);
        assertThat(copy.messageInfo().messageId()).contains(new MessageId("m1"));
        assertThat(copy.messageInfo().sender()).contains(new Sender(TEAM, Optional.of(name("bob"))));
        assertThat(copy.messageInfo().dateTime()).contains(world.now);
        assertThat(copy.messageInfo().recipients())
                .containsExactlyInAnyOrder(
                        new Recipient(User.of(ANN)),
                        new Recipient(User.of(DAN)),
                        new Recipient(User.of(EVE)),
                        new Recipient(User.of(FAY)));
        assertThat(copy.content()).contains(Content.text("hello"));
        assertThat(copy.deliveryReportRequest()).isFalse();
    }

    @Test
    void theSendersValidityBoundsTheDelivery() {
        world.team();
        world.join(BOB, DAN);
        SendMessageRequest plain = GroupWorld.message(BOB, "m1", "hello");
        MessageInfo info = plain.messageInfo();
        MessageInfo brief = new MessageInfo(
                info.messageId(),
                info.messageUri(),
                info.contentType(),
                info.contentName(),
                info.contentSize(),
                Optional.of(Duration.ofSeconds(90)),
                info.recipients(),
                info.sender(),
                info.dateTime());
        SendMessageRequest message =
                new SendMessageRequest(plain.metaInformation(), plain.deliveryReportRequest(), brief, plain.content());
        world.element().groups().post(BOB, message, TEAM, List.of());
        assertThat(accepted().expires()).isEqualTo(world.now.plusSeconds(90));
    }

    @Test
    void whoHasBlockedTheSenderDoesNotHearIt() {
        world.team();
        world.join(BOB, CID, DAN);
        world.block(CID, BOB);
        assertThat(world.post(BOB, TEAM, "m1", "hello").statusCode()).isEqualTo(200);
        assertThat(accepted().recipients()).containsExactly(DAN);
    }

    @Test
    void whoIsAloneHasSaidItAllTheSame() {
        world.team("History", "T");
        world.join(BOB);
        assertThat(world.post(BOB, TEAM, "m1", "hello").statusCode()).isEqualTo(200);
        assertThat(world.outbox).isEmpty();
        assertThat(texts(history(BOB))).containsExactly("hello");
    }

    @Test
    @Tag("SSP-414")
    void onlyWhoIsJoinedSpeaks() {
        world.team();
        world.join(DAN);
        assertThat(world.post(BOB, TEAM, "m1", "hello").statusCode()).isEqualTo(808);
        assertThat(world.post(BOB, NOWHERE, "m1", "hello").statusCode()).isEqualTo(800);
        assertThat(world.post(BOB, TEAM, "m1", "psst", name("dan")).statusCode())
                .isEqualTo(808);
        assertThat(world.outbox).isEmpty();
    }

    @Test
    void aWhisperReachesWhoeverHasThatNameAndNobodyElse() {
        world.team("History", "T");
        world.join(BOB, CID, DAN, EVE);
        assertThat(world.post(BOB, TEAM, "m1", "psst", name("DAN"), name("eve")).statusCode())
                .isEqualTo(200);
        assertThat(accepted().recipients()).containsExactlyInAnyOrder(DAN, EVE);
        assertThat(accepted().message().messageInfo().sender()).contains(Sender.of(name("bob")));
        assertThat(history(CID).messages()).isEmpty();
    }

    @Test
    void whereWhisperingIsOffNobodyWhispers() {
        world.team("PrivateMessaging", "F");
        world.join(BOB, DAN);
        assertThat(world.post(BOB, TEAM, "m1", "psst", name("dan")).statusCode())
                .isEqualTo(812);
        assertThat(world.outbox).isEmpty();
    }

    @Test
    void whoDoesNotWantWhispersGetsNone() {
        world.team();
        world.join(BOB, DAN);
        world.ask(
                DAN,
                new SetGroupPropsRequest(meta(DAN), TEAM, Optional.empty(), Optional.of(own("PrivateMessaging", "F"))));
        assertThat(world.post(BOB, TEAM, "m1", "psst", name("dan")).statusCode())
                .isEqualTo(813);
    }

    @Test
    void nobodyIsWhisperedToWhoBlockedTheSender() {
        world.team();
        world.join(BOB, CID);
        world.block(CID, BOB);
        assertThat(world.post(BOB, TEAM, "m1", "psst", name("cid")).statusCode())
                .isEqualTo(532);
    }

    @Test
    void aNameThatNobodyHasIsReportedBesideTheOnesThatSomebodyHas() {
        world.team();
        world.join(BOB, DAN);
        assertThat(world.post(BOB, TEAM, "m1", "psst", name("zoe")).statusCode())
                .isEqualTo(531);
        Status status = world.post(BOB, TEAM, "m2", "psst", name("zoe"), name("dan"));
        assertThat(status.statusCode()).isEqualTo(201);
        assertThat(status.detailedResult())
                .singleElement()
                .extracting(DetailedResult::code, DetailedResult::screenNames)
                .containsExactly(531, List.of(name("zoe")));
        assertThat(accepted().recipients()).containsExactly(DAN);
    }

    @Test
    void historyIsWhatWasSaidInOrderAndReadByIdAgain() {
        world.team("History", "T");
        world.join(BOB, DAN);
        world.post(BOB, TEAM, "m1", "one");
        world.post(DAN, TEAM, "m2", "two");
        world.join(CID);
        Page page = history(CID);
        assertThat(texts(page)).containsExactly("one", "two");
        assertThat(page.total()).isEqualTo(2);
        SendMessageRequest second = page.messages().getLast();
        assertThat(second.messageInfo().sender()).contains(new Sender(TEAM, Optional.of(name("dan"))));
        assertThat(second.messageInfo().recipients()).containsExactly(new Recipient(TEAM));
        assertThat(second.metaInformation())
                .as("our domain distributes what the sender says")
                .isEqualTo(MetaInformation.ofUser(new ServiceId("wv:@home.example.com"), DAN));
        assertThat(world.element().history().message(new MessageId("m2"), CID)).contains(second);
        assertThat(world.element().history().message(new MessageId("m2"), FAY)).isEmpty();
        assertThat(world.element().history().message(new MessageId("m9"), CID)).isEmpty();
    }

    @Test
    void onlyTheNewestAreGivenAndTheTotalTold() {
        world.limits = world.limits.withHistoryMessages(5);
        world.team("History", "T");
        world.join(BOB);
        IntStream.rangeClosed(1, 8).forEach(i -> world.post(BOB, TEAM, "m" + i, "t" + i));
        assertThat(texts(history(BOB))).containsExactly("t4", "t5", "t6", "t7", "t8");
        Page two = world.element().history().read(TEAM, BOB, OptionalInt.of(2));
        assertThat(texts(two)).containsExactly("t7", "t8");
        assertThat(two.total()).isEqualTo(5);
    }

    @Test
    void aMessageThatIsRepeatedIsKeptOnce() {
        world.team("History", "T");
        world.join(BOB);
        world.post(BOB, TEAM, "m1", "one");
        world.post(BOB, TEAM, "m1", "one");
        assertThat(texts(history(BOB))).containsExactly("one");
    }

    @Test
    void historyIsForThoseWhoBelongThere() {
        world.team();
        refused(821, () -> history(BOB));
        refused(800, () -> world.element().history().read(NOWHERE, BOB, OptionalInt.empty()));

        GroupId closed = new GroupId("wv:ann/closed@home.example.com");
        world.ask(ANN, GroupWorld.create(ANN, closed, "History", "T", "AccessType", "Restricted"));
        world.ask(ANN, new RejectListRequest(meta(ANN), closed, List.of(EVE), List.of()));
        refused(810, () -> world.element().history().read(closed, DAN, OptionalInt.empty()));
        refused(809, () -> world.element().history().read(closed, EVE, OptionalInt.empty()));
        refused(808, () -> world.element().history().read(closed, ANN, OptionalInt.empty()));
        world.ask(ANN, join(ANN, closed, "Ann"));
        assertThat(world.element()
                        .history()
                        .read(closed, ANN, OptionalInt.empty())
                        .messages())
                .isEmpty();
    }

    @Test
    void invitationsAreForThoseWhoMayInvite() {
        world.team("AccessType", "Restricted");
        refused(808, () -> world.element().groups().invited(TEAM, BOB, DAN));
        world.add(BOB);
        world.join(BOB);
        refused(816, () -> world.element().groups().invited(TEAM, BOB, DAN));
        refused(800, () -> world.element().groups().invited(NOWHERE, ANN, DAN));
        world.makeModerator(BOB);
        world.element().groups().invited(TEAM, BOB, DAN);
        assertThat(world.code(DAN, join(DAN, TEAM, "Dan"))).isEqualTo(200);
    }

    @Test
    void otherElementsLearnWhoIsInAGroup() {
        world.team();
        world.join(BOB, DAN);
        world.add(CID);
        world.makeAdministrator(CID);
        assertThat(world.element().groups().joined(TEAM)).containsExactlyInAnyOrder(BOB, DAN);
        assertThat(world.element().groups().administrators(TEAM)).containsExactlyInAnyOrder(ANN, CID);
        assertThat(world.element().groups().behind(name("Dan"))).contains(DAN);
        assertThat(world.element().groups().behind(name("zoe"))).isEmpty();
        assertThat(world.element().groups().isHosted(NOWHERE)).isTrue();
        assertThat(world.element().groups().isHosted(new GroupId("wv:dan/x@b.example.com")))
                .isFalse();
    }
}
