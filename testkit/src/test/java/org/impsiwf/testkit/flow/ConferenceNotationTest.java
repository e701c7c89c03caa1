package org.impsiwf.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.impsiwf.sip.event.Conferencing;
import org.impsiwf.sip.event.InviteUsageId;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;
import org.impsiwf.ssp.primitives.ImPrimitive.SendMessageRequest;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserRequest;
import org.impsiwf.ssp.primitives.MessageInfo;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lines about conferences mean. */
class ConferenceNotationTest {

    private static final ServiceId IMPS = new ServiceId("wv:@imps.example.com");
    private static final GroupId ROOM = new GroupId("wv:/room@imps.example.com");

    @ParameterizedTest
    @CsvSource({
        "tom, sip:tom@ims.example.com",
        "bob, sip:bob@imps.example.com",
        "erin, sip:erin@imps2.example.com",
        "eve@imps2, sip:eve@imps2.example.com",
        "alice@imps, sip:alice@imps.example.com",
        "/room@imps, sip:/room@imps.example.com",
        "bob/chat@iwf, sip:bob/chat@iwf.example.com",
        "conference, sip:conference@iwf.example.com"
    })
    void aBareNameStandsForOneAddressAndBack(String name, String uri) {
        assertThat(Words.impsUserAsSip(name)).isEqualTo(uri);
        assertThat(Words.shortName(uri)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "wv:erin@imps2.example.com, erin",
        "wv:/room@imps.example.com, /room@imps",
        "wv:dave@elsewhere.example.org, wv:dave@elsewhere.example.org"
    })
    void anAddressOfTheOtherSideIsTheSameName(String address, String name) {
        assertThat(Words.shortName(address)).isEqualTo(name);
    }

    @Test
    void aMemberByScreenNameIsWrittenWithATilde() {
        assertThat(Words.shortName("sip:/room@imps.example.com;screen-name=Big%20Bob"))
                .isEqualTo("~Big Bob");
    }

    @Test
    void anInviteToTheFactoryHasItsListAndWhatItReplaces() {
        Conferencing said = SipLines.conferencing(
                line("alice -> iwf INVITE to=conference list=bob,tom cc=carol bcc=erin anonymous=tom replaces=c1"),
                Optional.of(new InviteUsageId("c1")));
        assertThat(said.replaces()).contains(new InviteUsageId("c1"));
        assertThat(said.list().orElseThrow().entries())
                .extracting(entry -> entry.uri().value(), UriList.Entry::copyControl, UriList.Entry::anonymize)
                .containsExactly(
                        tuple("sip:bob@imps.example.com", UriList.CopyControl.TO, false),
                        tuple("sip:tom@ims.example.com", UriList.CopyControl.TO, true),
                        tuple("sip:carol@ims.example.com", UriList.CopyControl.CC, false),
                        tuple("sip:erin@imps2.example.com", UriList.CopyControl.BCC, false));
    }

    @ParameterizedTest
    @CsvSource({
        "list-replaces=c1, sip:bob@imps.example.com?Replaces=c1%3Bto-tag%3Dto%3Bfrom-tag%3Dfrom",
        "session-replaces=k1, sip:bob@imps.example.com;method=INVITE?Session-Replaces=k1"
    })
    void shapesBAndCStandInTheFirstEntryOfTheList(String field, String uri) {
        Conferencing said = SipLines.conferencing(line("alice -> iwf INVITE list=bob,tom " + field), Optional.empty());
        assertThat(said.list().orElseThrow().entries())
                .extracting(entry -> entry.uri().value())
                .containsExactly(uri, "sip:tom@ims.example.com");
    }

    @Test
    void whatWasSaidInAGroupComesFromTheGroupByAScreenName() {
        FlowMessage line = line(
                "imps -> iwf SendMessageRequest \"hi\" user=bob from=~Bob group=/room@imps to=alice,tom id=1@imps");
        SendMessageRequest message =
                (SendMessageRequest) MessageLines.request(line, IMPS).orElseThrow();
        assertThat(message.messageInfo().sender())
                .contains(new MessageInfo.Sender(ROOM, Optional.of(ScreenName.in(ROOM, "Bob"))));
        assertThat(message.messageInfo().recipients())
                .extracting(MessageInfo.Recipient::addressee)
                .containsExactly(User.of("wv:alice@ims.example.com"), User.of("wv:tom@ims.example.com"));
        Map<String, String> fields = new TreeMap<>();
        MessageLines.describe(message, fields);
        assertThat(fields)
                .containsEntry("from", "~Bob")
                .containsEntry("group", "/room@imps")
                .containsEntry("to", "alice,tom")
                .containsEntry("user", "bob");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GroupChangeNotice group=/room@imps users=alice,tom joined=Bob left=Erin | users=alice,tom joined=Bob left=Erin group=/room@imps",
                "LeaveGroupIndication group=/room@imps users=tom reason=kicked | users=tom reason=kicked group=/room@imps"
            })
    void noticesOfAHostSayWhatTheirLineSays(String text, String expected) {
        GroupPrimitive notice =
                GroupLines.request(line("imps -> iwf " + text), IMPS).orElseThrow();
        Map<String, String> fields = new TreeMap<>();
        GroupLines.describe(notice, fields);
        for (String field : expected.split(" ")) {
            assertThat(fields).containsEntry(field.split("=")[0], field.split("=")[1]);
        }
    }

    @Test
    void anInvitationNamesGroupTypeAndScreenName() {
        InviteUserRequest invitation = (InviteUserRequest) InvitationLines.request(
                        line(
                                "imps -> iwf InviteUserRequest invite=i7 type=EC from=bob to=tom group=/room@imps screen-name=Bob"),
                        IMPS)
                .orElseThrow();
        Map<String, String> fields = new TreeMap<>();
        InvitationLines.describe(invitation, fields);
        assertThat(fields)
                .containsEntry("invite", "i7")
                .containsEntry("type", "EC")
                .containsEntry("from", "bob")
                .containsEntry("to", "tom")
                .containsEntry("group", "/room@imps")
                .containsEntry("screen-name", "Bob");
        assertThat(invitation.metaInformation().clientOriginated()).isFalse();
    }

    @Test
    void lettersOfACapitalBeginPropertiesOfTheGroup() {
        FlowMessage line =
                line("imps -> iwf GroupChangeNotice group=/room@imps users=alice Topic=tea own.PrivilegeLevel=Mod");
        GroupPrimitive.GroupChangeNotice notice = (GroupPrimitive.GroupChangeNotice)
                GroupLines.request(line, IMPS).orElseThrow();
        assertThat(notice.groupPropList().orElseThrow().properties())
                .extracting(property -> property.name() + "=" + property.value())
                .containsExactly("Topic=tea");
        assertThat(notice.ownProps().orElseThrow().properties())
                .extracting(property -> property.name() + "=" + property.value())
                .containsExactly("PrivilegeLevel=Mod");
    }

    private static FlowMessage line(String text) {
        Flow flow = FlowParser.parse("line", "# one line\n" + text);
        return ((Flow.Step.Message) flow.steps().getFirst()).message();
    }
}
