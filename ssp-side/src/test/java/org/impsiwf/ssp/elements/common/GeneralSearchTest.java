package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.impsiwf.ssp.elements.common.SearchWorld.goOn;
import static org.impsiwf.ssp.elements.common.SearchWorld.limited;
import static org.impsiwf.ssp.elements.common.SearchWorld.names;
import static org.impsiwf.ssp.elements.common.SearchWorld.pair;
import static org.impsiwf.ssp.elements.common.SearchWorld.search;
import static org.impsiwf.ssp.elements.common.SearchWorld.stop;
import static org.impsiwf.ssp.primitives.SearchElement.USER_AGE_MAX;
import static org.impsiwf.ssp.primitives.SearchElement.USER_AGE_MIN;
import static org.impsiwf.ssp.primitives.SearchElement.USER_CITY;
import static org.impsiwf.ssp.primitives.SearchElement.USER_FIRST_NAME;
import static org.impsiwf.ssp.primitives.SearchElement.USER_ID;
import static org.impsiwf.ssp.primitives.SearchElement.USER_LAST_NAME;

import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.Status.DetailedResult;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("tx:GeneralSearch")
class GeneralSearchTest {

    @AutoClose
    private final SearchWorld world = new SearchWorld();

    private void johns() {
        world.user(Registration.of(SearchWorld.local("john")).named("John", "Smith"));
        world.user(Registration.of(SearchWorld.local("johnny")).named("Johnny", "Smith"));
        world.user(Registration.of(SearchWorld.local("mary")).named("Mary", "Smith"));
        world.user(Registration.of(SearchWorld.local("johnj")).named("John", "Jones"));
    }

    @Test
    @Tag("SSP-265")
    @Tag("status:200")
    @Tag("IMPS-SSP-CMSE-S-001")
    void aPartOfTheUserIdFindsUsersInTheMinimumConfiguration() {
        world.rules = new SearchRules(Set.of(USER_ID), false, SearchLimits.DEFAULT);
        johns();
        assertThat(world.found(search(pair(USER_ID, "OHN")))).containsExactly("john", "johnj", "johnny");
        assertThat(world.found(search(pair(USER_ID, "wv:mary@home")))).containsExactly("mary");
        assertThat(world.found(search(pair(USER_ID, "nobody")))).isEmpty();
    }

    @Test
    void aPartOfTheDomainFindsEverybodyWhileTheyAreFew() {
        johns();
        assertThat(world.found(search(pair(USER_ID, "example.com")))).hasSize(5);
    }

    @ParameterizedTest(name = "SSP-263 SSP-266 {0} = {1}")
    @CsvSource({
        "USER_FIRST_NAME, enr",
        "USER_LAST_NAME, ILDE",
        "USER_EMAIL_ADDRESS, hw@",
        "USER_MOBILE_NUMBER, +358 40 123",
        "USER_AGE_MIN, 44",
        "USER_CITY, helsinki",
        "USER_COUNTRY, fi",
        "USER_FRIENDLY_NAME, the WILD one",
        "USER_GENDER, M",
        "USER_INTENTION, to sing",
        "USER_INTERESTS_HOBBIES, chess",
        "USER_MARITAL_STATUS, D"
    })
    void eachElementSearchesItsOwnPropertyOnly(String element, String text) {
        world.user(
                Registration.of(SearchWorld.local("henry"))
                        .named("Henry", "Wilde")
                        .reachedAt("hw@mail.example.com", "+35840123"),
                "PP_AGE",
                "45",
                "PP_CITY",
                "Helsinki",
                "PP_COUNTRY",
                "FI",
                "PP_FRIENDLY_NAME",
                "The Wild One",
                "PP_GENDER",
                "M",
                "PP_INTENTION",
                "Wants to sing",
                "PP_INTERESTS",
                "Chess, go",
                "PP_MARITAL_STATUS",
                "D");
        // Everything that the other properties hold elsewhere.
        world.user(
                Registration.of(SearchWorld.local("decoy"))
                        .named("to sing chess", "hw@ Helsinki")
                        .reachedAt("henry.wilde@mail.example.com", "+44"),
                "PP_AGE",
                "1",
                "PP_CITY",
                "FI",
                "PP_COUNTRY",
                "SE",
                "PP_FRIENDLY_NAME",
                "Henry Wilde",
                "PP_GENDER",
                "F",
                "PP_INTENTION",
                "the wild one",
                "PP_INTERESTS",
                "helsinki",
                "PP_MARITAL_STATUS",
                "M");
        var by = SearchElement.valueOf(element);
        assertThat(world.found(search(pair(by, text)))).containsExactly("henry");
    }

    @Test
    void anAgeIsSearchedByItsEndsBothIncluded() {
        IntStream.of(17, 18, 25, 26).forEach(age -> world.user("aged" + age, "PP_AGE", String.valueOf(age)));
        assertThat(world.found(search(pair(USER_AGE_MIN, "18"), pair(USER_AGE_MAX, "25"))))
                .containsExactly("aged18", "aged25");
    }

    @Test
    @Tag("SSP-264")
    void severalPairsFindOnlyWhoFitsAll() {
        johns();
        assertThat(world.found(search(pair(USER_FIRST_NAME, "john"), pair(USER_LAST_NAME, "smith"))))
                .containsExactly("john", "johnny");
    }

    @Test
    @Tag("SSP-291")
    @Tag("SSP-292")
    @Tag("IMPS-SSP-CMSE-S-002")
    void theDocumentsAdvancedExampleFindsTheExpectedUsersAndCanBeContinuedAndStopped() {
        johns();
        SearchPair[] pairs = {
            pair(0, USER_LAST_NAME, "Smith"), pair(1, USER_FIRST_NAME, "John"), pair(2, USER_FIRST_NAME, "Johnny")
        };
        SearchResponse all = world.answer(search("0+[1|2]", pairs));
        assertThat(names(all.searchResults())).containsExactly("john", "johnny");
        SearchId id = all.searchId().orElseThrow();
        assertThat(world.found(goOn(id, 1))).containsExactly("johnny");
        assertThat(world.refused(stop(id))).isEqualTo(Status.of(200));
        assertThat(world.refused(goOn(id, 1)).statusCode()).isEqualTo(424);
    }

    @Test
    void whatOnlySaysWhoShallNotBeFoundLooksAtAllWhileTheyAreFew() {
        johns();
        assertThat(world.found(search("-0+-1", pair(0, USER_LAST_NAME, "Smith"), pair(1, USER_FIRST_NAME, "nobody"))))
                .containsExactly("ann", "johnj");
    }

    @Test
    @Tag("SSP-270")
    @Tag("SSP-271")
    @Tag("status:560")
    @Tag("status:562")
    void everyUnsupportedElementIsNamed() {
        world.rules = new SearchRules(Set.of(USER_ID), false, SearchLimits.DEFAULT);
        Status refused =
                world.refused(search(pair(USER_ID, "ann"), pair(USER_CITY, "Turku"), pair(USER_FIRST_NAME, "Ann")));
        assertThat(refused.statusCode()).isEqualTo(560);
        assertThat(refused.detailedResult())
                .extracting(DetailedResult::code, detail -> detail.description().orElse(""))
                .containsExactly(tuple(562, "USER_FIRST_NAME"), tuple(562, "USER_CITY"));
    }

    @Test
    @Tag("SSP-272")
    @Tag("status:561")
    void supportedElementsAreNamedTooWhereTheOperatorWants() {
        world.rules = new SearchRules(Set.of(USER_ID), true, SearchLimits.DEFAULT);
        assertThat(world.refused(search(pair(USER_ID, "ann"), pair(USER_CITY, "Turku")))
                        .detailedResult())
                .extracting(DetailedResult::code)
                .containsExactly(562, 561);
    }

    @ParameterizedTest(name = "[status:402] {0} = \"{1}\"")
    @CsvSource({
        "USER_AGE_MIN, old",
        "USER_AGE_MAX, -1",
        "USER_COUNTRY, Finland",
        "USER_GENDER, X",
        "USER_MARITAL_STATUS, Z",
        "USER_ONLINE_STATUS, yes",
        "USER_MOBILE_NUMBER, none",
        "USER_ID, ''",
        "GROUP_NAME, ''"
    })
    void aTextThatIsNoValueOfItsElementIsRefused(String element, String text) {
        var by = SearchElement.valueOf(element);
        assertThat(world.refused(search(pair(by, text))).statusCode()).isEqualTo(402);
    }

    @Test
    @Tag("status:402")
    void usersAndGroupsAreNotSearchedForAtOnce() {
        assertThat(world.refused(search(pair(USER_ID, "ann"), pair(SearchElement.GROUP_NAME, "ann")))
                        .statusCode())
                .isEqualTo(402);
    }

    @Test
    @Tag("status:610")
    @Tag("status:402")
    void aLimitAboveOursIsRefusedAndOneBelowOneToo() {
        assertThat(world.refused(limited(101, pair(USER_ID, "ann"))).statusCode())
                .isEqualTo(610);
        assertThat(world.refused(limited(0, pair(USER_ID, "ann"))).statusCode()).isEqualTo(402);
        assertThat(world.answer(limited(100, pair(USER_ID, "ann"))).searchFindings())
                .isEqualTo(1);
    }

    @Test
    @Tag("status:536")
    @Tag("status:537")
    void tooManyHitsAndTooManyToLookAtAreRefused() {
        world.rules = SearchRules.ofAll(new SearchLimits(2, 5, 3, 8, 4, 4, Duration.ofMinutes(1)));
        IntStream.range(0, 7).forEach(i -> world.user("dora" + i, "PP_AGE", "20"));
        assertThat(world.refused(search(pair(USER_ID, "dora"))).statusCode()).isEqualTo(536);
        assertThat(world.found(search(pair(USER_ID, "dora3")))).containsExactly("dora3");
        IntStream.range(7, 10).forEach(i -> world.user("dora" + i, "PP_AGE", "20"));
        assertThat(world.refused(search(pair(USER_AGE_MIN, "1"))).statusCode()).isEqualTo(537);
        assertThat(world.found(search(pair(USER_AGE_MIN, "1"), pair(USER_ID, "dora9"))))
                .containsExactly("dora9");
    }
}
