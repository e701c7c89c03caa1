package org.impsiwf.mapping.participation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.media.FarEnd;
import org.impsiwf.mapping.participation.Participation.Invited;
import org.impsiwf.mapping.participation.Participation.Member;
import org.impsiwf.mapping.participation.Participation.Room;
import org.impsiwf.msrp.event.ExchangeId;
import org.impsiwf.msrp.event.FailureReport;
import org.impsiwf.msrp.event.MsrpContent;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.msrp.event.MsrpSessionId;
import org.impsiwf.msrp.event.SuccessReport;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.event.SspRequestId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.JoinGroupResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.Status;

/** One of everything that a participation can hear and be in. */
final class Samples {

    private static final MsrpSessionId SESSION = new MsrpSessionId(Scene.KEY.issue("session"));
    private static final MessageMedia MEDIA = Scene.media("text/plain");
    private static final FarEnd FAR = FarEnd.of(MEDIA);
    private static final SspRequestId REQUEST = new SspRequestId(Scene.KEY.issue("request"));
    private static final Membership OUTSIDE = new Membership.Outside();
    private static final Membership JOINED = new Membership.Joined("alice", true);

    private Samples() {}

    /** Each state of the session, with the membership that it mostly has. */
    static Map<String, Participation> sessions(Instant now) {
        Instant soon = now.plusSeconds(8);
        Map<String, Participation> states = new LinkedHashMap<>();
        states.put("Answering", with(answering(soon), new Membership.Entering(REQUEST, now.plusSeconds(28)), now));
        states.put(
                "Offering",
                with(
                        new MemberLeg.Offering(SESSION, Optional.of(Scene.LOCAL), true, Optional.empty(), soon),
                        OUTSIDE,
                        now));
        states.put("Inviting", with(new MemberLeg.Inviting(Scene.USAGE, SESSION, Scene.LOCAL, soon), OUTSIDE, now));
        states.put(
                "Connecting",
                with(new MemberLeg.Connecting(Scene.USAGE, SESSION, Scene.LOCAL, Optional.of(FAR), soon), JOINED, now));
        states.put("Open", with(open(now), JOINED, now));
        states.put(
                "Rebuilding",
                with(
                        new MemberLeg.Rebuilding(Scene.USAGE, SESSION, false, Optional.of(Scene.LOCAL), soon),
                        JOINED,
                        now));
        states.put(
                "Away",
                with(new MemberLeg.Away(), new Membership.Leaving(REQUEST, 1, false, now.plusSeconds(28)), now));
        return states;
    }

    /** Each state of the membership, with the session that it mostly has. */
    static Map<String, Participation> memberships(Instant now) {
        Instant soon = now.plusSeconds(28);
        Map<String, Participation> states = new LinkedHashMap<>();
        states.put(
                "Outside",
                with(new MemberLeg.Inviting(Scene.USAGE, SESSION, Scene.LOCAL, now.plusSeconds(8)), OUTSIDE, now));
        states.put("Entering", with(answering(now.plusSeconds(28)), new Membership.Entering(REQUEST, soon), now));
        states.put("Joined", with(open(now), JOINED, now));
        states.put(
                "Renaming",
                with(
                        open(now),
                        new Membership.Renaming("alice", "Al", false, REQUEST, SESSION, new ExchangeId("x1"), soon),
                        now));
        states.put(
                "Leaving",
                with(new MemberLeg.Away(), new Membership.Leaving(REQUEST, 1, false, now.plusSeconds(28)), now));
        return states;
    }

    private static MemberLeg answering(Instant giveUpAt) {
        return new MemberLeg.Answering(
                Scene.USAGE, SESSION, Optional.of(FAR), Optional.of(Scene.LOCAL), Optional.empty(), Map.of(), giveUpAt);
    }

    private static MemberLeg open(Instant now) {
        return new MemberLeg.Open(Scene.USAGE, SESSION, Scene.LOCAL, FAR, Optional.empty(), now.plusSeconds(21_600));
    }

    private static Participation with(MemberLeg leg, Membership membership, Instant now) {
        Participation begin = Participation.begin(
                new Room(Scene.ROOM, Scene.HOST),
                new Member("sip:alice@ims.example.com", "wv:alice@ims.example.com", Optional.empty(), "alice"));
        boolean invited = leg instanceof MemberLeg.Offering || leg instanceof MemberLeg.Inviting;
        Invited invitation = new Invited(
                "i1", "wv:bob@imps.example.com", Optional.empty(), Scene.HOST, false, true, now.plusSeconds(60));
        return new Participation(
                begin.room(),
                begin.member(),
                leg,
                membership,
                List.of(),
                List.of(),
                invited ? List.of(invitation) : List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Recent.NONE,
                0,
                Optional.empty(),
                false);
    }

    static Map<String, Event> ofSessions() {
        SipTransactionId transaction = new SipTransactionId("s1");
        InviteUsageId fresh = new InviteUsageId("new");
        Map<String, Event> events = new LinkedHashMap<>();
        sip(
                events,
                new SipEvent.InviteReceived(fresh, Scene.head(Scene.ROOM.sipUri()), Optional.of(MEDIA), List.of()),
                new SipEvent.ReinviteReceived(
                        Scene.USAGE, transaction, Scene.head(Scene.ROOM.sipUri()), Optional.of(MEDIA), List.of()),
                new SipEvent.InviteCancelled(Scene.USAGE),
                new SipEvent.AckReceived(Scene.USAGE, Optional.empty()),
                new SipEvent.InviteProgressed(Scene.USAGE, 180),
                new SipEvent.InviteAccepted(Scene.USAGE, Scene.head(Scene.ROOM.sipUri()), MEDIA),
                new SipEvent.InviteRefused(Scene.USAGE, SipEvent.FinalResponse.of(486, "")),
                new SipEvent.ReinviteAnswered(Scene.USAGE, SipEvent.FinalResponse.of(200, ""), Optional.of(MEDIA)),
                new SipEvent.ByeReceived(Scene.USAGE, Optional.empty()),
                new SipEvent.UsageEnded(Scene.USAGE, "session timer"));
        msrp(
                events,
                new MsrpEvent.SessionPrepared(SESSION, Scene.LOCAL),
                new MsrpEvent.SessionConnected(SESSION),
                new MsrpEvent.SessionFailed(SESSION, "reset"),
                new MsrpEvent.MessageReceived(
                        SESSION,
                        new ExchangeId("x2"),
                        "m1",
                        new MsrpContent("text/plain", new byte[] {'b'}),
                        SuccessReport.NO,
                        FailureReport.YES),
                new MsrpEvent.NicknameReceived(SESSION, new ExchangeId("x3"), Optional.of("Al")),
                new MsrpEvent.MessageBegun(
                        SESSION,
                        new ExchangeId("x4"),
                        "large-1",
                        new MsrpContent(
                                "message/cpim",
                                ("From: <sip:alice@ims.example.com>\r\nTo: <" + Scene.ROOM.sipUri()
                                                + ">\r\n\r\nContent-Type: image/png\r\n\r\n")
                                        .getBytes(UTF_8)),
                        OptionalLong.of(100_000),
                        SuccessReport.NO,
                        FailureReport.YES),
                new MsrpEvent.MessageRelayed(SESSION, new ExchangeId("x4"), "large-1", SuccessReport.NO, 1, 0),
                new MsrpEvent.RelayedMessageMissed(SESSION, "unknown", 408),
                new MsrpEvent.MessageAccepted(SESSION, "unknown"),
                new MsrpEvent.MessageRefused(SESSION, "unknown", 413),
                new MsrpEvent.ReportReceived(SESSION, "unknown", 200, Optional.empty()));
        events.put("ReplacementNamed", new Event.ReplacementNamed("C:talk", Optional.empty(), false, Map.of()));
        events.put("MessageSaid", Scene.said("d1", "1@imps.example.com", "hi"));
        events.put("PutOut", new Event.PutOut("kicked", false));
        events.put("DeadlineReached", new Event.DeadlineReached());
        events.put("Draining", new Event.Draining());
        events.put("TakenOver", new Event.TakenOver());
        return events;
    }

    static Map<String, Event> ofMemberships() {
        Map<String, Event> events = new LinkedHashMap<>();
        events.put("JoinGroupResponse 200", response(Scene.joined()));
        events.put("JoinGroupResponse 200 with another name", response(renamed()));
        events.put("Status 200", response(Status.of(200)));
        events.put("Status 807", response(Status.of(807)));
        events.put("Status 808", response(Status.of(808)));
        events.put("Status 817", response(Status.of(817)));
        for (SspEvent.Cause cause : SspEvent.Cause.values()) {
            events.put("RequestFailed " + cause, new Event.Ssp(new SspEvent.RequestFailed(Scene.HOST, REQUEST, cause)));
        }
        events.put(
                "NICKNAME",
                new Event.Msrp(new MsrpEvent.NicknameReceived(SESSION, new ExchangeId("x3"), Optional.of("Al"))));
        events.put("BYE", new Event.Sip(new SipEvent.ByeReceived(Scene.USAGE, Optional.empty())));
        events.put("PutOut", new Event.PutOut("kicked", false));
        events.put("DeadlineReached", new Event.DeadlineReached());
        return events;
    }

    private static Primitive renamed() {
        return new JoinGroupResponse(
                Status.of(200),
                List.of("alice2"),
                Optional.of(ScreenName.in(new GroupId("wv:/room@imps.example.com"), "alice2")),
                Optional.empty());
    }

    private static Event response(Primitive primitive) {
        return new Event.Ssp(new SspEvent.ResponseReceived(Scene.HOST, REQUEST, primitive));
    }

    private static void sip(Map<String, Event> events, SipEvent... all) {
        for (SipEvent event : all) {
            events.put("SIP " + event.getClass().getSimpleName(), new Event.Sip(event));
        }
    }

    private static void msrp(Map<String, Event> events, MsrpEvent... all) {
        for (MsrpEvent event : all) {
            events.put("MSRP " + event.getClass().getSimpleName(), new Event.Msrp(event));
        }
    }
}
