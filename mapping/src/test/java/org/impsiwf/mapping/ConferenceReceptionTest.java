package org.impsiwf.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose a SIP user's request to a conference is, and who is turned away at the door. */
class ConferenceReceptionTest {

    private final ReceptionDesk reception = new ReceptionDesk();
    private static final InviteUsageId USAGE = new InviteUsageId("usage1");

    private static final Optional<UriList> LIST =
            Optional.of(new UriList(List.of(UriList.Entry.to(new SipUri("sip:bob@imps.example.com")))));

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
        assertThat(reception.routed(invite(uri, LIST, false))).isEqualTo("E:usage1");
        assertThat(reception.routed(invite(uri, Optional.empty(), false))).isEqualTo("E:usage1");
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
        assertThat(reception.routed(invite("sip:conference@imps.example.com", Optional.empty(), false)))
                .isEqualTo("C:alice@ims.example.com|conference@imps.example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sip:conference@iwf.example.com", "sip:bob@imps.example.com", "sip:x@ims.example.com"})
    void aListFromAFocusIsAChatThatItsSenderHosts(String uri) {
        assertThat(reception.routed(invite(uri, LIST, true))).isEqualTo("H:usage1");
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
        assertThat(reception.routed(invite(uri, Optional.empty(), false))).isEqualTo(mailbox);
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
        assertThat(reception.routed(refer("sip:/room@imps.example.com", Optional.of(ours))))
                .isEqualTo("P:/room@imps.example.com!alice@ims.example.com");
        assertThat(reception.route(refer("sip:/room@imps.example.com", Optional.of(USAGE))))
                .isInstanceOf(Route.ByUsage.class);
        assertThat(reception.routed(refer("sip:/room@imps.example.com", Optional.empty())))
                .isEqualTo("P:/room@imps.example.com!alice@ims.example.com");
        assertThat(reception.sip(refer("sip:bob@imps.example.com", Optional.empty())))
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
        assertThat(reception.routed(subscribe)).isEqualTo("F:/room@imps.example.com");
        assertThat(reception.routed(
                        new SipEvent.SubscriptionRefreshed(new SubscriptionId("s1"), "F:/room@imps.example.com")))
                .isEqualTo("F:/room@imps.example.com");
        assertThat(reception.routed(
                        new SipEvent.SubscriptionEnded(new SubscriptionId("s1"), "F:/room@imps.example.com", "end")))
                .isEqualTo("F:/room@imps.example.com");
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

    private SipCommand.RefuseInvite refusedInvite(SipEvent.InviteReceived invite) {
        return (SipCommand.RefuseInvite) reception.sip(invite);
    }

    private int refusal(SipEvent.InviteReceived invite) {
        return refusedInvite(invite).refusal().status();
    }
}
