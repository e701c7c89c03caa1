package org.impsiwf.gateway.flows;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.impsiwf.testkit.flow.Words;
import org.impsiwf.testkit.ssp.SspText;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What stands in XML of the gateway, as fields of a line. */
final class SspFields {

    /** Attributes and their names in flows. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "joinGroup", "join",
            "subscribeNotif", "subscribe",
            "joinedListRequest", "joined-request",
            "joinedUsersAge", "age",
            "extendConversationID", "ext",
            "inviteID", "invite",
            "inviteType", "type",
            "acceptance", "accepted");

    /** Elements with a list of users, and its names in flows. */
    private static final Map<String, String> LISTS = Map.of(
            "Admins", "admins",
            "Moderators", "moderators",
            "OrdinaryUsers", "users",
            "AddUsers", "add",
            "RemoveUsers", "remove",
            "ExtendConversationUser", "partner",
            "Canceling", "from",
            "Canceled", "to",
            "Invited", "to");

    private SspFields() {}

    /** The primitive's name in flows, which is that of the document. */
    static String name(SspText primitive) {
        return primitive.name().equals("GetJoinedUsersRequest") ? "GetJoinedMemberRequest" : primitive.name();
    }

    static Map<String, String> of(SspText primitive) {
        Map<String, String> fields = new TreeMap<>();
        switch (primitive.name()) {
            case "Status" -> fields.put("detail", details(primitive));
            case "SendMessageRequest" -> message(primitive, fields);
            case "SendMessageResponse" -> {
                fields.put("id", primitive.messageId());
                fields.put("detail", details(primitive));
            }
            case "DeliveryStatusReport" -> {
                addressed(primitive, fields);
                fields.put("result", String.valueOf(primitive.status()));
            }
            default -> any(primitive.primitive(), fields);
        }
        return fields;
    }

    private static void message(SspText primitive, Map<String, String> fields) {
        user(primitive.primitive(), fields);
        String type = Stream.of("ContentData", "MessageInfo")
                .map(element -> primitive.attribute(element, "contentType"))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("text/plain");
        Words.describe(type, primitive.content().getBytes(UTF_8), fields);
        addressed(primitive, fields);
        boolean report =
                primitive.attribute("SendMessageRequest", "deliveryReport").equals("Yes");
        fields.put("report", report ? "yes" : "no");
    }

    private static void addressed(SspText message, Map<String, String> fields) {
        fields.put("id", message.messageId());
        fields.put("from", parties(message.primitive(), "Sender", fields));
        fields.put("to", parties(message.primitive(), "Recipient", fields));
    }

    /** Who stands in all elements of that role. */
    private static String parties(Element primitive, String role, Map<String, String> fields) {
        return elements(primitive, role)
                .flatMap(element -> children(element).stream().limit(1))
                .map(party -> party(party, fields))
                .collect(Collectors.joining(","));
    }

    private static String party(Element party, Map<String, String> fields) {
        if (party.getTagName().equals("ScreenName")) {
            fields.put("group", Words.shortName(party.getAttribute("groupID")));
            return "~" + party.getTextContent().strip();
        }
        return Words.shortName(
                party.hasAttribute("userID") ? party.getAttribute("userID") : party.getAttribute("groupID"));
    }

    private static String details(SspText response) {
        return elements(response.primitive(), "DetailedResult")
                .map(detail -> detail.getAttribute("code") + ":"
                        + Stream.concat(
                                        elements(detail, "UserID")
                                                .map(user -> Words.shortName(user.getAttribute("userID"))),
                                        elements(detail, "ScreenName")
                                                .map(name -> "~"
                                                        + name.getTextContent().strip()))
                                .collect(Collectors.joining("+")))
                .collect(Collectors.joining(","));
    }

    /** A primitive about groups, invitations or extensions: all that flows may ask for. */
    private static void any(Element primitive, Map<String, String> fields) {
        user(primitive, fields);
        ATTRIBUTES.forEach((attribute, field) -> {
            if (primitive.hasAttribute(attribute)) {
                fields.put(field, word(primitive.getAttribute(attribute)));
            }
        });
        if (primitive.hasAttribute("groupID")) {
            fields.put("group", Words.shortName(primitive.getAttribute("groupID")));
        }
        String users = children(primitive).stream()
                .filter(child -> child.getTagName().equals("UserID")
                        || child.getTagName().equals("User"))
                .map(child -> Words.shortName(child.getAttribute("userID")))
                .collect(Collectors.joining(","));
        if (!users.isEmpty()) {
            fields.put("users", users);
        }
        children(primitive).forEach(child -> child(primitive.getTagName(), child, fields));
    }

    private static void child(String primitive, Element child, Map<String, String> fields) {
        String name = child.getTagName();
        switch (name) {
            case "GroupID" -> fields.put("group", Words.shortName(child.getAttribute("groupID")));
            case "ScreenName" ->
                fields.put("screen-name", child.getTextContent().strip());
            case "Inviting" -> fields.put(primitive.endsWith("Response") ? "to" : "from", all(child));
            case "Responding" -> fields.put("from", all(child));
            case "InviteNote", "ResponseNote", "CancelNote" ->
                fields.put("note", child.getTextContent().strip());
            case "Result" -> fields.put("result", children(child).getFirst().getAttribute("code"));
            case "Joined", "Left" -> fields.put(name.toLowerCase(Locale.ROOT), names(child));
            case "GroupProperties" -> properties(child, "", fields);
            case "OwnProperties" -> properties(child, "own.", fields);
            default -> Optional.ofNullable(LISTS.get(name)).ifPresent(field -> fields.put(field, all(child)));
        }
    }

    private static void properties(Element properties, String prefix, Map<String, String> fields) {
        elements(properties, "Property").forEach(property -> {
            List<Element> parts = children(property);
            fields.put(
                    prefix + parts.get(0).getTextContent().strip(),
                    parts.size() > 1 ? parts.get(1).getTextContent().strip() : "");
        });
    }

    private static String all(Element list) {
        return children(list).stream()
                .map(child -> Words.shortName(
                        child.hasAttribute("userID") ? child.getAttribute("userID") : child.getAttribute("groupID")))
                .collect(Collectors.joining(","));
    }

    private static String names(Element list) {
        return children(list).stream()
                .map(name -> name.getTextContent().strip())
                .collect(Collectors.joining(","));
    }

    private static void user(Element primitive, Map<String, String> fields) {
        elements(primitive, "Requestor")
                .flatMap(requestor -> elements(requestor, "User"))
                .findFirst()
                .ifPresent(user -> fields.put("user", Words.shortName(user.getAttribute("userID"))));
    }

    private static String word(String value) {
        return switch (value) {
            case "Yes" -> "yes";
            case "No" -> "no";
            default -> value;
        };
    }

    private static Stream<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }

    private static List<Element> children(Node parent) {
        NodeList all = parent.getChildNodes();
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }
}
