package org.impsiwf.ssp.elements.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.every;
import static org.impsiwf.ssp.elements.presence.PresenceDomain.values;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresenceSubList;
import org.impsiwf.ssp.primitives.PresenceSubList.Client;
import org.impsiwf.ssp.primitives.PresenceSubList.ClientFlag;
import org.impsiwf.ssp.primitives.PresenceSubList.ClientInfo;
import org.impsiwf.ssp.primitives.PresenceSubList.CommC;
import org.impsiwf.ssp.primitives.PresenceSubList.CommCap;
import org.impsiwf.ssp.primitives.PresenceSubList.GeoLocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresenceValuesTest {

    @Test
    @Tag("SSP-377")
    void anUpdateChangesWhatItNamesAndNothingElse() {
        Random random = new Random(15);
        for (int round = 0; round < 500; round++) {
            PresenceSubList old = some(random);
            PresenceSubList by = some(random);

            PresenceSubList next = PresenceValues.updated(old, by);

            AttributeSet named = PresenceValues.attributesOf(by);
            AttributeSet others = AttributeSet.ALL.minus(named);
            assertThat(PresenceValues.only(named, next)).isEqualTo(by);
            assertThat(PresenceValues.only(others, next)).isEqualTo(PresenceValues.only(others, old));
        }
    }

    @Test
    void whatIsNotShownIsNotThere() {
        Random random = new Random(16);
        for (int round = 0; round < 500; round++) {
            PresenceSubList values = some(random);
            AttributeSet shown = set(random);

            assertThat(PresenceValues.attributesOf(PresenceValues.only(shown, values)))
                    .isEqualTo(PresenceValues.attributesOf(values).and(shown));
        }
    }

    @Test
    void eachClientHasItsOwnOnlineStatus() {
        PresenceSubList both = PresenceValues.updated(online("phone", true), online("desk", true));

        PresenceSubList next = PresenceValues.updated(both, online("phone", false));

        assertThat(next.onlineStatus())
                .containsExactlyInAnyOrder(flag(Optional.of("desk"), true), flag(Optional.of("phone"), false));
    }

    @Test
    void onlySoManyClientsAreKept() {
        PresenceSubList values = PresenceSubList.NONE;
        for (int client = 0; client < 100; client++) {
            values = PresenceValues.updated(values, online("client" + client, true));
        }

        assertThat(values.onlineStatus()).hasSize(20).last().isEqualTo(flag(Optional.of("client99"), true));
    }

    @Test
    void whenTheLastClientGoesNoneIsOnline() {
        PresenceSubList online = PresenceValues.withOnline(online("phone", true), true);

        assertThat(PresenceValues.withOnline(online, false).onlineStatus())
                .containsExactlyInAnyOrder(flag(Optional.of("phone"), false), flag(Optional.empty(), false));
    }

    record Odd(String what, PresenceSubList values) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Odd> odd() {
        PresenceSubList none = PresenceSubList.NONE;
        return Stream.of(
                new Odd("UserAvailability", only(PresenceAttribute.USER_AVAILABILITY, every("PERHAPS"))),
                new Odd("StatusMood", values("x", "PURPLE")),
                new Odd("ClientInfo", Presences.with(none, clientInfo("TOASTER"), List.of(), List.of())),
                new Odd("CommCap", Presences.with(none, List.of(), List.of(), List.of(capability("IM", "AJAR")))),
                new Odd("CommCap", Presences.with(none, List.of(), List.of(), List.of(capability("SMOKE", "OPEN")))),
                new Odd("GeoLocation", Presences.with(none, List.of(), List.of(location("200")), List.of())),
                new Odd("GeoLocation", Presences.with(none, List.of(), List.of(location("left")), List.of())));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void aValueThatThePresenceAttributesDocumentLacksIsFound(Odd odd) {
        assertThat(ValueRules.unknownIn(odd.values())).contains(odd.what());
    }

    @Test
    void whatItHasIsNot() {
        PresenceSubList values = Presences.with(
                values("anything at all", "IN_LOVE"),
                clientInfo("MOBILE_PHONE"),
                List.of(location("-180")),
                List.of(capability("IM", "OPEN")));

        assertThat(ValueRules.unknownIn(values)).isEmpty();
        assertThat(ValueRules.unknownIn(only(PresenceAttribute.USER_AVAILABILITY, every("discreet"))))
                .isEmpty();
    }

    private static PresenceSubList some(Random random) {
        return PresenceValues.only(set(random), every("text " + random.nextInt()));
    }

    private static AttributeSet set(Random random) {
        return new AttributeSet(random.nextInt() & AttributeSet.ALL.bits());
    }

    private static PresenceSubList only(PresenceAttribute attribute, PresenceSubList values) {
        return PresenceValues.only(AttributeSet.of(attribute), values);
    }

    private static PresenceSubList online(String client, boolean isOnline) {
        PresenceSubList none = PresenceSubList.NONE;
        return withOnline(none, List.of(flag(Optional.of(client), isOnline)));
    }

    private static ClientFlag flag(Optional<String> client, boolean value) {
        return new ClientFlag(Optional.of(true), Optional.of(value), client.map(Client::of));
    }

    private static List<ClientInfo> clientInfo(String type) {
        return List.of(new ClientInfo(
                Optional.of(true),
                Optional.empty(),
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static GeoLocation location(String longitude) {
        return new GeoLocation(
                Optional.of(true),
                Optional.of(longitude),
                Optional.of("60.2"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static CommCap capability(String name, String status) {
        CommC one = new CommC(Optional.of(name), Optional.of(status), Optional.empty(), Optional.empty());
        return new CommCap(Optional.of(true), List.of(one), Optional.empty());
    }

    private static PresenceSubList withOnline(PresenceSubList of, List<ClientFlag> online) {
        return of.withOnlineStatus(online);
    }
}
