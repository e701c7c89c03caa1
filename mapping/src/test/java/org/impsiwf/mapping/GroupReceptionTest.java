package org.impsiwf.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.mapping.ReceptionDesk.IMPS;
import static org.impsiwf.mapping.ReceptionDesk.OTHER;
import static org.impsiwf.mapping.ReceptionDesk.SELF;

import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.GroupChangeNotice;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupIndication;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a group's or an invitation's primitive of another domain is, and which domain may speak for whom. */
class GroupReceptionTest {

    private final ReceptionDesk reception = new ReceptionDesk();

    @Test
    void whatIsSaidInAGroupGoesToItsFocusWhenItsHostSaysIt() {
        assertThat(reception.routed(IMPS, said("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        assertThat(reception.routed(SELF, said("wv:/talk-1@iwf.example.com"))).isEqualTo("F:/talk-1@iwf.example.com");
        assertThat(reception.routed(SELF, said("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        Primitive answer = reception.answer(OTHER, said("wv:/room@imps.example.com"));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        SendMessageResponse.class,
                        r -> assertThat(r.statusInfo().statusCode()).isEqualTo(901));
    }

    @Test
    void changesAndRemovalsGoToTheFocusWhenTheHostTellsThem() {
        assertThat(reception.routed(IMPS, notice("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        assertThat(reception.code(OTHER, notice("wv:/room@imps.example.com"))).isEqualTo(901);
        assertThat(reception.code(IMPS, notice("wv:/talk-1@iwf.example.com"))).isEqualTo(901);
        assertThat(reception.routed(IMPS, removal("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        assertThat(reception.noted(OTHER, removal("wv:/room@imps.example.com"))).isEqualTo(Noted.SPOOFED_SENDER);
    }

    @Test
    void theHostOfAdHocConferencesSpeaksForThoseGroupsOfOurDomain() {
        reception.hostedBy(IMPS);
        assertThat(reception.routed(IMPS, notice("wv:alice/adhoc-1@ims.example.com")))
                .isEqualTo("F:alice/adhoc-1@ims.example.com");
        assertThat(reception.code(IMPS, notice("wv:alice/mine@ims.example.com")))
                .isEqualTo(901);
        assertThat(reception.code(OTHER, notice("wv:alice/adhoc-1@ims.example.com")))
                .isEqualTo(901);
    }

    @ParameterizedTest
    @CsvSource({
        "wv:@imps.example.com, wv:bob@imps.example.com, wv:/room@imps2.example.com", // its user
        "wv:@imps.example.com, wv:erin@imps2.example.com, wv:/room@imps.example.com", // its group
        "wv:@iwf.example.com, wv:erin@imps2.example.com, wv:/talk-1@iwf.example.com" // our own domain
    })
    void invitationsGoToTheParticipationOfTheInvitedUser(String peer, String inviting, String group) {
        String mailbox = "P:" + group.substring(3) + "!tom@ims.example.com";
        ServiceId from = new ServiceId(peer);
        for (InviteType type : List.of(InviteType.GR, InviteType.EC, InviteType.GM)) {
            assertThat(reception.routed(from, invitation(type, inviting, "wv:tom@ims.example.com", group)))
                    .isEqualTo(mailbox);
        }
        assertThat(reception.routed(from, userInvitation(InviteType.EG, inviting, "wv:tom@ims.example.com", group)))
                .isEqualTo(mailbox);
        assertThat(reception.routed(from, cancellation(inviting, "wv:tom@ims.example.com", group)))
                .isEqualTo(mailbox);
    }

    @ParameterizedTest
    @CsvSource({
        "wv:erin@imps2.example.com, wv:tom@ims.example.com, wv:/room@imps2.example.com, 901",
        "wv:bob@imps.example.com, wv:erin@imps2.example.com, wv:/room@imps.example.com, 516",
        "wv:bob@imps.example.com, wv:/tom@ims.example.com, wv:/room@imps.example.com, 531",
        "wv:bob@imps.example.com, wv:tom@ims.example.com, wv:/room@nowhere.example.net, 800",
        "wv:bob@imps.example.com, wv:tom@ims.example.com, wv:room@imps.example.com, 800"
    })
    void invitationsThatConcernNobodyHereAreRefused(String inviting, String invited, String group, int code) {
        assertThat(reception.code(IMPS, invitation(InviteType.GR, inviting, invited, group)))
                .isEqualTo(code);
    }

    @Test
    void answersFindTheMailboxInsideTheirIdFromTheAnsweringUsersDomainOnly() {
        String ours = "P:/talk-1@iwf.example.com!alice@ims.example.com#i1";
        InviteResponse response = new InviteResponse(
                Status.of(200),
                new InviteId(ours),
                User.of("wv:alice@ims.example.com"),
                true,
                User.of("wv:bob@imps.example.com"),
                Optional.empty(),
                Optional.empty());
        assertThat(reception.routed(IMPS, response)).isEqualTo("P:/talk-1@iwf.example.com!alice@ims.example.com");
        assertThat(reception.routed(SELF, response)).isEqualTo("P:/talk-1@iwf.example.com!alice@ims.example.com");
        assertThat(reception.routed(IMPS, response.exchanged()))
                .isEqualTo("P:/talk-1@iwf.example.com!alice@ims.example.com");
        assertThat(reception.code(OTHER, response)).isEqualTo(901);
    }

    @Test
    @Tag("CSPX-26")
    void theOutcomeOfAnExtensionGoesToItByTheIdOfTheRequest() {
        assertThat(reception.routed(IMPS, extended("E:usage1#x1"))).isEqualTo("E:usage1");
        assertThat(reception.code(IMPS, extended("of-somebody-else"))).isEqualTo(402);
        assertThat(reception.code(IMPS, extended("C:alice@ims.example.com|bob@imps.example.com#x1")))
                .isEqualTo(402);
    }

    private static SendMessageRequest said(String group) {
        GroupId id = new GroupId(group);
        MessageInfo info = new MessageInfo(
                Optional.empty(),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(User.of("wv:alice@ims.example.com"))),
                Optional.of(new MessageInfo.Sender(id, Optional.of(ScreenName.in(id, "Bob")))),
                Optional.empty());
        return new SendMessageRequest(
                MetaInformation.ofUser(IMPS, new UserId("wv:bob@imps.example.com")),
                false,
                info,
                Optional.of(Content.of("text/plain", new byte[] {'h', 'i'})));
    }

    private static GroupChangeNotice notice(String group) {
        return new GroupChangeNotice(
                MetaInformation.ofServer(IMPS),
                List.of(User.of("wv:alice@ims.example.com")),
                new GroupId(group),
                List.of("Bob"),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static LeaveGroupIndication removal(String group) {
        return new LeaveGroupIndication(
                Optional.of(MetaInformation.ofServer(IMPS)),
                Optional.empty(),
                List.of(User.of("wv:alice@ims.example.com")),
                "out",
                Optional.of(new GroupId(group)));
    }

    private static InviteRequest invitation(InviteType type, String inviting, String invited, String group) {
        InviteUserRequest forUser = userInvitation(type, inviting, invited, group);
        return forUser.asRequest(forUser.metaInformation());
    }

    private static InviteUserRequest userInvitation(InviteType type, String inviting, String invited, String group) {
        return new InviteUserRequest(
                MetaInformation.ofUser(IMPS, new UserId(inviting)),
                new InviteId("i1"),
                type,
                User.of(inviting),
                User.of(invited),
                Optional.of(new GroupId(group)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CancelInviteRequest cancellation(String cancelling, String cancelled, String group) {
        return new CancelInviteRequest(
                MetaInformation.ofUser(IMPS, new UserId(cancelling)),
                new InviteId("i1"),
                User.of(cancelling),
                User.of(cancelled),
                Optional.of(new GroupId(group)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    private static ExtendConversationResponse extended(String id) {
        return new ExtendConversationResponse(
                MetaInformation.ofServer(IMPS),
                new ExtendConversationId(id),
                new GroupId("wv:/talk@imps.example.com"),
                Optional.empty(),
                Status.of(200));
    }
}
