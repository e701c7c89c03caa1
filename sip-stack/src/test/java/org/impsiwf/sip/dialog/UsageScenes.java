package org.impsiwf.sip.dialog;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.sip.event.Body;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand.Response;
import org.impsiwf.sip.event.SipEvent.FinalResponse;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.sdp.SdpException;
import org.impsiwf.sip.sdp.SdpPolicy;
import org.impsiwf.sip.sdp.SdpSession;

/** Usages in each state and one event of each kind, for tests and for the page that shows the machine. */
final class UsageScenes {

    static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    static final InviteUsageMachine MACHINE = new InviteUsageMachine(TimerPolicy.DEFAULT, SdpPolicy.DEFAULT);
    static final String NODE = "k3x9";
    static final SipTransactionId TX = new SipTransactionId("tx");
    static final byte[] SDP = ("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
                    + "m=message 7654 TCP/MSRP *\r\na=accept-types:text/plain\r\na=path:msrp://127.0.0.1:7654/abc;tcp\r\n")
            .getBytes(StandardCharsets.UTF_8);
    static final MessageMedia OURS = new MessageMedia(
            false,
            "127.0.0.1",
            2855,
            List.of("msrp://127.0.0.1:2855/ours;tcp"),
            List.of("text/plain"),
            List.of(),
            OptionalLong.empty(),
            MessageMedia.Setup.PASSIVE,
            MessageMedia.Direction.SENDRECV,
            Optional.empty(),
            false);
    static final NameAddr ALICE = NameAddr.of(new SipUri("sip:alice@ims.example.com"));
    static final NameAddr BOB = NameAddr.of(new SipUri("sip:bob@imps.example.com"));
    static final SipUri CONTACT = new SipUri("sip:alice@192.0.2.1:5060");
    static final RequestHead HEAD = new RequestHead(
            BOB.uri(),
            ALICE,
            BOB,
            "call-1",
            new Originator(ALICE, false, Optional.empty(), "192.0.2.1:5060"),
            List.of(),
            Map.of());
    static final TimerTerms REFRESHED_BY_THEM = new TimerTerms(
            Optional.of(Duration.ofMinutes(10)), Optional.of(TimerTerms.Refresher.UAC), Optional.empty(), true);

    private UsageScenes() {}

    static InviteUsage called(TimerTerms terms) {
        Dialog dialog = Dialog.called("call-1", "ours", "theirs", BOB, ALICE, CONTACT, List.of(), 1);
        try {
            var offer = SdpSession.start("42").receiveOffer(SDP, SdpPolicy.DEFAULT);
            return InviteUsage.called(
                    new InviteUsageId("ours"),
                    dialog,
                    offer.next(),
                    terms,
                    true,
                    true,
                    Optional.empty(),
                    ALICE,
                    T0.plusSeconds(180));
        } catch (SdpException e) {
            throw new IllegalStateException(e);
        }
    }

    static InviteUsage calling() {
        Dialog dialog = Dialog.calling("call-1", "ours", BOB, ALICE, ALICE.uri());
        return InviteUsage.calling(
                new InviteUsageId("x#1"),
                dialog,
                SdpSession.start("42").offer(OURS).next(),
                TimerPolicy.DEFAULT.ask(Optional.empty()),
                Optional.empty(),
                T0.plusSeconds(60));
    }

    static InviteUsage after(InviteUsage usage, UsageEvent... events) {
        InviteUsage now = usage;
        for (UsageEvent event : events) {
            now = MACHINE.decide(now, event, T0).next().orElseThrow();
        }
        return now;
    }

    static InviteUsage talkingAsCallee(TimerTerms terms) {
        return after(
                called(terms),
                new UsageEvent.Accept(OURS, Optional.empty(), Map.of()),
                new UsageEvent.Acknowledged(1, Optional.empty()));
    }

    static UsageEvent.Accepted accepted(long cseq, String tag, TimerTerms terms) {
        return new UsageEvent.Accepted(
                cseq, tag, CONTACT, List.of(), HEAD, Optional.of(SDP), terms, true, Optional.empty());
    }

    static UsageEvent.Refused refused(long cseq, int status) {
        return new UsageEvent.Refused(cseq, FinalResponse.of(status, "No"), Optional.empty());
    }

    static UsageEvent.ReinviteRequested reinvite(long cseq, boolean update, Optional<byte[]> sdp) {
        return new UsageEvent.ReinviteRequested(
                TX, cseq, update, HEAD, CONTACT, sdp, List.<Body>of(), Conferencing.NONE, TimerTerms.NONE);
    }

    /** One usage in every state, in the order of a life. */
    static Map<String, InviteUsage> states() {
        var states = new LinkedHashMap<String, InviteUsage>();
        InviteUsage talking = talkingAsCallee(TimerTerms.NONE);
        states.put("Called", called(TimerTerms.NONE));
        states.put("Answered", after(called(TimerTerms.NONE), new UsageEvent.Accept(OURS, Optional.empty(), Map.of())));
        states.put("Calling", calling());
        states.put("Cancelling", after(calling(), new UsageEvent.End(Optional.empty())));
        states.put("Talking, Quiet", talking);
        states.put("Talking, Asking", after(talking, new UsageEvent.Reinvite(OURS, Optional.empty())));
        states.put(
                "Talking, Yielding", after(talking, new UsageEvent.Reinvite(OURS, Optional.empty()), refused(1, 491)));
        InviteUsage asked = after(talking, reinvite(2, false, Optional.of(SDP)));
        states.put("Talking, Asked", asked);
        states.put(
                "Talking, Unacknowledged",
                after(asked, new UsageEvent.AcceptReinvite(TX, OURS, Optional.empty(), Map.of())));
        states.put("Ending", after(talking, new UsageEvent.End(Optional.empty())));
        states.put("Over", after(calling(), refused(1, 486)));
        states.replaceAll((name, usage) -> usage.on(Optional.of(NODE)));
        return states;
    }

    /** One event of each kind that means something in that state where there is a choice. */
    static Map<String, UsageEvent> events(InviteUsage usage) {
        long own = usage.weCalled() && !(usage.state() instanceof UsageState.Talking)
                ? usage.inviteCSeq()
                : usage.dialog().localCSeq();
        long theirs = Math.max(usage.dialog().remoteCSeq(), usage.inviteCSeq()) + 1;
        long acknowledged =
                usage.state() instanceof UsageState.Talking ? usage.dialog().remoteCSeq() : usage.inviteCSeq();
        String tag =
                usage.dialog().remoteTag().isEmpty() ? "theirs" : usage.dialog().remoteTag();
        var events = new LinkedHashMap<String, UsageEvent>();
        events.put("Ring", new UsageEvent.Ring());
        events.put("Accept", new UsageEvent.Accept(OURS, Optional.empty(), Map.of()));
        events.put("Refuse", new UsageEvent.Refuse(Response.of(486)));
        events.put("Reinvite", new UsageEvent.Reinvite(OURS, Optional.empty()));
        events.put("AcceptReinvite", new UsageEvent.AcceptReinvite(TX, OURS, Optional.empty(), Map.of()));
        events.put("RefuseReinvite", new UsageEvent.RefuseReinvite(TX, Response.of(488)));
        events.put("End", new UsageEvent.End(Optional.empty()));
        events.put("Cancelled", new UsageEvent.Cancelled());
        events.put("Acknowledged", new UsageEvent.Acknowledged(acknowledged, Optional.empty()));
        events.put("ByeRequested", new UsageEvent.ByeRequested(TX, theirs, Optional.empty()));
        events.put("ReinviteRequested", reinvite(theirs, false, Optional.of(SDP)));
        events.put("ReinviteRequested (UPDATE, no offer)", reinvite(theirs, true, Optional.empty()));
        events.put("OtherRequested", new UsageEvent.OtherRequested(TX, theirs, Response.of(405)));
        events.put("OtherUsageRequested", new UsageEvent.OtherUsageRequested(TX, theirs, Optional.empty()));
        events.put("SendNotify", new UsageEvent.SendNotify("sub", Map.of(), Optional.empty()));
        events.put("Requested out of order", new UsageEvent.OtherRequested(TX, -1, Response.of(405)));
        events.put("Progressed", new UsageEvent.Progressed(180, "from-callee"));
        events.put("Accepted", accepted(own, tag, TimerTerms.NONE));
        events.put("Accepted (another fork)", accepted(own, "fork", TimerTerms.NONE));
        events.put("Refused (486)", refused(own, 486));
        events.put("Refused (481)", refused(own, 481));
        events.put("Refused (491)", refused(own, 491));
        events.put("ByeDone", new UsageEvent.ByeDone());
        events.put("DeadlineReached", new UsageEvent.DeadlineReached());
        events.put("NodeLost", new UsageEvent.NodeLost(NODE));
        return events;
    }
}
