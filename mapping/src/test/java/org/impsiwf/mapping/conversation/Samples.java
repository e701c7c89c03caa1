package org.impsiwf.mapping.conversation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.content.InstantMessage;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Origin;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpEvent.LocalEndpoint;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.ReferId;
import org.impsiwf.sip.event.ReferTarget;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.RequestId;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.SubscriptionId;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.event.TransactionRef;
import org.impsiwf.ssp.primitives.Content;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** One of everything that a conversation can hear and be in. */
final class Samples {

    static final ServiceId PEER = new ServiceId("wv:@imps.example.com");
    static final TransactionRef TRANSACTION = new TransactionRef(PEER, "t1");
    static final MailboxKey KEY =
            new MailboxKey(MailboxKey.Kind.CONVERSATION, "alice@ims.example.com|bob@imps.example.com");
    static final Parties PARTIES = new Parties(
            "sip:alice@ims.example.com",
            "wv:alice@ims.example.com",
            "wv:bob@imps.example.com",
            "sip:bob@imps.example.com",
            PEER,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    static final Domains DOMAINS = new Domains() {
        @Override
        public Optional<Peer> serving(String domain) {
            return Optional.of(Peer.plain(PEER, true));
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.of(Peer.plain(PEER, true));
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return Optional.of(Peer.plain(PEER, true));
        }
    };

    private static final InviteUsageId USAGE = new InviteUsageId("usage");
    private static final MsrpSessionId SESSION = new MsrpSessionId(KEY.issue("session"));
    static final LocalEndpoint LOCAL = new LocalEndpoint("msrp://iwf/1;tcp", "iwf", 2855, false, Optional.empty());
    static final MessageMedia MEDIA = new MessageMedia(
            false,
            "192.0.2.1",
            2855,
            List.of("msrp://192.0.2.1:2855/a;tcp"),
            List.of("text/plain", "message/cpim"),
            List.of(),
            OptionalLong.empty(),
            MessageMedia.Setup.ACTIVE,
            MessageMedia.Direction.SENDRECV,
            Optional.empty(),
            false);
    private static final FarEnd FAR = FarEnd.of(MEDIA);

    private Samples() {}

    static Map<String, Leg> states(Instant now) {
        Map<String, Leg> states = new LinkedHashMap<>();
        Instant soon = now.plusSeconds(10);
        states.put("NoSession", new Leg.NoSession());
        states.put(
                "Answering",
                new Leg.Answering(USAGE, SESSION, Optional.of(FAR), Optional.empty(), Optional.empty(), soon));
        states.put("Offering", new Leg.Offering(SESSION, soon));
        states.put("Inviting", new Leg.Inviting(USAGE, SESSION, LOCAL, soon));
        states.put("Connecting", new Leg.Connecting(USAGE, SESSION, LOCAL, Optional.of(FAR), soon));
        states.put("Open", new Leg.Open(USAGE, SESSION, LOCAL, FAR, Optional.empty(), now.plusSeconds(600)));
        states.put("Rebuilding", new Leg.Rebuilding(USAGE, SESSION, false, Optional.of(LOCAL), soon));
        states.put("Leaving", new Leg.Leaving(Optional.of(USAGE), SESSION, soon));
        return states;
    }

    static Map<String, Event> events() {
        SipTransactionId transaction = new SipTransactionId("s1");
        SspRequestId unknown = new SspRequestId(KEY.issue("unknown"));
        return StateTableTest.named(
                sip(new SipEvent.InviteReceived(new InviteUsageId("new"), head(), Optional.of(MEDIA), List.of())),
                sip(new SipEvent.ReinviteReceived(USAGE, transaction, head(), Optional.of(MEDIA), List.of())),
                sip(new SipEvent.ReinviteReceived(
                        USAGE, transaction, head(), Optional.of(MEDIA), List.of(), listOf("sip:tom@ims.example.com"))),
                sip(new SipEvent.InviteCancelled(USAGE)),
                sip(new SipEvent.AckReceived(USAGE, Optional.empty())),
                sip(new SipEvent.InviteProgressed(USAGE, 180)),
                sip(new SipEvent.InviteAccepted(USAGE, head(), MEDIA)),
                sip(new SipEvent.InviteRefused(USAGE, SipEvent.FinalResponse.of(486, ""))),
                sip(new SipEvent.ReinviteAnswered(USAGE, SipEvent.FinalResponse.of(200, ""), Optional.of(MEDIA))),
                sip(new SipEvent.ByeReceived(USAGE, Optional.empty())),
                sip(new SipEvent.UsageEnded(USAGE, "session timer")),
                sip(new SipEvent.MessageReceived(
                        transaction, head(), Optional.of(new Body("text/plain", new byte[] {'a'})))),
                sip(new SipEvent.MessageAnswered(
                        new RequestId(KEY.issue("unknown")), SipEvent.FinalResponse.of(200, ""))),
                sip(new SipEvent.ReferReceived(
                        new ReferId("r1"),
                        Optional.of(USAGE),
                        head(),
                        List.of(new ReferTarget(new SipUri("sip:tom@ims.example.com"), "INVITE", Map.of())))),
                sip(new SipEvent.SubscribeReceived(
                        new SubscriptionId("s1"), Optional.of(USAGE), head(), Duration.ofHours(1))),
                sip(new SipEvent.SubscriptionRefreshed(new SubscriptionId("s1"), KEY.text())),
                sip(new SipEvent.SubscriptionEnded(new SubscriptionId("s1"), KEY.text(), "expired")),
                msrp(new MsrpEvent.SessionPrepared(SESSION, LOCAL)),
                msrp(new MsrpEvent.SessionConnected(SESSION)),
                msrp(new MsrpEvent.SessionFailed(SESSION, "reset")),
                msrp(new MsrpEvent.MessageReceived(
                        SESSION,
                        new ExchangeId("x1"),
                        "m1",
                        new MsrpContent("text/plain", new byte[] {'b'}),
                        SuccessReport.NO,
                        FailureReport.YES)),
                msrp(new MsrpEvent.NicknameReceived(SESSION, new ExchangeId("x2"), Optional.of("Al"))),
                msrp(new MsrpEvent.MessageBegun(
                        SESSION,
                        new ExchangeId("x3"),
                        "large-1",
                        new MsrpContent("message/cpim", new byte[0]),
                        OptionalLong.of(100_000),
                        SuccessReport.NO,
                        FailureReport.YES)),
                msrp(new MsrpEvent.MessageRelayed(SESSION, new ExchangeId("x3"), "large-1", SuccessReport.NO, 1, 0)),
                msrp(new MsrpEvent.RelayedMessageMissed(SESSION, "unknown", 408)),
                msrp(new MsrpEvent.MessageAccepted(SESSION, "unknown")),
                msrp(new MsrpEvent.MessageRefused(SESSION, "unknown", 413)),
                msrp(new MsrpEvent.ReportReceived(SESSION, "unknown", 200, Optional.empty())),
                ssp(new SspEvent.RequestReceived(PEER, TRANSACTION, message())),
                ssp(new SspEvent.RequestReceived(PEER, TRANSACTION, invitation())),
                ssp(new SspEvent.RequestReceived(PEER, TRANSACTION, cancellation())),
                ssp(new SspEvent.ResponseReceived(PEER, unknown, Status.of(200))),
                ssp(new SspEvent.RequestFailed(PEER, unknown, SspEvent.Cause.NO_ANSWER)),
                ssp(new SspEvent.PeerUp(PEER, List.of())),
                ssp(new SspEvent.PeerDown(PEER, "closed")),
                new Event.MessageShared(
                        new Origin.InSubmission("S:t1", 0),
                        new InstantMessage(
                                "9@imps.example.com",
                                "wv:bob@imps.example.com",
                                "wv:alice@ims.example.com",
                                Optional.empty(),
                                "text/plain",
                                new byte[] {'c'},
                                false)),
                new Event.TalkSought("E:u1", new Event.Marks(Optional.of(USAGE), Optional.empty(), Optional.empty())),
                new Event.ExtensionOver("E:u1"),
                new Event.ReplacementSought("P:/talk@imps.example.com!alice@ims.example.com"),
                new Event.SessionReplaced("P:/talk@imps.example.com!alice@ims.example.com", false),
                new Event.ReportDue(new Event.AskedBySend(SESSION.value(), "m0"), 200),
                new Event.DeadlineReached(),
                new Event.Draining(),
                new Event.TakenOver());
    }

    private static Conferencing listOf(String uri) {
        return new Conferencing(
                Optional.of(new UriList(List.of(UriList.Entry.to(new SipUri(uri))))), Optional.empty(), false);
    }

    private static Event sip(SipEvent event) {
        return new Event.Sip(event);
    }

    private static Event msrp(MsrpEvent event) {
        return new Event.Msrp(event);
    }

    private static Event ssp(SspEvent event) {
        return new Event.Ssp(event);
    }

    static RequestHead head() {
        NameAddr alice = NameAddr.of(new SipUri("sip:alice@ims.example.com"));
        SipUri bob = new SipUri("sip:bob@imps.example.com");
        return new RequestHead(
                bob,
                alice,
                NameAddr.of(bob),
                "call",
                new Originator(alice, false, Optional.empty(), "192.0.2.1:5060"),
                List.of(),
                Map.of());
    }

    private static MetaInformation bob() {
        return MetaInformation.ofUser(PEER, new UserId("wv:bob@imps.example.com"));
    }

    static SendMessageRequest message() {
        MessageInfo info = new MessageInfo(
                Optional.of(new MessageId("78@imps.example.com")),
                Optional.empty(),
                Optional.of("text/plain"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new MessageInfo.Recipient(User.of("wv:alice@ims.example.com"))),
                Optional.of(MessageInfo.Sender.of(User.of("wv:bob@imps.example.com"))),
                Optional.empty());
        return new SendMessageRequest(bob(), false, info, Optional.of(Content.text("hello")));
    }

    static InviteRequest invited() {
        return invitation();
    }

    private static InviteRequest invitation() {
        return new InviteRequest(
                bob(),
                new InviteId("i1"),
                InviteType.IM,
                User.of("wv:bob@imps.example.com"),
                User.of("wv:alice@ims.example.com"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CancelInviteRequest cancellation() {
        return new CancelInviteRequest(
                bob(),
                new InviteId("i1"),
                User.of("wv:bob@imps.example.com"),
                User.of("wv:alice@ims.example.com"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
