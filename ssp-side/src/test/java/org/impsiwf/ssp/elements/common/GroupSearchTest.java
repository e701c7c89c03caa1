package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.common.SearchWorld.ANN;
import static org.impsiwf.ssp.elements.common.SearchWorld.pair;
import static org.impsiwf.ssp.elements.common.SearchWorld.search;
import static org.impsiwf.ssp.primitives.SearchElement.GROUP_ID;
import static org.impsiwf.ssp.primitives.SearchElement.GROUP_NAME;
import static org.impsiwf.ssp.primitives.SearchElement.GROUP_TOPIC;
import static org.impsiwf.ssp.primitives.SearchElement.GROUP_USER_ID_JOINED;
import static org.impsiwf.ssp.primitives.SearchElement.GROUP_USER_ID_OWNER;

import java.util.List;
import java.util.OptionalInt;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.SearchElement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("tx:GeneralSearch")
class GroupSearchTest {

    @AutoClose
    private final SearchWorld world = new SearchWorld();

    @BeforeEach
    void groups() {
        world.group("chess", true, OptionalInt.empty(), false);
        world.group("cooking", true, OptionalInt.empty(), false);
        world.group("secretchess", false, OptionalInt.empty(), false);
        world.group("annschess", false, OptionalInt.empty(), true);
    }

    @Test
    @Tag("SSP-277")
    @Tag("SSP-266")
    void groupsAreFoundByAPartOfIdNameOrTopicAndOnlyTheirIdsAreTold() {
        assertThat(world.answer(search(pair(GROUP_NAME, "CHESS fans"))).searchResults())
                .containsExactly(new GroupId("wv:/chess@home.example.com"));
        assertThat(world.found(search(pair(GROUP_TOPIC, "about cook")))).containsExactly("/cooking");
        assertThat(world.found(search(pair(GROUP_ID, "wv:/c")))).containsExactly("/chess", "/cooking");
    }

    @Test
    @Tag("SSP-264")
    @Tag("SSP-291")
    void severalPairsAndAdvancedCriteriaWorkForGroupsToo() {
        assertThat(world.found(search(pair(GROUP_NAME, "c"), pair(GROUP_TOPIC, "chess"))))
                .containsExactly("/chess");
        assertThat(world.found(search("0+-1", pair(0, GROUP_NAME, "c"), pair(1, GROUP_TOPIC, "chess"))))
                .containsExactly("/cooking");
    }

    @ParameterizedTest(name = "SSP-287 SSP-288 {0}")
    @EnumSource(
            value = SearchElement.class,
            names = {"GROUP_USER_ID_JOINED", "GROUP_USER_ID_OWNER", "GROUP_USER_ID_AUTOJOIN"})
    void theSearchersOwnGroupsAreFoundSearchableOrNot(SearchElement element) {
        assertThat(world.found(search(pair(element, "wv:ANN@home.example.com"))))
                .containsExactly("/annschess");
    }

    @ParameterizedTest(name = "SSP-286 {0} [status:402]")
    @EnumSource(
            value = SearchElement.class,
            names = {"GROUP_USER_ID_JOINED", "GROUP_USER_ID_OWNER", "GROUP_USER_ID_AUTOJOIN"})
    void nobodyElsesGroupsAreSearchedFor(SearchElement element) {
        assertThat(world.refused(search(pair(element, "wv:bob@home.example.com")))
                        .statusCode())
                .isEqualTo(402);
    }

    @Test
    @Tag("SSP-287")
    void askingForTheOwnGroupsDoesNotShowOthersThatAreNotSearchable() {
        assertThat(world.found(search("0|1", pair(0, GROUP_USER_ID_OWNER, ANN.value()), pair(1, GROUP_NAME, "chess"))))
                .containsExactly("/annschess", "/chess");
        assertThat(world.found(search(pair(GROUP_USER_ID_JOINED, ANN.value()), pair(GROUP_NAME, "cooking"))))
                .isEmpty();
    }

    @Test
    @Tag("SSP-281")
    @Tag("SSP-283")
    void groupsForOlderUsersAreNotFoundAndAtEqualAgeNeither() {
        world.profiles.change(ANN, before -> before.with(List.of(age("18"))));
        world.group("limit17", true, OptionalInt.of(17), false);
        world.group("limit18", true, OptionalInt.of(18), false);
        world.group("limit19", true, OptionalInt.of(19), false);
        assertThat(world.found(search(pair(GROUP_NAME, "limit")))).containsExactly("/limit17");
    }

    @Test
    @Tag("SSP-282")
    void whoHasNoAgeInTheProfileFindsAll() {
        world.profiles.change(ANN, before -> PublicFields.NONE);
        world.group("limit17", true, OptionalInt.of(17), false);
        world.group("limit99", true, OptionalInt.of(99), false);
        assertThat(world.found(search(pair(GROUP_NAME, "limit")))).containsExactly("/limit17", "/limit99");
    }

    private static Property age(String years) {
        return new Property("PP_AGE", years);
    }
}
