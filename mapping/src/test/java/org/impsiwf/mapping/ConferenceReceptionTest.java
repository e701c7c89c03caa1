package org.impsiwf.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Command.Noted;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.ReferId;
import org.impsiwf.sip.event.ReferTarget;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.SubscriptionId;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.TransactionRef;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a conference's event is, and who is turned away at the door. */
class ConferenceReceptionTest {

    private static final ServiceId SELF = new ServiceId("wv:@iwf.example.com");
    private static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");
    private static final ServiceId OTHER = new ServiceId("wv:@imps2.example.com");
    private static final InviteUsageId USAGE = new InviteUsageId("usage1");
    private static final Optional<UriList> LIST =
            Optional.of(new UriList(List.of(UriList.Entry.to(new SipUri("sip:bob@imps.example.com")))));

    private static final Domains DOMAINS = new Domains() {
        @Override
        public Optional<Peer> serving(String domain) {
            return List.of(IMPS, OTHER).stream()
                    .filter(peer -> peer.domain().equals(domain))
                    .map(peer -> Peer.plain(peer, true))
                    .findFirst();
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return serving(id.domain());
        }
    };

    private final Policy policy = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    private Interworking interworking = new Interworking(policy, DOMAINS, () -> "id");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:conference@iwf.example.com",
                "sip:conference@IWF.example.com;transport=tcp",
                "sips:conference@iwf.example.com",
                "sip:conference@127.0.0.1:5060",
                "sip:conference@[::1]:5060;transport=tcp",
                "sip:conference@gateway.example.net"
            })
    @Tag("SIPX-02")
    void invitesToTheFactoryBeginAnExtension(String uri) {
        assertThat(routed(invite(uri, LIST, false))).isEqualTo("E:usage1");
        assertThat(routed(invite(uri, Optional.empty(), false))).isEqualTo("E:usage1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip:Conference@iwf.example.com",
                "sip:conference@iwf.example.com:5080",
                "sip:conference@ims.example.com"
            })
    void otherUrisAreNotTheFactory(String uri) {
        assertThat(refusal(invite(uri, Optional.empty(), false))).isEqualTo(404);
    }

    @Test
    void theFactoryLookAlikeInAPeersDomainIsAUserThere() {
        assertThat(routed(invite("sip:conference@imps.example.com", Optional.empty(), false)))
                .isEqualTo("C:alice@ims.example.com|conference@imps.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:conference@iwf.example.com", "sip:bob@imps.example.com", "sip:x@ims.example.com"})
    void aListFromAFocusIsAChatThatItsSenderHosts(String uri) {
        assertThat(routed(invite(uri, LIST, true))).isEqualTo("H:usage1");
    }

    @Test
    void aListToASingleUserIsRefused_420() {
        SipCommand.RefuseInvite refusal = refusedInvite(invite("sip:bob@imps.example.com", LIST, false));
        assertThat(refusal.refusal().status()).isEqualTo(420);
        assertThat(refusal.refusal().headers()).containsEntry("Unsupported", "recipient-list-invite");
    }

    @ParameterizedTest
    @CsvSource({
        "sip:/room@imps.example.com, P:/room@imps.example.com!alice@ims.example.com",
        "sip:bob/Chat@IMPS.example.com;transport=tcp, P:bob/chat@imps.example.com!alice@ims.example.com",
        "sip:/talk-1@iwf.example.com, P:/talk-1@iwf.example.com!alice@ims.example.com",
        "sip:alice/adhoc-1@ims.example.com, P:alice/adhoc-1@ims.example.com!alice@ims.example.com",
        "sip:/room@127.0.0.1:5060;conference=imps.example.com, P:/room@imps.example.com!alice@ims.example.com",
        "sip:/room@[::1];transport=tcp;conference=imps.example.com, P:/room@imps.example.com!alice@ims.example.com"
    })
    void invitesToAGroupGoToTheUsersParticipation(String uri, String mailbox) {
        assertThat(routed(invite(uri, Optional.empty(), false))).isEqualTo(mailbox);
    }

    @Test
    void aGroupThatNobodyHostsIsNotFound_404() {
        assertThat(refusal(invite("sip:/room@nowhere.example.net", Optional.empty(), false)))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:conference@iwf.example.com", "sip:/room@imps.example.com"})
    void strangersAndHiddenUsersAreTurnedAway_403_433(String uri) {
        assertThat(refusal(new SipEvent.InviteReceived(
                        USAGE, head(uri, "sip:mallory@evil.example.net", false), Optional.empty(), List.of())))
                .isEqualTo(403);
        assertThat(refusal(new SipEvent.InviteReceived(
                        USAGE, head(uri, "sip:alice@ims.example.com", true), Optional.empty(), List.of())))
                .isEqualTo(433);
    }

    @Test
    void refersGoToTheUsageInADialogAndToTheParticipationOutside() {
        InviteUsageId ours = new InviteUsageId("P:/room@imps.example.com!alice@ims.example.com#u1");
        assertThat(routed(refer("sip:/room@imps.example.com", Optional.of(ours))))
                .isEqualTo("P:/room@imps.example.com!alice@ims.example.com");
        assertThat(route(refer("sip:/room@imps.example.com", Optional.of(USAGE))))
                .isInstanceOf(Route.ByUsage.class);
        assertThat(routed(refer("sip:/room@imps.example.com", Optional.empty())))
                .isEqualTo("P:/room@imps.example.com!alice@ims.example.com");
        assertThat(sip(refer("sip:bob@imps.example.com", Optional.empty())))
                .isInstanceOfSatisfying(
                        SipCommand.RefuseRefer.class,
                        refused -> assertThat(refused.refusal().status()).isEqualTo(404));
    }

    @Test
    void subscriptionsGoToTheFocusAndStayThere() {
        var subscribe = new SipEvent.SubscribeReceived(
                new SubscriptionId("s1"),
                Optional.empty(),
                head("sip:/room@imps.example.com", "sip:alice@ims.example.com", false),
                Duration.ofHours(1));
        assertThat(routed(subscribe)).isEqualTo("F:/room@imps.example.com");
        assertThat(routed(new SipEvent.SubscriptionRefreshed(new SubscriptionId("s1"), "F:/room@imps.example.com")))
                .isEqualTo("F:/room@imps.example.com");
        assertThat(routed(new SipEvent.SubscriptionEnded(new SubscriptionId("s1"), "F:/room@imps.example.com", "end")))
                .isEqualTo("F:/room@imps.example.com");
    }

    @Test
    void whatIsSaidInAGroupGoesToItsFocusWhenItsHostSaysIt() {
        assertThat(routed(IMPS, said("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        assertThat(routed(SELF, said("wv:/talk-1@iwf.example.com"))).isEqualTo("F:/talk-1@iwf.example.com");
        assertThat(routed(SELF, said("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        Primitive answer = answer(OTHER, said("wv:/room@imps.example.com"));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        SendMessageResponse.class,
                        r -> assertThat(r.statusInfo().statusCode()).isEqualTo(901));
    }

    @Test
    void changesAndRemovalsGoToTheFocusWhenTheHostTellsThem() {
        assertThat(routed(IMPS, notice("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        assertThat(code(OTHER, notice("wv:/room@imps.example.com"))).isEqualTo(901);
        assertThat(code(IMPS, notice("wv:/talk-1@iwf.example.com"))).isEqualTo(901);
        assertThat(routed(IMPS, removal("wv:/room@imps.example.com"))).isEqualTo("F:/room@imps.example.com");
        assertThat(noted(OTHER, removal("wv:/room@imps.example.com"))).isEqualTo(Noted.SPOOFED_SENDER);
    }

    @Test
    void theHostOfAdHocConferencesSpeaksForThoseGroupsOfOurDomain() {
        Policy.Conferences defaults = policy.conferences();
        interworking = new Interworking(policy.with(defaults.hostedBy(IMPS)), DOMAINS, () -> "id");
        assertThat(routed(IMPS, notice("wv:alice/adhoc-1@ims.example.com")))
                .isEqualTo("F:alice/adhoc-1@ims.example.com");
        assertThat(code(IMPS, notice("wv:alice/mine@ims.example.com"))).isEqualTo(901);
        assertThat(code(OTHER, notice("wv:alice/adhoc-1@ims.example.com"))).isEqualTo(901);
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
            assertThat(routed(from, invitation(type, inviting, "wv:tom@ims.example.com", group)))
                    .isEqualTo(mailbox);
        }
        assertThat(routed(from, userInvitation(InviteType.EG, inviting, "wv:tom@ims.example.com", group)))
                .isEqualTo(mailbox);
        assertThat(routed(from, cancellation(inviting, "wv:tom@ims.example.com", group)))
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
        assertThat(code(IMPS, invitation(InviteType.GR, inviting, invited, group)))
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
        assertThat(routed(IMPS, response)).isEqualTo("P:/talk-1@iwf.example.com!alice@ims.example.com");
        assertThat(routed(SELF, response)).isEqualTo("P:/talk-1@iwf.example.com!alice@ims.example.com");
        assertThat(routed(IMPS, response.exchanged())).isEqualTo("P:/talk-1@iwf.example.com!alice@ims.example.com");
        assertThat(code(OTHER, response)).isEqualTo(901);
    }

    @Test
    @Tag("CSPX-26")
    void theOutcomeOfAnExtensionGoesToItByTheIdOfTheRequest() {
        assertThat(routed(IMPS, extended("E:usage1#x1"))).isEqualTo("E:usage1");
        assertThat(code(IMPS, extended("of-somebody-else"))).isEqualTo(402);
        assertThat(code(IMPS, extended("C:alice@ims.example.com|bob@imps.example.com#x1")))
                .isEqualTo(402);
    }

    private static SipEvent.InviteReceived invite(String uri, Optional<UriList> list, boolean focus) {
        return new SipEvent.InviteReceived(
                USAGE,
                head(uri, "sip:alice@ims.example.com", false),
                Optional.empty(),
                List.of(),
                new Conferencing(list, Optional.empty(), focus));
    }

    private static SipEvent.ReferReceived refer(String uri, Optional<InviteUsageId> usage) {
        return new SipEvent.ReferReceived(
                new ReferId("r1"),
                usage,
                head(uri, "sip:alice@ims.example.com", false),
                List.of(new ReferTarget(new SipUri("sip:tom@ims.example.com"), "INVITE", Map.of())));
    }

    private static RequestHead head(String uri, String from, boolean privacy) {
        NameAddr sender = new NameAddr(Optional.empty(), new SipUri(from));
        return new RequestHead(
                new SipUri(uri),
                sender,
                new NameAddr(Optional.empty(), new SipUri(uri)),
                "call-1",
                new Originator(sender, privacy, Optional.empty(), "192.0.2.1:5060"),
                List.of(),
                Map.of());
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

    private Route route(SipEvent event) {
        return interworking.route(new Event.Sip(event));
    }

    private Route route(ServiceId peer, Primitive request) {
        return interworking.route(
                new Event.Ssp(new SspEvent.RequestReceived(peer, new TransactionRef(peer, "t1"), request)));
    }

    private String routed(SipEvent event) {
        return mailbox(route(event));
    }

    private String routed(ServiceId peer, Primitive request) {
        return mailbox(route(peer, request));
    }

    private static String mailbox(Route route) {
        assertThat(route).isInstanceOf(Route.To.class);
        MailboxKey key = ((Route.To) route).key();
        return key.text();
    }

    private SipCommand sip(SipEvent event) {
        return commands(route(event)).stream()
                .filter(Command.Sip.class::isInstance)
                .map(command -> ((Command.Sip) command).command())
                .findFirst()
                .orElseThrow();
    }

    private SipCommand.RefuseInvite refusedInvite(SipEvent.InviteReceived invite) {
        return (SipCommand.RefuseInvite) sip(invite);
    }

    private int refusal(SipEvent.InviteReceived invite) {
        return refusedInvite(invite).refusal().status();
    }

    private Primitive answer(ServiceId peer, Primitive request) {
        return commands(route(peer, request)).stream()
                .filter(Command.Ssp.class::isInstance)
                .map(command -> ((SspCommand.Answer) ((Command.Ssp) command).command()).response())
                .findFirst()
                .orElseThrow();
    }

    private int code(ServiceId peer, Primitive request) {
        return ((Status) answer(peer, request)).statusCode();
    }

    private Noted noted(ServiceId peer, Primitive request) {
        List<Command> commands = commands(route(peer, request));
        assertThat(commands).hasSize(1);
        return ((Command.Note) commands.getFirst()).what();
    }

    private static List<Command> commands(Route route) {
        assertThat(route).isInstanceOf(Route.Answered.class);
        return ((Route.Answered) route).commands();
    }
}
