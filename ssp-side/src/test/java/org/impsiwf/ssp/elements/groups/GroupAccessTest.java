package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.ssp.elements.groups.GroupAccess.Act;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, as a table. */
class GroupAccessTest {

    private static final UserId OWNER = new UserId("wv:ann@home.example.com");
    private static final UserId USER = new UserId("wv:bob@home.example.com");

    private static Group group(String access, Map<GroupProperty, String> more) {
        Map<GroupProperty, String> values = new EnumMap<>(GroupProperty.class);
        values.putAll(more);
        values.put(GroupProperty.ACCESS_TYPE, access);
        return Group.of(
                new GroupId("wv:ann/team@home.example.com"),
                Optional.of(OWNER),
                new GroupSettings(values, Optional.empty()),
                Instant.EPOCH);
    }

    private static Participant user(GroupRole role, boolean joined, boolean invited) {
        return new Participant(
                USER,
                role,
                /* rejected= */ false,
                invited,
                joined
                        ? Optional.of(new Participant.Presence("Bob", /* subscribed= */ false, Instant.EPOCH, 0))
                        : Optional.empty(),
                OwnSettings.ofDefaults());
    }

    private static int code(Optional<StatusCode> objection) {
        return objection.map(StatusCode::code).orElse(0);
    }

    @ParameterizedTest(name = "{0}: stranger {1}, joined {2}, member {3}, moderator {4}, administrator {5}")
    @CsvSource({
        "DELETE,                816, 816, 816, 816, 0",
        "CHANGE_PROPERTIES,     816, 816, 816, 816, 0",
        "CHANGE_OWN_PROPERTIES, 816,   0,   0,   0, 0",
        "READ_PROPERTIES,         0,   0,   0,   0, 0",
        "READ_MEMBERS,          808, 816, 808,   0, 0",
        "CHANGE_MEMBERS,        808, 816, 808,   0, 0",
        "CHANGE_ROLES,          808, 816, 808, 808, 0",
        "CHANGE_REJECT_LIST,    816, 816, 816,   0, 0",
        "INVITE,                808,   0,   0,   0, 0"
    })
    void inAnOpenGroup(Act act, int stranger, int joined, int member, int moderator, int administrator) {
        Group open = group("Open", Map.of());
        assertThat(code(GroupAccess.objection(act, open, user(GroupRole.NONE, false, false))))
                .isEqualTo(stranger);
        assertThat(code(GroupAccess.objection(act, open, user(GroupRole.NONE, true, false))))
                .isEqualTo(joined);
        assertThat(code(GroupAccess.objection(act, open, user(GroupRole.ORDINARY, false, false))))
                .isEqualTo(member);
        assertThat(code(GroupAccess.objection(act, open, user(GroupRole.MODERATOR, false, false))))
                .isEqualTo(moderator);
        assertThat(code(GroupAccess.objection(act, open, user(GroupRole.ADMINISTRATOR, false, false))))
                .isEqualTo(administrator);
    }

    @ParameterizedTest(name = "{0}, invitation required {1}: stranger {2}, invited {3}, member {4}, moderator {5}")
    @CsvSource({
        "Open,       F,   0, 0,   0, 0",
        "Open,       T, 816, 0, 816, 0",
        "Restricted, F, 816, 0,   0, 0",
        "Restricted, T, 816, 0, 816, 0",
        "Closed,     F, 816, 816, 816, 0",
        "Closed,     T, 816, 816, 816, 0"
    })
    void joiningDependsOnTheKindOfTheGroup(
            String access, String invitation, int stranger, int invited, int member, int moderator) {
        Group group = group(access, Map.of(GroupProperty.REQUIRE_INVITATION, invitation));
        assertThat(joining(group, user(GroupRole.NONE, false, false))).isEqualTo(stranger);
        assertThat(joining(group, user(GroupRole.NONE, false, true))).isEqualTo(invited);
        assertThat(joining(group, user(GroupRole.ORDINARY, false, false))).isEqualTo(member);
        assertThat(joining(group, user(GroupRole.MODERATOR, false, false))).isEqualTo(moderator);
    }

    private static int joining(Group group, Participant who) {
        return code(GroupAccess.objectionToJoining(group, who, Optional.empty(), 100));
    }

    @ParameterizedTest(name = "a {0} is above a {1}: {2}")
    @CsvSource({
        "ADMINISTRATOR, ADMINISTRATOR, true",
        "ADMINISTRATOR, MODERATOR, true",
        "MODERATOR, MODERATOR, false",
        "MODERATOR, ORDINARY, true",
        "MODERATOR, NONE, true",
        "ORDINARY, NONE, true"
    })
    void whoIsAboveWhom(GroupRole who, GroupRole other, boolean above) {
        Group group = group("Open", Map.of());
        assertThat(GroupAccess.isAbove(group, user(who, false, false), user(other, false, false)))
                .isEqualTo(above);
    }

    @Test
    void nobodyIsAboveTheOwner() {
        Group group = group("Open", Map.of());
        Participant owner = Participant.stranger(new UserId("wv:ANN@home.example.com"));
        assertThat(GroupAccess.isAbove(group, user(GroupRole.ADMINISTRATOR, true, true), owner))
                .isFalse();
    }

    @Test
    void whoIsRejectedSeesAndJoinsNothing() {
        Participant rejected = user(GroupRole.NONE, false, true).rejectedNow();
        Group open = group("Open", Map.of(GroupProperty.HISTORY, "T"));
        assertThat(joining(open, rejected)).isEqualTo(809);
        assertThat(code(GroupAccess.objection(Act.READ_PROPERTIES, open, rejected)))
                .isEqualTo(816);
        assertThat(code(GroupAccess.objectionToHistory(open, rejected))).isEqualTo(809);
    }
}
