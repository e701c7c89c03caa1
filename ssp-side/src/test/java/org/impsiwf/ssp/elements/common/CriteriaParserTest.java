package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.SearchElement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("SSP-291")
@Tag("IMPS-SSP-CMSE-S-002")
class CriteriaParserTest {

    private static final SearchLimits LIMITS = new SearchLimits(20, 100, 100, 100, 4, 3, Duration.ofMinutes(1));

    private static List<SearchPair> pairs(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> new SearchPair(SearchElement.USER_ID, "t" + i, Optional.of(i)))
                .toList();
    }

    private static boolean matches(String criteria, int pairs, Long... fitting) {
        return CriteriaParser.parse(criteria, pairs(pairs), LIMITS)
                .matches(pair -> Set.of(fitting).contains(pair.pairId().orElseThrow()));
    }

    private static int refusal(String criteria, List<SearchPair> pairs) {
        try {
            CriteriaParser.parse(criteria, pairs, LIMITS);
            return 200;
        } catch (Refusal refusal) {
            return refusal.status().statusCode();
        }
    }

    @Test
    void theDocumentsExampleFindsTheFirstAndEitherOfTheOthers() {
        assertThat(matches("0+[1|2]", 3, 0L, 1L)).isTrue();
        assertThat(matches("0+[1|2]", 3, 0L, 2L)).isTrue();
        assertThat(matches("0+[1|2]", 3, 0L)).isFalse();
        assertThat(matches("0+[1|2]", 3, 1L, 2L)).isFalse();
    }

    @Test
    void andBindsStrongerThanOrAndBracketsChangeThat() {
        assertThat(matches("0|1+2", 3, 0L)).isTrue();
        assertThat(matches("[0|1]+2", 3, 0L)).isFalse();
        assertThat(matches(" 0 + 1 | 2 ", 3, 2L)).isTrue();
    }

    @Test
    void notTurnsOneElementOrAWholeBracketAround() {
        assertThat(matches("0+-1", 2, 0L)).isTrue();
        assertThat(matches("0+!1", 2, 0L, 1L)).isFalse();
        assertThat(matches("-[0|1]", 2)).isTrue();
        assertThat(matches("-[0|1]", 2, 1L)).isFalse();
    }

    @ParameterizedTest(name = "[status:402] {0}")
    @ValueSource(
            strings = {"", "0+", "0 1", "0+[1", "0+1]", "x", "0++1", "+0+1", "0+7", "[]+0+1", "0+1+99999999999", "0&1"})
    void whatCannotBeReadIsRefused(String criteria) {
        assertThat(refusal(criteria, pairs(2))).isEqualTo(402);
    }

    @Test
    @Tag("SSP-290")
    @Tag("status:402")
    void aPairThatIsNotUsedIsRefused() {
        assertThat(refusal("0+1", pairs(3))).isEqualTo(402);
    }

    @Test
    @Tag("SSP-289")
    @Tag("status:402")
    void pairsNeedNumbersOfTheirOwnAndThereAreTwoAtLeast() {
        SearchPair unnumbered = new SearchPair(SearchElement.USER_ID, "x", Optional.empty());
        SearchPair zero = pairs(1).getFirst();
        assertThat(refusal("0", List.of(zero))).isEqualTo(402);
        assertThat(refusal("0+0", List.of(zero, zero))).isEqualTo(402);
        assertThat(refusal("0+1", List.of(zero, unnumbered))).isEqualTo(402);
        assertThat(refusal("0+1", pairs(2))).isEqualTo(200);
    }

    @ParameterizedTest(name = "[status:{1}] {0}", quoteTextArguments = false)
    @CsvSource({"0+1+0+1,200", "0+1+0+1+0,544", "[[[0+1]]],200", "[[[[0+1]]]],545", "---0+1,200", "----0+1,545"})
    void longOrDeepCriteriaAreRefused(String criteria, int status) {
        assertThat(refusal(criteria, pairs(2))).isEqualTo(status);
    }

    @Test
    void deepNestingIsRefusedBeforeItCouldHurt() {
        assertThatThrownBy(() -> CriteriaParser.parse("[".repeat(1_000_000), pairs(2), LIMITS))
                .isInstanceOf(Refusal.class);
    }
}
