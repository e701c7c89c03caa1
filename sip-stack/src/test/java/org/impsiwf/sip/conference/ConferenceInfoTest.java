package org.impsiwf.sip.conference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.impsiwf.sip.Schemas;
import org.impsiwf.sip.event.ConferenceState;
import org.impsiwf.sip.event.ConferenceState.Participant;
import org.impsiwf.sip.event.ConferenceState.Presence;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.list.ResourceLists;
import org.junit.jupiter.api.Test;

class ConferenceInfoTest {

    private static final SipUri ROOM = new SipUri("sip:/room@iwf.example.com");

    private static Participant participant(String name, Presence presence) {
        return new Participant(
                new SipUri("sip:" + name + "@ims.example.com"),
                Optional.of(name),
                List.of("participant"),
                false,
                presence);
    }

    private static ConferenceState full(List<Participant> users) {
        return new ConferenceState(
                ROOM,
                1,
                true,
                Optional.of("Room & <friends>"),
                Optional.of("Tea"),
                OptionalLong.of(20),
                OptionalLong.of(users.size()),
                users);
    }

    private static String written(ConferenceState state) {
        return new String(ConferenceInfo.write(state), UTF_8);
    }

    @Test
    void aFullStateNamesEveryoneAndHowTheyAreConnected_RFC4575_5() {
        String document = written(full(List.of(participant("alice", Presence.CONNECTED))));
        assertThat(document)
                .contains("entity=\"sip:/room@iwf.example.com\" state=\"full\" version=\"1\"")
                .contains("<user entity=\"sip:alice@ims.example.com\" state=\"full\">")
                .contains("<status>connected</status>")
                .contains("<user-count>1</user-count>")
                .contains("Room &amp; &lt;friends&gt;");
    }

    @Test
    void aPartialStateNamesWhoChangedAndWhoIsGone_RFC4575_4_4() {
        Participant gone = new Participant(
                new SipUri("sip:bob@ims.example.com"), Optional.empty(), List.of(), true, Presence.DEPARTED);
        ConferenceState state = new ConferenceState(
                ROOM,
                7,
                false,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                OptionalLong.of(1),
                List.of(gone, participant("carol", Presence.ALERTING)));
        assertThat(written(state))
                .contains("state=\"partial\" version=\"7\"")
                .contains("<user entity=\"sip:bob@ims.example.com\" state=\"deleted\">")
                .contains("<status>alerting</status>")
                .doesNotContain("conference-description");
    }

    @Test
    void aFullStateHasADescriptionAndUsersThoughNothingIsKnown_RFC4575_5_2() throws Exception {
        ConferenceState state = bare(true, Optional.empty(), List.of());
        assertThat(written(state))
                .contains("<conference-description></conference-description>", "<users state=\"full\">");
        Schemas.validate(ConferenceInfo.write(state), "conference.xsd");
    }

    @Test
    void aSubjectThatIsTakenBackIsToldAsAnEmptyOne() throws Exception {
        ConferenceState state = bare(false, Optional.of(""), List.of());
        assertThat(written(state)).contains("<subject></subject>");
        Schemas.validate(ConferenceInfo.write(state), "conference.xsd");
    }

    @Test
    void partialStatesFollowTheSchemaWhateverTheMembersAreCalled() throws Exception {
        Participant gone = new Participant(
                new SipUri("sip:/room@iwf.example.com;screen-name=%E4%BD%A0%20%26%20%22"),
                Optional.of("\u4f60 & \""),
                List.of(),
                true,
                Presence.DEPARTED);
        Participant here = new Participant(
                new SipUri("sip:/room@iwf.example.com;screen-name=%3Cb%3E"),
                Optional.of("<b>"),
                List.of("moderator"),
                false,
                Presence.CONNECTED);
        Schemas.validate(ConferenceInfo.write(bare(false, Optional.empty(), List.of(gone, here))), "conference.xsd");
    }

    private static ConferenceState bare(boolean full, Optional<String> subject, List<Participant> users) {
        return new ConferenceState(
                ROOM, 3, full, Optional.empty(), subject, OptionalLong.empty(), OptionalLong.of(1), users);
    }

    @Test
    void whatXmlCannotHoldIsLeftOutOfANickname() {
        Participant odd = new Participant(
                new SipUri("sip:a@b"),
                Optional.of("a\u0000b\uD800c\uFFFFd\uD83D\uDE00"),
                List.of(),
                false,
                Presence.BUSY);
        assertThat(written(full(List.of(odd)))).contains("<display-text>abcd\uD83D\uDE00</display-text>");
    }

    @Test
    void everyDocumentFollowsTheSchema() throws Exception {
        List<Participant> everyKind = Stream.of(Presence.values())
                .map(presence -> participant("u-" + presence.name().replace("_", ""), presence))
                .toList();
        Schemas.validate(ConferenceInfo.write(full(everyKind)), "conference.xsd");
        Schemas.validate(ConferenceInfo.write(full(List.of())), "conference.xsd");
    }

    @Test
    void everyListFollowsTheSchema() throws Exception {
        UriList list = new UriList(List.of(
                UriList.Entry.to(new SipUri("sip:bill@example.com")),
                new UriList.Entry(
                        new SipUri("sip:joe@example.org"), Optional.of("Joe"), UriList.CopyControl.CC, true)));
        Schemas.validate(ResourceLists.write(list), "resourcelists.xsd");
        Schemas.validate(ResourceLists.history(list), "resourcelists.xsd");
    }
}
