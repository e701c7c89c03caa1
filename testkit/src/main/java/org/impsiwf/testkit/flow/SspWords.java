package org.impsiwf.testkit.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** How lines write the elements that SSP primitives share. */
final class SspWords {

    private static final String OWN = "own.";

    private SspWords() {}

    // ---- from lines

    /** On behalf of the line's {@code user}; of the server without one. */
    static MetaInformation meta(FlowMessage m, ServiceId peer) {
        return Optional.ofNullable(m.fields().get("user"))
                .map(name -> MetaInformation.ofUser(peer, new UserId(Words.impsUser(name))))
                .orElseGet(() -> MetaInformation.ofServer(peer));
    }

    /** On behalf of the line's {@code user}, who goes without saying where it is the one whom it is {@code from}. */
    static MetaInformation userMeta(FlowMessage m, ServiceId peer) {
        String from = m.field("user", m.field("from", "bob"));
        return from.startsWith("~")
                ? MetaInformation.ofServer(peer)
                : MetaInformation.ofUser(peer, new UserId(Words.impsUser(from)));
    }

    static MetaInformation ofServer(ServiceId peer) {
        return MetaInformation.ofServer(peer);
    }

    static GroupId group(FlowMessage m) {
        return new GroupId(Words.impsUser(m.field("group", "/room@imps")));
    }

    static Optional<GroupId> anyGroup(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("group")).map(name -> new GroupId(Words.impsUser(name)));
    }

    static Optional<ScreenName> screenName(FlowMessage m) {
        return Optional.ofNullable(m.fields().get("screen-name")).map(name -> new ScreenName(anyGroup(m), name));
    }

    /** A user, a group, or a member by screen name, as the name's form says. */
    static Addressee addressee(FlowMessage m, String name) {
        if (name.startsWith("~")) {
            return ScreenName.in(group(m), name.substring(1));
        }
        return name.contains("/") ? new GroupId(Words.sipUserAsImps(name)) : User.of(Words.sipUserAsImps(name));
    }

    static User user(String name) {
        return User.of(Words.sipUserAsImps(name));
    }

    static List<UserId> userIds(FlowMessage m, String field) {
        return users(m, field).stream().map(User::userId).toList();
    }

    static List<User> users(FlowMessage m, String field) {
        return Words.list(m.field(field, "")).stream().map(SspWords::user).toList();
    }

    /** Fields that begin with a capital are properties of the group. */
    static List<Property> properties(FlowMessage m) {
        return sorted(m)
                .filter(field -> Character.isUpperCase(field.getKey().charAt(0)))
                .map(field -> new Property(field.getKey(), field.getValue()))
                .toList();
    }

    /** Fields {@code own.X} are properties of the user in the group. */
    static List<Property> ownProperties(FlowMessage m) {
        return sorted(m)
                .filter(field -> field.getKey().startsWith(OWN))
                .map(field -> new Property(field.getKey().substring(OWN.length()), field.getValue()))
                .toList();
    }

    private static Stream<Map.Entry<String, String>> sorted(FlowMessage m) {
        return m.fields().entrySet().stream().sorted(Map.Entry.comparingByKey());
    }

    static boolean yes(FlowMessage m, String field) {
        return m.field(field, "no").equals("yes");
    }

    /** The code in the name: {@code JoinGroupResponse 200}. */
    static Status status(FlowMessage m) {
        return Status.of(Integer.parseInt(m.name().substring(m.name().indexOf(' ') + 1)));
    }

    // ---- to lines

    static void meta(MetaInformation meta, Map<String, String> fields) {
        meta.userId().ifPresent(user -> fields.put("user", Words.shortName(user.value())));
    }

    static String name(Addressee addressee) {
        return switch (addressee) {
            case User user -> Words.shortName(user.userId().value());
            case GroupId group -> Words.shortName(group.value());
            case ScreenName screenName -> "~" + screenName.name();
            case ContactListId list -> list.toString();
        };
    }

    static String names(List<UserId> users) {
        return users.stream().map(user -> Words.shortName(user.value())).collect(Collectors.joining(","));
    }

    static void group(GroupId group, Map<String, String> fields) {
        fields.put("group", Words.shortName(group.value()));
    }

    static String yesNo(boolean yes) {
        return yes ? "yes" : "no";
    }

    static void properties(List<Property> properties, Map<String, String> fields) {
        properties.forEach(property -> fields.put(property.name(), property.value()));
    }

    static void ownProperties(List<Property> properties, Map<String, String> fields) {
        properties.forEach(property -> fields.put(OWN + property.name(), property.value()));
    }

    static void detail(Status status, Map<String, String> fields) {
        status.detailedResult()
                .forEach(detail ->
                        fields.merge("detail", detail.code() + ":" + concerned(detail), (a, b) -> a + "," + b));
    }

    private static String concerned(Status.DetailedResult detail) {
        List<String> names = new ArrayList<>();
        detail.userIds().forEach(user -> names.add(Words.shortName(user.value())));
        detail.screenNames().forEach(screenName -> names.add("~" + screenName.name()));
        return String.join("+", names);
    }
}
