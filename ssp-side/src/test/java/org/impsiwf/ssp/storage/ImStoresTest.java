package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.im.BlockStore.Entities;
import org.impsiwf.ssp.elements.im.BlockStore.Lists;
import org.impsiwf.ssp.elements.im.BlockStore.Match;
import org.impsiwf.ssp.elements.im.MessageRecords.Awaited;
import org.impsiwf.ssp.elements.im.MessageRecords.Method;
import org.impsiwf.ssp.elements.invitation.Invitation;
import org.impsiwf.ssp.elements.invitation.Invitation.Invitee;
import org.impsiwf.ssp.elements.invitation.Invitation.State;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteRequest;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.MessageId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Block lists, what is remembered of messages, and invitations. */
@ParameterizedClass
@EnumSource(Databases.class)
class ImStoresTest {

    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
    private static final UserId ANN = new UserId("wv:Ann@home.example");
    private static final UserId BOB = new UserId("wv:bob@home.example");
    private static final UserId CID = new UserId("wv:cid@home.example");
    private static final GroupId TEAM = new GroupId("wv:ann/team@home.example");
    private static final ContactListId PESTS = new ContactListId("wv:bob/pests@home.example");

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    private JdbcBlockStore blocks;
    private JdbcMessageRecords records;
    private JdbcInvitationStore invitations;

    @BeforeEach
    void open() {
        database = databases.fresh();
        blocks = new JdbcBlockStore(database);
        records = new JdbcMessageRecords(database);
        invitations = new JdbcInvitationStore(database);
    }

    private static final Lists BOTH = new Lists(
            new Entities(List.of(ANN, TEAM, PESTS, ScreenName.in(TEAM, "Danny"), new ApplicationId("chess")), true),
            new Entities(List.of(CID), false));

    @Test
    void blockListsAreGivenBackInTheirOrder() {
        assertThat(blocks.lists(BOB)).isEqualTo(Lists.NONE);
        blocks.change(BOB, any -> BOTH);
        assertThat(blocks.lists(new UserId("wv:BOB@home.example"))).isEqualTo(BOTH);
        blocks.change(BOB, before -> new Lists(/* blocked= */ before.granted(), /* granted= */ before.blocked()));
        assertThat(blocks.lists(BOB))
                .isEqualTo(new Lists(/* blocked= */ BOTH.granted(), /* granted= */ BOTH.blocked()));
    }

    @Test
    void aChangeThatThrowsChangesNothing() {
        blocks.change(BOB, any -> BOTH);
        assertThatThrownBy(() -> blocks.change(BOB, any -> {
                    throw new ArithmeticException("of the change");
                }))
                .isInstanceOf(ArithmeticException.class);
        assertThat(blocks.lists(BOB)).isEqualTo(BOTH);
    }

    @Test
    void listsInUseAreMatchedForManyOwnersAtOnce() {
        blocks.change(BOB, any -> BOTH);
        blocks.change(CID, any -> new Lists(Entities.NONE, new Entities(List.of(ANN), true)));
        UserId shouting = new UserId("wv:ANN@HOME.example");

        Map<UserId, Match> matches = blocks.match(List.of(BOB, CID, ANN), List.of(shouting));

        assertThat(matches).containsOnlyKeys(BOB, CID);
        assertThat(matches.get(BOB)).isEqualTo(new Match(true, false, true, false, List.of(PESTS), List.of()));
        assertThat(matches.get(CID)).isEqualTo(new Match(false, true, false, true, List.of(), List.of()));
        assertThat(blocks.match(List.of(BOB), List.of(CID)).get(BOB).matchedByBlock())
                .isFalse();
    }

    @Test
    void theMethodOfAGroupComesBeforeTheGeneralOne() {
        Method push = new Method(DeliveryMethod.PUSH, Optional.of(4_000_000_000L));
        Method notify = new Method(DeliveryMethod.NOTIFY_GET, Optional.empty());
        assertThat(records.methods(List.of(BOB), Optional.empty())).isEmpty();
        records.setMethod(BOB, Optional.empty(), notify);
        records.setMethod(BOB, Optional.of(TEAM), notify);
        records.setMethod(BOB, Optional.of(TEAM), push);

        assertThat(records.methods(List.of(BOB, CID), Optional.empty())).isEqualTo(Map.of(BOB, notify));
        assertThat(records.methods(List.of(BOB, CID), Optional.of(TEAM))).isEqualTo(Map.of(BOB, push));
    }

    @Test
    void takenMessagesAreKnownForAWhile() {
        MessageId one = new MessageId("1");
        records.taken(List.of(ANN, BOB), "wv:dan@away.example", one, NOW);
        records.taken(List.of(ANN), "wv:dan@away.example", one, NOW);

        assertThat(records.isTaken(ANN, "wv:dan@away.example", one)).isTrue();
        assertThat(records.isTaken(ANN, "wv:eve@far.example", one)).isFalse();
        assertThat(records.isTaken(CID, "wv:dan@away.example", one)).isFalse();
        records.forget(NOW.minusSeconds(1));
        assertThat(records.isTaken(BOB, "wv:dan@away.example", one)).isTrue();
        records.forget(NOW);
        assertThat(records.isTaken(BOB, "wv:dan@away.example", one)).isFalse();
    }

    @Test
    void awaitedReportsAreFoundByTheIdAndDomainOfTheOtherSide() {
        Awaited awaited = new Awaited(ANN, new MessageId("ours"));
        records.awaitReports(new MessageId("theirs"), "away.example", awaited, NOW);
        assertThat(records.awaited(new MessageId("theirs"), "AWAY.example")).contains(awaited);
        assertThat(records.awaited(new MessageId("theirs"), "far.example")).isEmpty();
        records.forget(NOW);
        assertThat(records.awaited(new MessageId("theirs"), "away.example")).isEmpty();
    }

    private static final Invitation.Key KEY = new Invitation.Key(ANN, new InviteId("i1"));

    private static Invitation invitation(UserId... invitees) {
        InviteRequest request = new InviteRequest(
                MetaInformation.ofUser(new ServiceId("wv:@home.example"), ANN),
                KEY.id(),
                InviteType.IM,
                User.of(ANN),
                User.of(BOB),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of("come"),
                Optional.empty(),
                Optional.of(Duration.ofMinutes(5)));
        return new Invitation(
                KEY,
                request,
                Optional.of("pse.example"),
                NOW,
                List.of(invitees).stream().map(Invitee::of).toList());
    }

    @Test
    void anInvitationIsKeptWithItsInviteesWhoMayBecomeMore() {
        invitations.add(invitation(BOB));
        invitations.update(KEY, new Invitee(BOB, State.ACCEPTED, Optional.of("gladly"), false), NOW);
        invitations.add(invitation(BOB, CID));

        Invitation found = invitations
                .find(new Invitation.Key(new UserId("wv:ANN@home.example"), KEY.id()))
                .orElseThrow();
        assertThat(found.request()).isEqualTo(invitation().request());
        assertThat(found.via()).contains("pse.example");
        assertThat(found.expires()).isEqualTo(NOW);
        assertThat(found.invitees())
                .containsExactly(new Invitee(BOB, State.ACCEPTED, Optional.of("gladly"), false), Invitee.of(CID));
        assertThat(invitations.find(new Invitation.Key(BOB, KEY.id()))).isEmpty();
        assertThat(invitations.lock(KEY)).isEqualTo(invitations.find(KEY));
    }

    @Test
    void answersThatAreNotToldAreFoundByTheirAge() {
        invitations.add(invitation(BOB, CID));
        invitations.update(KEY, new Invitee(BOB, State.ACCEPTED, Optional.empty(), false), NOW);
        assertThat(invitations.untold(NOW.minusSeconds(1), 10)).isEmpty();
        assertThat(invitations.untold(NOW, 10)).extracting(Invitation.Key::id).containsExactly(KEY.id());
        invitations.update(KEY, new Invitee(BOB, State.ACCEPTED, Optional.empty(), true), NOW);
        invitations.update(KEY, new Invitee(CID, State.CANCELLED, Optional.empty(), false), NOW);
        assertThat(invitations.untold(NOW, 10)).isEmpty();
    }

    @Test
    void anInvitationWithoutInviteesOrWithoutTimeIsForgotten() {
        invitations.add(invitation(BOB, CID));
        invitations.remove(KEY, List.of(BOB));
        assertThat(invitations.find(KEY).orElseThrow().invitees()).containsExactly(Invitee.of(CID));
        invitations.remove(KEY, List.of(CID));
        assertThat(invitations.find(KEY)).isEmpty();

        invitations.add(invitation(BOB));
        invitations.forget(NOW.minusSeconds(1));
        assertThat(invitations.find(KEY)).isPresent();
        invitations.forget(NOW);
        assertThat(invitations.find(KEY)).isEmpty();
        assertThat(invitations.untold(NOW, 10)).isEmpty();
    }
}
