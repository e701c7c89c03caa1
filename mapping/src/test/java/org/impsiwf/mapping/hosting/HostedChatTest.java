package org.impsiwf.mapping.hosting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.impsiwf.mapping.decision.Orders;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.ConferenceKeys;
import org.impsiwf.mapping.event.Domains;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.event.Peer;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.MessageMedia;
import org.impsiwf.sip.event.NameAddr;
import org.impsiwf.sip.event.Originator;
import org.impsiwf.sip.event.RequestHead;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.ssp.primitives.ServiceId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The chat flow of the SIMPLE change request: Bob hosts, Tom and Alice are invited; beth is an IMPS user. */
class HostedChatTest {

    private static final ServiceId PEER = new ServiceId("wv:@imps.example.com");
    private static final InviteUsageId INVITE = new InviteUsageId("0123456789abcdef");
    private static final MailboxKey KEY = ConferenceKeys.ofInvite(MailboxKey.Kind.HOSTED, INVITE);
    private static final SipTransactionId TX = new SipTransactionId("tx");
    private static final Policy POLICY = Policy.of("wv:@iwf.example.com", List.of("ims.example.com"));
    private static final Domains DOMAINS = new Domains() {
        @Override
        public Optional<Peer> serving(String domain) {
            return domain.equals("imps.example.com") ? named(PEER) : Optional.empty();
        }

        @Override
        public Optional<Peer> forTelephoneNumbers() {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> named(ServiceId id) {
            return Optional.of(Peer.plain(PEER, true));
        }
    };

    private static MessageMedia media(String who, MessageMedia.Setup setup) {
        return new MessageMedia(
                false,
                "192.0.2.1",
                7654,
                List.of("msrp://" + who + ".example.com:7654/room;tcp"),
                List.of("message/cpim", "text/plain"),
                List.of("*"),
                OptionalLong.empty(),
                setup,
                MessageMedia.Direction.SENDRECV,
                Optional.empty(),
                false);
    }

    private static final MessageMedia BOBS = media("bob", MessageMedia.Setup.ACTPASS);
    private static final MessageMedia TOMS = media("tom", MessageMedia.Setup.ACTIVE);

    private static RequestHead head(String to) {
        var bob = NameAddr.of(new SipUri("sip:bob@ims.example.com"));
        return new RequestHead(
                new SipUri(to),
                bob,
                NameAddr.of(new SipUri(to)),
                "call-1",
                new Originator(bob, false, Optional.empty(), "192.0.2.1:5060"),
                List.of(),
                Map.of("subject", List.of("Tea")));
    }

    /** A chat that lives, and what was ordered last. */
    private static final class Chat {
        private Optional<HostedChat> state = Optional.empty();
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private List<Command> orders = List.of();
        private int ids;

        Chat on(SipEvent event) {
            return on(new Event.Sip(event));
        }

        Chat on(Event event) {
            var moment = new Moment(now, () -> "id" + ++ids, DOMAINS, POLICY);
            var outcome = HostedChatRules.decide(KEY, state, event, moment);
            state = outcome.next();
            orders = outcome.commands();
            return this;
        }

        Chat invited(String... users) {
            var entries = new ArrayList<UriList.Entry>();
            for (String user : users) {
                entries.add(UriList.Entry.to(new SipUri("sip:" + user + ".example.com")));
            }
            return on(new SipEvent.InviteReceived(
                    INVITE,
                    head("sip:conference@iwf.example.com"),
                    Optional.of(BOBS),
                    List.of(),
                    new Conferencing(Optional.of(new UriList(entries)), Optional.empty(), true)));
        }

        <C extends SipCommand> List<C> sip(Class<C> type) {
            return orders.stream()
                    .filter(Command.Sip.class::isInstance)
                    .map(order -> ((Command.Sip) order).command())
                    .filter(type::isInstance)
                    .map(type::cast)
                    .toList();
        }

        List<SipEvent> toldToTalks() {
            return orders.stream()
                    .filter(Command.Tell.class::isInstance)
                    .map(order -> ((Event.Sip) ((Command.Tell) order).event()).event())
                    .toList();
        }

        List<InviteUsageId> ended() {
            return sip(SipCommand.EndUsage.class).stream()
                    .map(SipCommand.EndUsage::usage)
                    .toList();
        }

        /** The invitee answers and the host acknowledges; gives the dialog between the host and that invitee. */
        InviteUsageId seated(InviteUsageId invitation) {
            on(new SipEvent.InviteAccepted(invitation, head("sip:tom@ims.example.com"), TOMS));
            InviteUsageId dialog = sip(SipCommand.AcceptInvite.class).getFirst().usage();
            List<Command> answer = orders;
            on(new SipEvent.AckReceived(dialog, Optional.empty()));
            orders = answer;
            return dialog;
        }
    }

    /** A chat with both invitees in it. */
    private static final class Full {
        final Chat chat = new Chat().invited("tom@ims", "alice@ims");
        final InviteUsageId tom;
        final InviteUsageId alice;
        final InviteUsageId bobWithTom;
        final InviteUsageId bobWithAlice;

        Full() {
            var invitations = chat.sip(SipCommand.SendInvite.class);
            tom = invitations.get(0).usage();
            alice = invitations.get(1).usage();
            bobWithTom = chat.seated(tom);
            bobWithAlice = chat.seated(alice);
        }
    }

    @Test
    @Tag("CHAT-01")
    @Tag("CHAT-02")
    @Tag("CHAT-03")
    @Tag("CHAT-21")
    void eachInviteeIsInvitedByTheHostWithTheHostsOwnMedia() {
        var chat = new Chat().invited("tom@ims", "alice@ims");
        var invitations = chat.sip(SipCommand.SendInvite.class);
        assertThat(invitations)
                .extracting(invite -> invite.target().value())
                .containsExactly("sip:tom@ims.example.com", "sip:alice@ims.example.com");
        assertThat(invitations).allSatisfy(invite -> {
            assertThat(invite.sender().from().uri().value()).isEqualTo("sip:bob@ims.example.com");
            assertThat(invite.offer())
                    .as("the path is the host's, no hop of ours")
                    .isEqualTo(BOBS);
            assertThat(invite.headers()).containsEntry("Subject", "Tea");
            assertThat(invite.otherBodies()).hasSize(1);
        });
        assertThat(chat.orders).noneMatch(Command.Msrp.class::isInstance);
    }

    @Test
    @Tag("CHAT-06")
    @Tag("CHAT-07")
    @Tag("CHAT-08")
    @Tag("CHAT-09")
    @Tag("CHAT-10")
    void eachAnswerComesToTheHostInADialogOfItsOwn() {
        var chat = new Chat().invited("tom@ims", "alice@ims");
        var invitations = chat.sip(SipCommand.SendInvite.class);
        assertThat(chat.on(new SipEvent.InviteProgressed(invitations.get(0).usage(), 180))
                        .sip(SipCommand.RingInvite.class))
                .extracting(SipCommand.RingInvite::usage)
                .containsExactly(INVITE);
        InviteUsageId first = chat.seated(invitations.get(0).usage());
        assertThat(chat.sip(SipCommand.ForkInvite.class)).containsExactly(new SipCommand.ForkInvite(INVITE, first));
        assertThat(chat.sip(SipCommand.AcceptInvite.class).getFirst().media()).isEqualTo(TOMS);
        assertThat(chat.sip(SipCommand.RefuseInvite.class))
                .as("Alice may still answer")
                .isEmpty();
        InviteUsageId second = chat.seated(invitations.get(1).usage());
        assertThat(second).isNotEqualTo(first);
        assertThat(chat.sip(SipCommand.RefuseInvite.class))
                .as("nobody is waited for any more; nothing is said on the wire")
                .hasSize(1);
        assertThat(chat.state.orElseThrow().settled()).isTrue();
    }

    @Test
    @Tag("CHAT-15")
    void whoLeavesEndsItsOwnLeg_andTheRoomEndsBelowTwo() {
        var full = new Full();
        full.chat.on(new SipEvent.ByeReceived(full.alice, Optional.empty()));
        assertThat(full.chat.ended()).containsExactly(full.bobWithAlice);
        assertThat(full.chat.state).as("Bob and Tom go on").isPresent();
        full.chat.on(new SipEvent.ByeReceived(full.tom, Optional.empty()));
        assertThat(full.chat.ended()).containsExactly(full.bobWithTom);
        assertThat(full.chat.state).as("Bob is alone").isEmpty();
    }

    @Test
    @Tag("CHAT-16")
    @Tag("CHAT-17")
    @Tag("CHAT-20")
    @Tag("CHAT-22")
    void whenTheHostLeavesEverybodyIsToldSo() {
        var full = new Full();
        full.chat.on(new SipEvent.ByeReceived(full.bobWithTom, Optional.empty()));
        assertThat(full.chat.ended()).containsExactlyInAnyOrder(full.tom, full.bobWithAlice, full.alice);
        assertThat(full.chat.state).isEmpty();
    }

    @Test
    void aDialogThatIsLostEndsItsLegAlone() {
        var full = new Full();
        full.chat.on(new SipEvent.UsageEnded(full.tom, "session timer"));
        assertThat(full.chat.ended()).containsExactly(full.bobWithTom);
        assertThat(full.chat.state).isPresent();
    }

    @Test
    void aRefusalIsThatInviteesAlone() {
        var chat = new Chat().invited("tom@ims", "alice@ims");
        var invitations = chat.sip(SipCommand.SendInvite.class);
        chat.on(new SipEvent.InviteRefused(invitations.get(1).usage(), SipEvent.FinalResponse.of(603, "Declined")));
        assertThat(chat.orders).isEmpty();
        chat.seated(invitations.get(0).usage());
        assertThat(chat.sip(SipCommand.AcceptInvite.class)).hasSize(1);
        assertThat(chat.state).isPresent();
    }

    @Test
    void whenNobodyComesTheHostHearsWhy() {
        var chat = new Chat().invited("tom@ims");
        InviteUsageId tom = chat.sip(SipCommand.SendInvite.class).getFirst().usage();
        chat.on(new SipEvent.InviteRefused(tom, SipEvent.FinalResponse.of(486, "Busy")));
        assertThat(chat.sip(SipCommand.RefuseInvite.class).getFirst().refusal().status())
                .isEqualTo(486);
        assertThat(chat.state).isEmpty();
    }

    @Test
    void aHostThatGivesUpTakesItsInvitationsBack() {
        var chat = new Chat().invited("tom@ims", "beth@imps");
        InviteUsageId tom = chat.sip(SipCommand.SendInvite.class).getFirst().usage();
        chat.on(new SipEvent.InviteCancelled(INVITE));
        assertThat(chat.ended()).contains(tom);
        assertThat(chat.toldToTalks()).singleElement().isInstanceOf(SipEvent.InviteCancelled.class);
        assertThat(chat.state).isEmpty();
        chat.on(new SipEvent.InviteAccepted(tom, head("sip:tom@ims.example.com"), TOMS));
        assertThat(chat.sip(SipCommand.AcceptInvite.class)).isEmpty();
    }

    @Test
    @Tag("CHAT-04")
    void anImpsUserIsSpokenForByTheHostsTalkWithIt_whichConnectsToTheHost() {
        var chat = new Chat().invited("beth@imps");
        assertThat(chat.sip(SipCommand.SendInvite.class)).isEmpty();
        InviteUsageId dialog = chat.sip(SipCommand.ForkInvite.class).getFirst().fork();
        var invite = (SipEvent.InviteReceived) chat.toldToTalks().getFirst();
        assertThat(invite.usage()).isEqualTo(dialog);
        assertThat(invite.head().requestUri().value()).isEqualTo("sip:beth@imps.example.com");
        assertThat(invite.offer().orElseThrow().path()).isEqualTo(BOBS.path());
        assertThat(invite.offer().orElseThrow().setup())
                .as("so that our end is the active one")
                .isEqualTo(MessageMedia.Setup.PASSIVE);
        chat.on(new SipEvent.AckReceived(dialog, Optional.empty()));
        assertThat(chat.toldToTalks()).singleElement().isInstanceOf(SipEvent.AckReceived.class);
        assertThat(chat.state.orElseThrow().settled()).isTrue();
        chat.on(new SipEvent.ByeReceived(dialog, Optional.empty()));
        assertThat(chat.toldToTalks()).singleElement().isInstanceOf(SipEvent.ByeReceived.class);
        assertThat(chat.state).isEmpty();
    }

    @Test
    @Tag("CHAT-20")
    void whenTheHostLeavesTheTalkOfAnImpsUserHearsIt() {
        var chat = new Chat().invited("tom@ims", "beth@imps");
        InviteUsageId beth = chat.sip(SipCommand.ForkInvite.class).getFirst().fork();
        InviteUsageId tom = chat.sip(SipCommand.SendInvite.class).getFirst().usage();
        chat.on(new SipEvent.AckReceived(beth, Optional.empty()));
        InviteUsageId bobWithTom = chat.seated(tom);
        chat.on(new SipEvent.ByeReceived(bobWithTom, Optional.empty()));
        assertThat(chat.ended()).containsExactlyInAnyOrder(tom, beth);
        assertThat(chat.toldToTalks()).singleElement().isInstanceOf(SipEvent.ByeReceived.class);
    }

    @Test
    @Tag("CHAT-15")
    void aTalkThatHasEndedGivesItsLegBack_whoseEndIsThatLegsAlone() {
        var chat = new Chat().invited("tom@ims", "beth@imps");
        InviteUsageId beth = chat.sip(SipCommand.ForkInvite.class).getFirst().fork();
        chat.seated(chat.sip(SipCommand.SendInvite.class).getFirst().usage());
        chat.on(new SipEvent.AckReceived(beth, Optional.empty()));
        var talk = new Orders(
                new MailboxKey(MailboxKey.Kind.CONVERSATION, "bob@ims.example.com|beth@imps.example.com"),
                new Moment(chat.now, () -> "id", DOMAINS, POLICY));
        talk.forget(beth);
        var told = (Command.Tell) talk.commands().getFirst();
        assertThat(told.to()).isEqualTo(KEY);
        chat.on(told.event());
        assertThat(chat.orders).as("the talk has said BYE itself").isEmpty();
        assertThat(chat.state).isPresent();
        chat.on(told.event());
        assertThat(chat.orders).isEmpty();
    }

    @Test
    void whoHasNotAnsweredInTimeIsNotComing() {
        var chat = new Chat().invited("tom@ims", "beth@imps");
        InviteUsageId tom = chat.sip(SipCommand.SendInvite.class).getFirst().usage();
        chat.seated(tom);
        chat.on(new Event.DeadlineReached());
        assertThat(chat.orders).as("too early").isEmpty();
        chat.now = chat.state.orElseThrow().deadline().orElseThrow();
        chat.on(new Event.DeadlineReached());
        assertThat(chat.toldToTalks()).singleElement().isInstanceOf(SipEvent.InviteCancelled.class);
        assertThat(chat.state.orElseThrow().settled()).isTrue();
        chat.now = chat.now.plus(Duration.ofHours(7));
        chat.on(new Event.DeadlineReached());
        assertThat(chat.state.orElseThrow().deadline().orElseThrow()).isAfter(chat.now);
    }

    @Test
    void aNewPathOfOneSideIsTheOthersToAnswer_RFC3264_8() {
        var full = new Full();
        MessageMedia moved = media("tom2", MessageMedia.Setup.ACTIVE);
        full.chat.on(new SipEvent.ReinviteReceived(
                full.tom, TX, head("sip:bob@ims.example.com"), Optional.of(moved), List.of()));
        assertThat(full.chat.sip(SipCommand.SendReinvite.class))
                .containsExactly(new SipCommand.SendReinvite(full.bobWithTom, moved));
        full.chat.on(new SipEvent.ReinviteReceived(
                full.bobWithTom, new SipTransactionId("tx2"), head("sip:tom@x"), Optional.of(BOBS), List.of()));
        assertThat(full.chat
                        .sip(SipCommand.RefuseReinvite.class)
                        .getFirst()
                        .refusal()
                        .status())
                .isEqualTo(491);
        full.chat.on(new SipEvent.ReinviteAnswered(
                full.bobWithTom, SipEvent.FinalResponse.of(200, "OK"), Optional.of(BOBS)));
        assertThat(full.chat.sip(SipCommand.AcceptReinvite.class))
                .containsExactly(new SipCommand.AcceptReinvite(full.tom, TX, BOBS));
    }

    @Test
    void tooManyInviteesAre403WithAWarning() {
        var many = new String[21];
        for (int i = 0; i < many.length; i++) {
            many[i] = "user" + i + "@ims";
        }
        var chat = new Chat().invited(many);
        var refusal = chat.sip(SipCommand.RefuseInvite.class).getFirst().refusal();
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.headers()).containsKey("Warning");
        assertThat(chat.state).isEmpty();
        assertThat(chat.sip(SipCommand.SendInvite.class)).isEmpty();
    }

    @Test
    void whoIsServedByNobodyIsNotInvitedAndNamed_RFC5318() {
        var refusal = new Chat()
                .invited("bob@ims", "x@elsewhere")
                .sip(SipCommand.RefuseInvite.class)
                .getFirst()
                .refusal();
        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal.headers())
                .as("the host itself is on its list and is not refused")
                .containsExactly(Map.entry("P-Refused-URI-List", "<sip:x@elsewhere.example.com>"));
    }

    @Test
    void whoIsLeftOutIsNamedWithTheAnswersOfTheOthers_RFC5318() {
        var chat = new Chat().invited("tom@ims", "x@elsewhere");
        InviteUsageId tom = chat.sip(SipCommand.SendInvite.class).getFirst().usage();
        chat.on(new SipEvent.InviteAccepted(tom, head("sip:tom@ims.example.com"), TOMS));
        assertThat(chat.sip(SipCommand.AcceptInvite.class).getFirst().headers())
                .containsExactly(Map.entry("P-Refused-URI-List", "<sip:x@elsewhere.example.com>"));
    }
}
