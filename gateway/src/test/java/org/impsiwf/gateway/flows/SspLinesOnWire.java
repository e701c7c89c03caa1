package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.impsiwf.testkit.flow.FlowMessage;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.ssp.SspXml;

/** Lines of an IMPS domain about groups, invitations and extensions as XML, written by hand after what was seen on the wire. */
final class SspLinesOnWire {

    private static final String OWN = "own.";

    private final String service;

    /** @param service the domain's Service-ID */
    SspLinesOnWire(String service) {
        this.service = service;
    }

    /** What the domain asks or tells by itself; empty for a line of another kind. */
    Optional<String> request(FlowMessage m) {
        return Optional.ofNullable(
                switch (m.name()) {
                    case "GroupChangeNotice" ->
                        element(
                                "GroupChangeNotice",
                                group(m),
                                meta(m)
                                        + users("User", m.field("users", ""))
                                        + names("Joined", m.field("joined", ""))
                                        + names("Left", m.field("left", ""))
                                        + properties(m));
                    case "LeaveGroupIndication" ->
                        element(
                                "LeaveGroupIndication",
                                group(m),
                                meta(m)
                                        + users("User", m.field("users", ""))
                                        + text("ReasonText", m.field("reason", "")));
                    case "ExtendConversationRequest" -> extend(m);
                    case "ExtendConversationResponse" ->
                        element(
                                "ExtendConversationResponse",
                                " extendConversationID=\"" + m.field("ext", "x1") + "\"" + group(m),
                                meta(m) + note("ResponseNote", m) + "<Result>"
                                        + SspXml.status(Integer.parseInt(m.field("result", "200"))) + "</Result>");
                    case "InviteRequest" -> invite("InviteRequest", userMeta(m), m);
                    case "InviteUserRequest" -> invite("InviteUserRequest", meta(m), m);
                    case "JoinGroupRequest" ->
                        element(
                                "JoinGroupRequest",
                                group(m) + " joinedListRequest=\"Yes\" subscribeNotif=\""
                                        + yesNo(m.field("subscribe", "no")) + "\"",
                                userMeta(m) + screenName(m));
                    case "LeaveGroupRequest" -> element("LeaveGroupRequest", group(m), userMeta(m));
                    case "DeleteGroupRequest" -> element("DeleteGroupRequest", group(m), userMeta(m));
                    case "CancelInviteRequest" -> cancel("CancelInviteRequest", userMeta(m), m);
                    case "CancelInviteUserRequest" -> cancel("CancelInviteUserRequest", meta(m), m);
                    default -> null;
                });
    }

    private String extend(FlowMessage m) {
        String welcome = Optional.ofNullable(m.fields().get("welcome"))
                .map(SspLinesOnWire::welcome)
                .orElse("");
        return element(
                "ExtendConversationRequest",
                " extendConversationID=\"" + m.field("ext", "x1") + "\" subscribeNotif=\""
                        + yesNo(m.field("subscribe", "no")) + "\"",
                userMeta(m) + users("UserID", m.field("users", "")) + "<ExtendConversationUser>"
                        + users("User", m.field("partner", "alice")) + "</ExtendConversationUser>" + welcome
                        + "<ScreenName groupID=\"\">" + m.field("screen-name", "Bob") + "</ScreenName>");
    }

    private static String invite(String name, String meta, FlowMessage m) {
        return element(
                name,
                " inviteID=\"" + m.field("invite", "i1") + "\" inviteType=\"" + m.field("type", "IM") + "\"",
                meta + "<Inviting>" + user("User", Words.impsUser(m.field("from", "bob"))) + "</Inviting><Invited>"
                        + user("User", Words.sipUserAsImps(m.field("to", "alice"))) + "</Invited>" + invitedTo(m)
                        + note("InviteNote", m) + screenName(m));
    }

    private static String cancel(String name, String meta, FlowMessage m) {
        return element(
                name,
                " inviteID=\"" + m.field("invite", "i1") + "\"",
                meta + "<Canceling>" + user("User", Words.impsUser(m.field("from", "bob"))) + "</Canceling><Canceled>"
                        + user("User", Words.sipUserAsImps(m.field("to", "alice"))) + "</Canceled>" + invitedTo(m)
                        + note("CancelNote", m));
    }

    /** An InviteResponse or InviteUserResponse, which follows the first answer to the invitation. */
    static String inviteAnswer(String name, FlowMessage m) {
        return element(
                name,
                " inviteID=\"" + m.field("invite", "i1") + "\" acceptance=\"" + yesNo(m.field("accepted", "yes"))
                        + "\"",
                SspXml.status(200) + "<Inviting>" + user("User", Words.sipUserAsImps(m.field("to", "alice")))
                        + "</Inviting><Responding>" + user("User", Words.impsUser(m.field("from", "bob")))
                        + "</Responding>" + note("ResponseNote", m) + screenName(m));
    }

    private static String invitedTo(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("group"))
                .map(name -> "<GroupID groupID=\"" + Words.impsUser(name) + "\"/>")
                .orElse("");
    }

    /** How the domain answers; empty where a Status is all that there is. {@code group} is that of the request. */
    static Optional<String> answer(FlowMessage m, String group) {
        String name = m.name().split(" ")[0];
        String status = SspXml.status(Integer.parseInt(m.name().substring(name.length() + 1)));
        return Optional.ofNullable(
                switch (name) {
                    case "JoinGroupResponse" ->
                        element(
                                name,
                                "",
                                status
                                        + names("JoinedList", m.field("joined", ""))
                                        + Optional.ofNullable(m.fields().get("screen-name"))
                                                .map(screenName -> "<ScreenName groupID=\"" + group + "\">" + screenName
                                                        + "</ScreenName>")
                                                .orElse("")
                                        + Optional.ofNullable(m.fields().get("welcome"))
                                                .map(SspLinesOnWire::welcome)
                                                .orElse(""));
                    case "LeaveGroupIndication" ->
                        element(name, " groupID=\"" + group + "\"", status + "<ReasonText/>");
                    case "GetJoinedMemberResponse" ->
                        element("GetJoinedUsersResponse", "", status + mappings("JoinedUsers", m.field("joined", "")));
                    case "GetGroupMemberResponse" ->
                        element(
                                name,
                                "",
                                status + "<Admins>" + users("UserID", m.field("admins", "")) + "</Admins><Moderators>"
                                        + users("UserID", m.field("moderators", "")) + "</Moderators><OrdinaryUsers>"
                                        + users("UserID", m.field("users", "")) + "</OrdinaryUsers>");
                    case "GetGroupPropsResponse" ->
                        element(
                                name,
                                "",
                                status
                                        + element("GroupProperties", "", groupProperties(m))
                                        + element("OwnProperties", "", ownProperties(m)));
                    case "RejectListResponse" ->
                        element(
                                name,
                                "",
                                status + "<RejectList>" + users("UserID", m.field("users", "")) + "</RejectList>");
                    case "GetGroupSubStatusResponse" ->
                        element(
                                name,
                                " groupID=\"" + group + "\" subscribed=\"" + yesNo(m.field("subscribed", "no")) + "\"",
                                status);
                    default -> null;
                });
    }

    /** What somebody has said in a group (ssp-wire-syntax 5.3): from the group, or privately from the screen name. */
    String saidInGroup(FlowMessage m) {
        String group = Words.impsUser(m.field("group", "/room@imps"));
        String screenName =
                "<ScreenName groupID=\"" + group + "\">" + m.field("from", "").substring(1) + "</ScreenName>";
        boolean whisper = m.field("private", "no").equals("yes");
        String sender = whisper
                ? screenName
                : "<GroupID groupID=\"" + group + "\"/><SenderDisplay>" + screenName + "</SenderDisplay>";
        Words.Content body = Words.body(m, "", "");
        String recipients = Words.list(m.field("to", "alice")).stream()
                .map(name -> "<Recipient>" + user("User", Words.sipUserAsImps(name)) + "</Recipient>")
                .collect(Collectors.joining());
        return element(
                "SendMessageRequest",
                " deliveryReport=\"No\"",
                userMeta(m) + "<MessageInfo"
                        + Optional.ofNullable(m.fields().get("id"))
                                .map(id -> " messageID=\"" + id + "\"")
                                .orElse("")
                        + " contentType=\"" + body.type() + "\" contentSize=\"" + body.bytes().length
                        + "\" validity=\"600\">" + recipients + "<Sender>" + sender
                        + "</Sender><DateTime format=\"iso8601\">2026-11-21T07:01:00Z</DateTime></MessageInfo>"
                        + "<ContentData contentType=\"" + body.type() + "\" encoding=\"base64\">"
                        + Base64.getEncoder().encodeToString(body.bytes()) + "</ContentData>");
    }

    // ---- pieces

    private String meta(FlowMessage m) {
        return m.fields().containsKey("user") ? userMeta(m) : serverMeta();
    }

    private String userMeta(FlowMessage m) {
        String user = m.field("user", m.field("from", "bob"));
        return user.startsWith("~") ? serverMeta() : SspXml.metaInfo(service, Words.impsUser(user));
    }

    private String serverMeta() {
        return "<MetaInfo clientOriginated=\"No\"><Requestor serviceID=\"" + service + "\"/></MetaInfo>";
    }

    private static String group(FlowMessage m) {
        return " groupID=\"" + Words.impsUser(m.field("group", "/room@imps")) + "\"";
    }

    private static String screenName(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("screen-name"))
                .map(name -> "<ScreenName groupID=\"" + Words.impsUser(m.field("group", "")) + "\">" + name
                        + "</ScreenName>")
                .orElse("");
    }

    private static String note(String name, FlowMessage m) {
        return Optional.ofNullable(m.fields().get("note"))
                .map(note -> text(name, note))
                .orElse("");
    }

    private static String users(String name, String list) {
        return Words.list(list).stream()
                .map(user -> user(name, Words.sipUserAsImps(user)))
                .collect(Collectors.joining());
    }

    private static String user(String name, String address) {
        return "<" + name + " userID=\"" + address + "\"/>";
    }

    private static String names(String name, String list) {
        return list.isEmpty()
                ? ""
                : Words.list(list).stream()
                        .map(entry -> text("Name", entry))
                        .collect(Collectors.joining("", "<" + name + ">", "</" + name + ">"));
    }

    private static String mappings(String name, String list) {
        return Words.list(list).stream()
                .map(entry -> entry.split(":"))
                .map(parts -> "<Mapping><SName>" + parts[0] + "</SName>"
                        + (parts.length > 1 ? user("UserID", Words.impsUser(parts[1])) : "") + "</Mapping>")
                .collect(Collectors.joining(
                        "", "<" + name + "><UserMapList><UserMapping>", "</UserMapping></UserMapList></" + name + ">"));
    }

    /** Only those of the two that there are. */
    private static String properties(FlowMessage m) {
        String group = groupProperties(m);
        String own = ownProperties(m);
        return (group.isEmpty() ? "" : element("GroupProperties", "", group))
                + (own.isEmpty() ? "" : element("OwnProperties", "", own));
    }

    private static String groupProperties(FlowMessage m) {
        return m.fields().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(field -> Character.isUpperCase(field.getKey().charAt(0)))
                .map(field -> property(field.getKey(), field.getValue()))
                .collect(Collectors.joining());
    }

    private static String ownProperties(FlowMessage m) {
        return m.fields().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(field -> field.getKey().startsWith(OWN))
                .map(field -> property(field.getKey().substring(OWN.length()), field.getValue()))
                .collect(Collectors.joining());
    }

    private static String property(String name, String value) {
        return "<Property>" + text("Name", name) + text("Value", value) + "</Property>";
    }

    private static String welcome(String text) {
        return "<WelcomeNote><ContentData contentType=\"text/plain\" encoding=\"base64\">"
                + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "</ContentData></WelcomeNote>";
    }

    private static String yesNo(String word) {
        return word.equals("yes") ? "Yes" : "No";
    }

    private static String text(String name, String value) {
        return "<" + name + ">" + value + "</" + name + ">";
    }

    private static String element(String name, String attributes, String content) {
        return "<" + name + attributes + ">" + content + "</" + name + ">";
    }
}
