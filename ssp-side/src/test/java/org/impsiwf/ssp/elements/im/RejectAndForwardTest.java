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

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.GetJoinedMemberResponse;
import org.impsiwf.ssp.primitives.ImPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ForwardMessageResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.NewMessage;
import org.impsiwf.ssp.primitives.ImPrimitive.RejectMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.Mapping;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user does with a message that waits: throws it away, or sends it on. */
class RejectAndForwardTest {

    @AutoClose
    private final ImWorld world = new ImWorld();

    @Nested
    @Tag("tx:RejectMessage")
    @Tag("IMPS-SSP-IMSE-S-016")
    class Reject {

        private Primitive reject(String... ids) {
            return world.client(
                    BOB,
                    new RejectMessageRequest(
                            ImWorld.of(BOB),
                            Arrays.stream(ids).map(MessageId::new).toList()));
        }

        @Test
        @Tag("SSP-392")
        @Tag("status:200")
        @Tag("status:426")
        void aRejectedMessageIsGone() {
            world.store("1", "2");
            assertThat(code(reject("1"))).isEqualTo(200);
            assertThat(world.listed(BOB)).containsExactly("2");
            assertThat(code(reject("1"))).isEqualTo(426);
            world.logsIn(BOB);
            assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
        }

        @Test
        @Tag("status:201")
        void whatIsNotThereIsNamedAndTheRestIsRemoved() {
            world.store("1");
            Status status = (Status) reject("1", "9");
            assertThat(status.statusCode()).isEqualTo(201);
            assertThat(status.detailedResult()).singleElement().satisfies(detail -> {
                assertThat(detail.code()).isEqualTo(426);
                assertThat(detail.messageIds()).containsExactly(new MessageId("9"));
            });
            assertThat(world.listed(BOB)).isEmpty();
        }
    }

    @Nested
    @Tag("tx:ForwardMessage")
    @Tag("IMPS-SSP-IMSE-S-005")
    class Forward {

        private Primitive forward(String id, Addressee... to) {
            return forward(BOB, id, to);
        }

        private Primitive forward(UserId user, String id, Addressee... to) {
            return world.client(
                    user,
                    new ForwardMessageRequest(
                            ImWorld.of(user),
                            new MessageId(id),
                            Arrays.stream(to).map(MessageInfo.Recipient::new).toList()));
        }

        @Test
        @Tag("status:200")
        @Tag("IMPS-SSP-IMSE-S-006")
        void theContentGoesOnUnderANewIdOfTheForwardingUserAndTheOriginalStays() {
            world.store("1");
            ForwardMessageResponse answer = (ForwardMessageResponse) forward("1", User.of(CID), User.of(EVE));

            assertThat(answer.messageId()).isPresent().isNotEqualTo(Optional.of(new MessageId("1")));
            assertThat(world.sap.sent(NewMessage.class)).singleElement().satisfies(pushed -> {
                assertThat(pushed.messageInfo().sender()).contains(MessageInfo.Sender.of(User.of(BOB)));
                assertThat(pushed.messageInfo().messageId()).isEqualTo(answer.messageId());
                assertThat(pushed.content().data().asUtf8()).isEqualTo("hello");
            });
            assertThat(world.sap.sent(SendMessageRequest.class)).hasSize(1);
            assertThat(world.listed(BOB)).containsExactly("1");
        }

        @Test
        @Tag("IMPS-SSP-IMSE-S-007")
        @Tag("IMPS-SSP-IMSE-S-008")
        void contactListsGroupsAndScreenNamesCanBeForwardedTo() {
            world.store("1");
            world.contactLists.put(FRIENDS, List.of(CID));
            assertThat(code(forward("1", FRIENDS, TEAM, ScreenName.in(TEAM, "Annie"))))
                    .isEqualTo(200);
            assertThat(world.sap.sent(NewMessage.class)).hasSize(1);
            assertThat(world.posts).hasSize(2);
        }

        @Test
        @Tag("SSP-382")
        @Tag("IMPS-SSP-IMSE-S-020")
        void asComplementaryPseTheJoinedUsersAreAskedFor() {
            world.sap.taking(delivered -> Status.of(StatusCode.UNABLE_TO_DELIVERY));
            world.peer(DAN, message(DAN, "1", FAY));
            world.sap.taking(delivered -> Status.of(StatusCode.SUCCESSFUL));
            world.sap.forget();
            world.sap.answering(asked -> asked.primitive() instanceof GetJoinedMemberRequest
                    ? new GetJoinedMemberResponse(
                            Status.of(200),
                            List.of(),
                            List.of(new Mapping("Fay", Optional.of(FAY)), new Mapping("Gus", Optional.of(GUS))),
                            List.of())
                    : Status.of(StatusCode.SUCCESSFUL));

            assertThat(code(forward(FAY, "1", CLUB))).isEqualTo(200);

            assertThat(world.sap.asked().getFirst().primitive()).isInstanceOf(GetJoinedMemberRequest.class);
            assertThat(world.sap.delivered())
                    .extracting(delivered -> delivered.user())
                    .containsExactly(GUS);
        }

        @Test
        @Tag("status:426")
        void aMessageThatIsNotStoredCannotBeForwarded() {
            assertThat(code(forward("9", User.of(CID)))).isEqualTo(426);
        }

        @Test
        @Tag("status:531")
        @Tag("status:700")
        @Tag("status:703")
        @Tag("status:800")
        void recipientsThatDoNotExistAreRefused() {
            world.store("1");
            assertThat(code(forward("1", User.of("wv:nobody@home.example")))).isEqualTo(531);
            assertThat(code(forward("1", FRIENDS))).isEqualTo(700);
            world.contactLists.put(FRIENDS, List.of());
            assertThat(code(forward("1", FRIENDS))).isEqualTo(703);
            assertThat(code(forward("1", new GroupId("wv:ann/none@home.example"))))
                    .isEqualTo(800);
        }

        @Test
        @Tag("status:507")
        @Tag("status:532")
        void recipientsWhoBlockOrWhoseQueueIsFullAreNamed() {
            world.with(ImSettings.DEFAULT.with(ImSettings.Storing.DEFAULT.withQuota(1)));
            world.store("1");
            world.sap.offline(CID);
            world.peer(DAN, message(DAN, "2", CID));
            assertThat(code(forward("1", User.of(CID)))).isEqualTo(507);
            world.blocking(
                    ANN,
                    new ImPrimitive.BlockEntityRequest(
                            ImWorld.of(ANN),
                            List.of(BOB),
                            List.of(),
                            ImPrimitive.ListStatus.ACTIVE,
                            List.of(),
                            List.of(),
                            ImPrimitive.ListStatus.INACTIVE));
            assertThat(code(forward("1", User.of(ANN)))).isEqualTo(532);
        }

        @ParameterizedTest(name = "what the group or the other domain says is the answer {0}")
        @EnumSource(
                value = StatusCode.class,
                names = {
                    "GROUP_IS_NOT_JOINED",
                    "PRIVATE_MESSAGING_IS_DISABLED_FOR_GROUP",
                    "PRIVATE_MESSAGING_IS_DISABLED_FOR_USER",
                    "UNSUPPORTED_MEDIA_TYPE",
                    "DOMAIN_NOT_SUPPORTED",
                    "MESSAGE_RECIPIENT_NOT_LOGGED_IN"
                })
        @Tag("status:808")
        @Tag("status:812")
        @Tag("status:813")
        @Tag("status:415")
        @Tag("status:516")
        @Tag("status:533")
        void whatTheGroupOrTheOtherDomainSaysIsTheAnswer(StatusCode refusal) {
            world.store("1");
            world.posted.set(Status.of(refusal));
            world.sap.answering(asked -> Status.of(refusal));
            assertThat(code(forward("1", ScreenName.in(TEAM, "Annie")))).isEqualTo(refusal.code());
            assertThat(code(forward("1", User.of(EVE)))).isEqualTo(refusal.code());
        }
    }
}
