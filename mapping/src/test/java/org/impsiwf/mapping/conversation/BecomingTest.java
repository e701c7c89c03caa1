package org.impsiwf.mapping.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.mapping.conversation.OpenTalk.PARTICIPATION;
import static org.impsiwf.mapping.conversation.OpenTalk.USAGE;
import static org.impsiwf.mapping.conversation.OpenTalk.head;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.mapping.Interworking;
import org.impsiwf.mapping.event.Command;
import org.impsiwf.mapping.event.Event;
import org.impsiwf.mapping.event.Event.Marks;
import org.impsiwf.mapping.event.MailboxKey;
import org.impsiwf.mapping.event.Policy.Conferences.Replacing;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.sip.event.SipTransactionId;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.InvitationPrimitive.CancelInviteRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A talk that becomes a group, or does not: which session is meant, and how it is named to the client. */
class BecomingTest {

    private final OpenTalk talk = new OpenTalk();
    private static final String EXTENSION = "E:u2";

    static Stream<Marks> marksOfTheSession() {
        return Stream.of(
                new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty()),
                new Marks(Optional.empty(), Optional.of("call"), Optional.empty()),
                new Marks(Optional.empty(), Optional.empty(), Optional.of("contribution-1")),
                new Marks(Optional.empty(), Optional.empty(), Optional.of("5ca1ab1e;remote=0")),
                new Marks(Optional.empty(), Optional.of("call"), Optional.of("call")));
    }

    @ParameterizedTest
    @MethodSource("marksOfTheSession")
    @Tag("SIPX-11")
    void isMeantByAnyNameThatItsClientHasForTheSession(Marks marks) {
        talk.open();
        talk.put(new Event.TalkSought(EXTENSION, marks));
        assertThat(talk.told(EXTENSION)).containsExactly(new Event.TalkNamed(Samples.KEY.text(), true, false));
    }

    @Test
    void isNotMeantByOtherNamesNorWithoutASession() {
        talk.open();
        talk.put(sought(new Marks(
                Optional.of(new InviteUsageId("other")), Optional.of("other"), Optional.of("contribution-2"))));
        assertThat(talk.told(EXTENSION)).containsExactly(new Event.TalkNamed(Samples.KEY.text(), false, false));
        talk.put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        talk.put(sought(new Marks(Optional.of(USAGE), Optional.of("call"), Optional.empty())));
        assertThat(talk.told(EXTENSION)).containsExactly(new Event.TalkNamed(Samples.KEY.text(), false, false));
    }

    @Test
    void whoAsksForATalkThatNeverWasIsToldSo() {
        Interworking interworking = new Interworking(talk.policy, Samples.DOMAINS, () -> "id");
        var marks = new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty());
        assertThat(interworking
                        .decide(Samples.KEY, Optional.empty(), sought(marks), talk.now)
                        .commands())
                .containsExactly(new Command.Tell(
                        MailboxKey.parse(EXTENSION).orElseThrow(),
                        new Event.TalkNamed(Samples.KEY.text(), false, false)));
        assertThat(interworking
                        .decide(Samples.KEY, Optional.empty(), new Event.ReplacementSought(PARTICIPATION), talk.now)
                        .commands())
                .containsExactly(new Command.Tell(
                        MailboxKey.parse(PARTICIPATION).orElseThrow(),
                        new Event.ReplacementNamed(Samples.KEY.text(), Optional.empty(), false, Map.of())));
    }

    @Test
    void becomesOneGroupAtATimeAndAnotherOneWhenThatIsOver() {
        talk.open();
        Marks marks = new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty());
        talk.put(sought(marks));
        talk.put(new Event.TalkSought("E:u3", marks));
        assertThat(talk.told("E:u3")).containsExactly(new Event.TalkNamed(Samples.KEY.text(), true, true));
        talk.put(new Event.ExtensionOver(EXTENSION));
        talk.put(new Event.TalkSought("E:u3", marks));
        assertThat(talk.told("E:u3")).containsExactly(new Event.TalkNamed(Samples.KEY.text(), true, false));
    }

    @Test
    @Tag("SIPX-12")
    void aListInTheDialogIsAnExtensionAndASecondOneHasToWait_491() {
        talk.open();
        talk.put(relisted());
        Event.ExtensionAsked asked = (Event.ExtensionAsked) talk.commands.stream()
                .filter(Command.Tell.class::isInstance)
                .map(command -> ((Command.Tell) command).event())
                .findFirst()
                .orElseThrow();
        assertThat(asked.talk()).isEqualTo(Samples.KEY.text());
        talk.put(relisted());
        assertThat(talk.sip(SipCommand.RefuseReinvite.class).refusal().status()).isEqualTo(491);
    }

    @Test
    void theEndOfTheDialogEndsAnExtensionThatWasAskedForInIt() {
        talk.open();
        talk.put(relisted());
        String extension = talk.state.orElseThrow().becoming().orElseThrow().extension();
        talk.put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        assertThat(talk.told(extension)).containsExactly(new Event.TalkEnded(Samples.KEY.text()));
    }

    @Test
    void whoHangsUpTheTalkMayStillHaveTheGroup() {
        talk.open();
        talk.put(sought(new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty())));
        talk.put(new SipEvent.ByeReceived(USAGE, Optional.empty()));
        assertThat(talk.told(EXTENSION)).isEmpty();
    }

    @Test
    void thePartnerWhoTakesTheInvitationBackEndsTheExtension() {
        talk.open();
        talk.put(new Event.Ssp(new SspEvent.RequestReceived(Samples.PEER, Samples.TRANSACTION, Samples.invited())));
        talk.put(sought(new Marks(Optional.of(USAGE), Optional.empty(), Optional.empty())));
        talk.put(new Event.Ssp(new SspEvent.RequestReceived(
                Samples.PEER,
                Samples.TRANSACTION,
                new CancelInviteRequest(
                        MetaInformation.ofUser(Samples.PEER, new UserId("wv:bob@imps.example.com")),
                        new InviteId("i1"),
                        User.of("wv:bob@imps.example.com"),
                        User.of("wv:alice@ims.example.com"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()))));
        assertThat(talk.told(EXTENSION)).containsExactly(new Event.TalkEnded(Samples.KEY.text()));
    }

    @Test
    void namesTheSessionToAnInvitationAndWhetherTheClientKnowsReplaces() {
        talk.open();
        talk.put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(true, Map.of()));
    }

    @Test
    void namesTheSessionByItsContributionIdToAClientThatKnowsNoReplaces() {
        talk.open(List.of());
        talk.put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(false, Map.of("Session-Replaces", "contribution-1")));
    }

    @Test
    void namesTheSessionAsTheOperatorSays() {
        talk.open();
        talk.policy = talk.policy.with(talk.policy.conferences().replacing(Replacing.SESSION_REPLACES));
        talk.put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(false, Map.of("Session-Replaces", "contribution-1")));
    }

    @Test
    void saysReplacesToEveryClientWhereTheOperatorSaysSo() {
        talk.open(List.of());
        talk.policy = talk.policy.with(talk.policy.conferences().replacing(Replacing.REPLACES));
        talk.put(new Event.ReplacementSought(PARTICIPATION));
        assertThat(named()).isEqualTo(replacement(true, Map.of()));
    }

    private Event named() {
        return talk.told(PARTICIPATION).getFirst();
    }

    private static Event replacement(boolean byReplaces, Map<String, String> headers) {
        return new Event.ReplacementNamed(Samples.KEY.text(), Optional.of(USAGE), byReplaces, headers);
    }

    private static SipEvent.ReinviteReceived relisted() {
        UriList list = new UriList(List.of(
                UriList.Entry.to(new SipUri("sip:bob@imps.example.com")),
                UriList.Entry.to(new SipUri("sip:tom@ims.example.com"))));
        return new SipEvent.ReinviteReceived(
                USAGE,
                new SipTransactionId("s1"),
                head(List.of("replaces")),
                Optional.of(Samples.MEDIA),
                List.of(),
                new Conferencing(Optional.of(list), Optional.empty(), false));
    }

    private static Event sought(Marks marks) {
        return new Event.TalkSought(EXTENSION, marks);
    }
}
