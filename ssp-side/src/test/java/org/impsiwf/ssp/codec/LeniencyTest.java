package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.primitives.Primitive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Other guesses at the wire names that nobody has published are read like our own. */
class LeniencyTest {

    private static final String META =
            "<MetaInfo clientOriginated='No'><Requestor serviceID='wv:@b.example'/></MetaInfo>";
    private static final String OK = "<Status code='200'/>";

    private static final String FIRST =
            "<Responding><User userID='wv:a@b'/></Responding><ResponseNote>yes</ResponseNote>";
    private static final String FURTHER =
            FIRST + "<FurtherResponding acceptance='No'><Responding><User userID='wv:c@b'/></Responding>"
                    + "</FurtherResponding><FurtherResponding acceptance='Yes'><Responding><User userID='wv:d@b'/>"
                    + "</Responding><ResponseNote>me too</ResponseNote></FurtherResponding>";
    private static final String REPEATED =
            "<Responding acceptance='Yes'><User userID='wv:a@b'/></Responding><ResponseNote>yes</ResponseNote>"
                    + "<Responding acceptance='No'><User userID='wv:c@b'/></Responding>"
                    + "<Responding acceptance='Yes'><User userID='wv:d@b'/></Responding><ResponseNote>me too</ResponseNote>";

    private final SspCodec codec = new SspCodec();

    private static String answers(String primitive, String answers) {
        return "<" + primitive + " inviteID='i' acceptance='Yes'>" + OK + "<Inviting><User userID='wv:e@f'/></Inviting>"
                + answers + "</" + primitive + ">";
    }

    private static String profile(String content) {
        return "<UserProfile>" + OK + "<UserProfileEntry userID='wv:a@b'>" + content
                + "</UserProfileEntry></UserProfile>";
    }

    private static String property(String name, String value) {
        return "<Property><Name>" + name + "</Name><Value>" + value + "</Value></Property>";
    }

    static Stream<Arguments> twins() {
        return Stream.of(
                twin(
                        "an attribute as a child with text",
                        "<StopSearchRequest searchID='7'>" + META + "</StopSearchRequest>",
                        "<StopSearchRequest>" + META + "<SearchID>7</SearchID></StopSearchRequest>"),
                twin(
                        "an attribute as a child with the attribute",
                        "<DeleteGroupRequest groupID='wv:g@b'>" + META + "</DeleteGroupRequest>",
                        "<DeleteGroupRequest>" + META + "<GroupID groupID='wv:g@b'/></DeleteGroupRequest>"),
                twin(
                        "a child as an attribute",
                        "<LeaveGroupIndication groupID='wv:g@b'>" + OK
                                + "<ReasonText>x</ReasonText></LeaveGroupIndication>",
                        "<LeaveGroupIndication groupID='wv:g@b' reasonText='x'>" + OK + "</LeaveGroupIndication>"),
                twin("element names in another case", "<LogoutRequest/>", "<LOGOUTREQUEST/>"),
                twin(
                        "attribute names in another case",
                        "<KeepAliveRequest timeToLive='6'/>",
                        "<KeepAliveRequest TimeToLive=' 6 '/>"),
                twin(
                        "User where UserID is listed",
                        "<UnsubscribeRequest>" + META + "<UserID userID='wv:a@b'/></UnsubscribeRequest>",
                        "<UnsubscribeRequest>" + META + "<User userID='wv:a@b'/></UnsubscribeRequest>"),
                twin(
                        "UserID where User is listed",
                        "<GroupChangeNotice groupID='wv:g@b'>" + META + "<User userID='wv:a@b'/></GroupChangeNotice>",
                        "<GroupChangeNotice groupID='wv:g@b'>" + META
                                + "<UserID userID='wv:a@b'/></GroupChangeNotice>"),
                twin(
                        "a user in a role as UserID",
                        "<CancelInviteRequest inviteID='i'>" + META
                                + "<Canceling><User userID='wv:a@b'/></Canceling><Canceled><User userID='wv:c@d'/></Canceled></CancelInviteRequest>",
                        "<CancellInviteRequest inviteID='i'>" + META
                                + "<Canceling><UserID userID='wv:a@b'/></Canceling><Canceled><UserID>wv:c@d</UserID></Canceled></CancellInviteRequest>"),
                twin(
                        "a list in a wrapper",
                        "<AddGroupMemberRequest groupID='wv:g@b'>" + META
                                + "<UserID userID='wv:a@b'/></AddGroupMemberRequest>",
                        "<AddGroupMemberRequest groupID='wv:g@b'>" + META
                                + "<UserIDList><UserID userID='wv:a@b'/></UserIDList></AddGroupMemberRequest>"),
                twin(
                        "a list without its wrapper",
                        "<RejectListResponse>" + OK
                                + "<RejectList><UserID userID='wv:a@b'/></RejectList></RejectListResponse>",
                        "<RejectListResponse>" + OK + "<UserID userID='wv:a@b'/></RejectListResponse>"),
                twin(
                        "users to be removed with their nick names (Table 95)",
                        "<RemoveListMemberRequest contactListID='wv:a/f@b'>" + META
                                + "<UserID userID='wv:a@b'/><UserID userID='wv:c@d'/></RemoveListMemberRequest>",
                        "<RemoveListMemberRequest contactListID='wv:a/f@b'>" + META
                                + "<NickList><NickName><Name>A</Name><UserID userID='wv:a@b'/></NickName>"
                                + "<UserID userID='wv:c@d'/></NickList></RemoveListMemberRequest>"),
                twin(
                        "VerUserID as UserID",
                        "<GetPresenceRequest>" + META + "<VerUserID userID='wv:a@b'/></GetPresenceRequest>",
                        "<GetPresenceRequest>" + META + "<UserID userID='wv:a@b'/></GetPresenceRequest>"),
                twin(
                        "the name of the document for joined users",
                        "<GetJoinedUsersRequest groupID='wv:g@b'>" + META + "</GetJoinedUsersRequest>",
                        "<GetJoinedMemberRequest groupID='wv:g@b'>" + META + "</GetJoinedMemberRequest>"),
                twin(
                        "JoinedUser for JoinedUsers",
                        "<GetJoinedUsersResponse>" + OK
                                + "<JoinedUsers><UserMapList><UserMapping><Mapping><SName>A</SName><UserID userID='wv:a@b'/></Mapping></UserMapping></UserMapList></JoinedUsers></GetJoinedUsersResponse>",
                        "<GetJoinedUsersResponse>" + OK
                                + "<JoinedUser><UserMapList><UserMapping><Mapping><SName>A</SName><UserID userid='a@b'/></Mapping></UserMapping></UserMapList></JoinedUser></GetJoinedUsersResponse>"),
                twin(
                        "Booleans of CSP",
                        "<IsUserBlockedResponse blockedState='Yes'>" + OK + "</IsUserBlockedResponse>",
                        "<IsUserBlockedResponse blockedState='T'>" + OK + "</IsUserBlockedResponse>"),
                twin(
                        "a delivery method by its letter",
                        "<SetMessageDeliveryMethod deliveryMethod='Notify/Get'>" + META + "</SetMessageDeliveryMethod>",
                        "<SetMessageDeliveryMethod deliveryMethod='N'>" + META + "</SetMessageDeliveryMethod>"),
                twin(
                        "answers of several users as in E-38",
                        answers("InviteResponse", FURTHER),
                        answers("InviteResponse", REPEATED)),
                twin(
                        "answers of several users as in E-38, towards the provider",
                        answers("InviteUserResponse", FURTHER),
                        answers("InviteUserResponse", REPEATED)),
                twin(
                        "the notation of the document for a profile SSP-230",
                        profile(property("User.Account.Status", "ON")
                                + property("Services.IM.PSE", "im.wv.com")
                                + property("Terminal.Content.type", "text/plain; charset=US-ASCII, text/xml")
                                + property("x.smile", ":)")),
                        profile(
                                "(User.Account.Status, ON); (Services.IM.PSE, im.wv.com);"
                                        + " (Terminal.Content.type, text/plain; charset=US-ASCII, text/xml); (x.smile, :)) ; ")),
                twin(
                        "any order",
                        "<SendMessageResponse messageID='m'>" + OK + "</SendMessageResponse>",
                        "<SendMessageResponse>" + OK + "<MessageID> m </MessageID></SendMessageResponse>"),
                twin(
                        "a client in text",
                        "<MessageNotification>" + META
                                + "<User userID='wv:a@b'><ClientID url='c1'/></User><MessageInfo/></MessageNotification>",
                        "<MessageNotification>" + META
                                + "<MessageInfo/><User userID='wv:a@b'><ClientID>c1</ClientID></User></MessageNotification>"),
                twin(
                        "an address without its scheme",
                        "<IsUserBlockedRequest blockingUser='wv:a@b' blockedUser='sip:c@d'>" + META
                                + "</IsUserBlockedRequest>",
                        "<IsUserBlockedRequest blockingUser='a@b' blockedUser='sip:c@d'>" + META
                                + "</IsUserBlockedRequest>"),
                twin(
                        "a misspelt validity",
                        "<MessageNotification>" + META
                                + "<User userID='wv:a@b'/><MessageInfo validity='9'/></MessageNotification>",
                        "<MessageNotification>" + META
                                + "<User userID='wv:a@b'/><MessageInfo validlity='9'/></MessageNotification>"));
    }

    private static Arguments twin(String what, String ours, String theirs) {
        return Arguments.of(what, ours, theirs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twins")
    void isReadLikeOurOwnForm(String what, String ours, String theirs) throws Exception {
        assertThat(read(theirs)).describedAs(what).isEqualTo(read(ours));
    }

    private Primitive read(String primitive) throws Exception {
        String message = "<WV-SSP-Message><Session sessionID='s'><Transaction mode='Request' transactionID='t'>"
                + primitive + "</Transaction></Session></WV-SSP-Message>";
        Decoded decoded = codec.decode(message.getBytes(UTF_8), Dialect.OMA_1_3);
        assertThat(decoded.refused()).isEqualTo(List.of());
        return ((InSession) decoded.message()).transactions().getFirst().primitive();
    }
}
