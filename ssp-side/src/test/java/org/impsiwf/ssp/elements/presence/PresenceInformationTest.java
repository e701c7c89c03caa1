package org.impsiwf.ssp.elements.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.ALICE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.BOB;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.CAROL;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.DAVE;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.FRIENDS;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.NOBODY;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.NOON;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.by;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.codeOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.mood;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusOf;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.statusText;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.subscribe;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.update;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.values;
import static org.impsiwf.ssp.primitives.PresenceAttribute.ONLINE_STATUS;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_MOOD;
import static org.impsiwf.ssp.primitives.PresenceAttribute.STATUS_TEXT;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceAttributeList;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceRequest;
import org.impsiwf.ssp.primitives.PresencePrimitive.GetPresenceResponse;
import org.impsiwf.ssp.primitives.PresencePrimitive.UpdatePresenceRequest;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceValue;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** GetPresence and UpdatePresence of the users of our own domain. */
class PresenceInformationTest {

    @AutoClose
    private final PresenceDomain domain = new PresenceDomain();

    @BeforeEach
    void bobAndCarolPublish() {
        domain.authoriseAll(BOB, STATUS_TEXT, STATUS_MOOD, ONLINE_STATUS)
                .authorise(CAROL, ALICE, STATUS_MOOD)
                .publish(BOB, values("fishing", "HAPPY"))
                .publish(CAROL, values("at work", "BORED"));
    }

    @Test
    @Tag("tx:GetPresence")
    @Tag("SSP-365")
    @Tag("SSP-376")
    @Tag("SSP-114")
    @Tag("IMPS-SSP-PRSE-S-005")
    void withoutAnAttributeListAllThatIsAuthorisedIsReturned() {
        assertThat(get(null, BOB, CAROL))
                .containsExactly("bob StatusText=fishing StatusMood=HAPPY", "carol StatusMood=BORED");
        assertThat(get(List.of(), BOB)).containsExactly("bob StatusText=fishing StatusMood=HAPPY");
    }

    @Test
    @Tag("tx:GetPresence")
    void onlyWhatIsAskedForIsReturned() {
        assertThat(get(List.of(STATUS_TEXT), BOB, CAROL)).containsExactly("bob StatusText=fishing");
    }

    @Test
    @Tag("tx:GetPresence")
    @Tag("SSP-366")
    @Tag("IMPS-SSP-PRSE-S-006")
    void theMembersOfAContactListAreAskedFor() {
        domain.list(FRIENDS, BOB, CAROL);

        Primitive answer =
                domain.ask(ALICE, new GetPresenceRequest(by(ALICE), List.of(), List.of(FRIENDS), Optional.empty()));

        assertThat(lines(answer)).containsExactly("bob StatusText=fishing StatusMood=HAPPY", "carol StatusMood=BORED");
    }

    @Test
    @Tag("tx:GetPresence")
    @Tag("status:531")
    void anUnknownUserIsRefused() {
        assertThat(codeOf(domain.ask(ALICE, request(null, NOBODY)))).isEqualTo(531);

        Primitive partly = domain.ask(ALICE, request(null, NOBODY, BOB));
        assertThat(codeOf(partly)).isEqualTo(201);
        assertThat(statusOf(partly).detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.UNKNOWN_USER, List.of(NOBODY)));
        assertThat(lines(partly)).hasSize(1);
    }

    @Test
    @Tag("tx:GetPresence")
    @Tag("status:700")
    void aListThatDoesNotExistIsRefused() {
        ContactListId none = new ContactListId("wv:alice/none@home.example.com");

        assertThat(domain.code(ALICE, new GetPresenceRequest(by(ALICE), List.of(), List.of(none), Optional.empty())))
                .isEqualTo(700);
    }

    @Test
    @Tag("tx:GetPresence")
    @Tag("status:750")
    void anAttributeThatTheDomainDoesNotKnowIsRefused() {
        domain.with(PresenceSettings.DEFAULT.withSupported(AttributeSet.of(STATUS_TEXT)));

        assertThat(domain.code(ALICE, request(List.of(PresenceAttribute.PLMN), BOB)))
                .isEqualTo(750);
    }

    @Test
    @Tag("tx:UpdatePresence")
    @Tag("SSP-365")
    @Tag("SSP-377")
    @Tag("IMPS-SSP-PRSE-S-007")
    void theOwnerUpdatesAndWhatIsLeftOutStays() {
        assertThat(domain.code(BOB, update(BOB, mood("SAD")))).isEqualTo(200);

        assertThat(get(null, BOB)).containsExactly("bob StatusText=fishing StatusMood=SAD");
    }

    @Test
    @Tag("tx:UpdatePresence")
    @Tag("status:403")
    @Tag("SSP-377")
    void aStrangerDoesNot() {
        UpdatePresenceRequest request =
                new UpdatePresenceRequest(by(CAROL), List.of(new PresenceValue(BOB, mood("ANGRY"))));

        assertThat(domain.code(CAROL, request)).isEqualTo(403);
        assertThat(get(null, BOB)).containsExactly("bob StatusText=fishing StatusMood=HAPPY");
    }

    @Test
    @Tag("SSP-377")
    void theServerOfTheUsersDomainMayUpdate_thatOfAnotherNot() {
        MetaInformation server = MetaInformation.ofServer(by(DAVE).serviceId());
        domain.sap.complementaryFor(DAVE);

        assertThat(codeOf(domain.tellFromAway(
                        new UpdatePresenceRequest(server, List.of(new PresenceValue(DAVE, mood("SAD")))))))
                .isEqualTo(200);
        assertThat(codeOf(domain.tellFromAway(
                        new UpdatePresenceRequest(server, List.of(new PresenceValue(BOB, mood("SAD")))))))
                .isEqualTo(403);
    }

    @Test
    @Tag("tx:UpdatePresence")
    @Tag("SSP-377")
    void aUserWithSufficientPrivilegesDoes() {
        domain.with(PresenceSettings.DEFAULT.withEditors(Set.of(CAROL)));
        UpdatePresenceRequest request =
                new UpdatePresenceRequest(by(CAROL), List.of(new PresenceValue(BOB, mood("ANGRY"))));

        assertThat(domain.code(CAROL, request)).isEqualTo(200);
        assertThat(get(null, BOB)).containsExactly("bob StatusText=fishing StatusMood=ANGRY");
    }

    @Test
    @Tag("tx:UpdatePresence")
    @Tag("SSP-366")
    @Tag("IMPS-SSP-PRSE-S-008")
    void theMembersOfAContactListAreUpdated_asFarAsThePrivilegesGo() {
        domain.list(FRIENDS, ALICE, BOB).authoriseAll(ALICE, STATUS_MOOD);
        UpdatePresenceRequest request = new UpdatePresenceRequest(
                by(ALICE), List.of(new PresenceValue(new UserId(FRIENDS.value()), mood("SLEEPY"))));

        Primitive partly = domain.ask(ALICE, request);
        assertThat(codeOf(partly)).isEqualTo(201);
        assertThat(statusOf(partly).detailedResult())
                .containsExactly(DetailedResult.ofUsers(StatusCode.FORBIDDEN, List.of(BOB)));
        assertThat(get(null, ALICE, BOB))
                .containsExactly("alice StatusMood=SLEEPY", "bob StatusText=fishing StatusMood=HAPPY");

        domain.with(PresenceSettings.DEFAULT.withEditors(Set.of(ALICE)));
        assertThat(domain.code(ALICE, request)).isEqualTo(200);
        assertThat(get(null, BOB)).containsExactly("bob StatusText=fishing StatusMood=SLEEPY");
    }

    @Test
    @Tag("tx:UpdatePresence")
    @Tag("status:751")
    void aValueThatThereIsNotIsRefusedAsAWhole() {
        assertThat(domain.code(BOB, update(BOB, values("still fishing", "PURPLE"))))
                .isEqualTo(751);

        assertThat(get(null, BOB)).containsExactly("bob StatusText=fishing StatusMood=HAPPY");
    }

    @Test
    @Tag("tx:UpdatePresence")
    @Tag("status:750")
    void anAttributeThatTheDomainDoesNotKeepIsRefused() {
        domain.with(PresenceSettings.DEFAULT.withSupported(AttributeSet.of(STATUS_TEXT)));

        assertThat(domain.code(BOB, update(BOB, values("x", "SAD")))).isEqualTo(750);
        assertThat(domain.code(BOB, update(BOB, statusText("y")))).isEqualTo(200);
    }

    @Test
    void loginAndTheEndOfTheLastSessionAreSeen() {
        domain.ask(ALICE, subscribe(ALICE, List.of(ONLINE_STATUS), BOB));
        domain.sap.forget();

        domain.presence.loggedIn(BOB, NOON);
        domain.presence.loggedIn(BOB, NOON);
        domain.presence.sessionEnded(BOB, Optional.empty());
        assertThat(domain.seenBy(ALICE)).as("another client is still there").containsExactly("bob OnlineStatus=T");

        domain.sap.offline(BOB);
        domain.presence.sessionEnded(BOB, Optional.empty());
        assertThat(domain.seenBy(ALICE)).containsExactly("bob OnlineStatus=T", "bob OnlineStatus=F");
    }

    @Test
    @Tag("SSP-010")
    void thePseElsewhereIsToldOfLoginsByTheHomeDomain() {
        domain.sap.primaryElsewhere(BOB);

        domain.presence.loggedIn(BOB, NOON);

        assertThat(domain.sap.sent(UpdatePresenceRequest.class)).singleElement().satisfies(update -> {
            assertThat(update.metaInformation().clientOriginated()).isFalse();
            assertThat(update.presenceValueList().stream().map(PresenceDomain::line))
                    .containsExactly("bob OnlineStatus=T");
        });
    }

    @Test
    void theAliasCanBeSearchedForOnceItIsPublished() {
        domain.ask(BOB, update(BOB, PresenceValues.only(AttributeSet.of(PresenceAttribute.ALIAS), alias("Bobby"))));

        assertThat(domain.aliases).containsEntry(BOB, Optional.of("Bobby"));
    }

    private static PresenceSubList alias(String alias) {
        return PresenceDomain.every(alias);
    }

    private List<String> get(List<PresenceAttribute> attributes, UserId... of) {
        return lines(domain.ask(ALICE, request(attributes, of)));
    }

    private static List<String> lines(Primitive answer) {
        return ((GetPresenceResponse) answer)
                .presenceValueList().stream().map(PresenceDomain::line).toList();
    }

    private static GetPresenceRequest request(List<PresenceAttribute> attributes, UserId... of) {
        return new GetPresenceRequest(
                by(ALICE),
                List.of(of),
                List.of(),
                Optional.ofNullable(attributes).map(PresenceAttributeList::new));
    }
}
