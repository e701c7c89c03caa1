package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.impsiwf.ssp.elements.common.SearchWorld.ANN;
import static org.impsiwf.ssp.elements.common.SearchWorld.goOn;
import static org.impsiwf.ssp.elements.common.SearchWorld.limited;
import static org.impsiwf.ssp.elements.common.SearchWorld.names;
import static org.impsiwf.ssp.elements.common.SearchWorld.pair;
import static org.impsiwf.ssp.elements.common.SearchWorld.search;
import static org.impsiwf.ssp.elements.common.SearchWorld.stop;
import static org.impsiwf.ssp.primitives.SearchElement.USER_ID;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches whose results are fetched in parts, and how they end (SSP 13.1.5, 13.1.6). */
@Tag("tx:GeneralSearch")
class ContinuedSearchTest {

    @AutoClose
    private final SearchWorld world = new SearchWorld();

    private SearchId fiveFoundTwoAtATime() {
        IntStream.range(1, 6).forEach(i -> world.user("dora" + i));
        SearchResponse first = world.answer(limited(2, pair(USER_ID, "dora")));
        assertThat(names(first.searchResults())).containsExactly("dora1", "dora2");
        return first.searchId().orElseThrow();
    }

    @Test
    @Tag("SSP-262")
    @Tag("SSP-294")
    void aLimitedSearchOfFiveTakesThreeRounds() {
        SearchId id = fiveFoundTwoAtATime();
        SearchResponse second = world.answer(goOn(id, 2));
        assertThat(second)
                .isEqualTo(new SearchResponse(Status.of(200), Optional.empty(), 5, false, 4, second.searchResults()));
        SearchResponse third = world.answer(goOn(id, 4));
        assertThat(names(third.searchResults())).containsExactly("dora5");
        assertThat(third.completed()).isTrue();
    }

    @Test
    @Tag("SSP-295")
    @Tag("status:425")
    void aSearchGoesOnAtAnyIndexWithinIt() {
        SearchId id = fiveFoundTwoAtATime();
        assertThat(world.found(goOn(id, 3))).containsExactly("dora4", "dora5");
        assertThat(world.found(goOn(id, 0))).containsExactly("dora1", "dora2");
        assertThat(world.refused(goOn(id, 6)).statusCode()).isEqualTo(425);
        assertThat(world.refused(goOn(id, -1)).statusCode()).isEqualTo(425);
    }

    @Test
    @Tag("SSP-293")
    @Tag("status:400")
    void aContinuedRequestHasNothingButTheSearchAndTheIndex() {
        assertThatThrownBy(() -> new SearchRequest(
                        MetaInformation.ofUser(new ServiceId("wv:@home.example.com"), ANN),
                        List.of(pair(USER_ID, "x")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new SearchId("7")),
                        Optional.of(1L)))
                .isInstanceOfSatisfying(
                        InvalidPrimitiveException.class,
                        refused -> assertThat(refused.statusCode()).isEqualTo(400));
    }

    @Test
    @Tag("SSP-296")
    @Tag("status:424")
    void aNewSearchEndsTheOneBefore() {
        SearchId id = fiveFoundTwoAtATime();
        world.answer(search(pair(USER_ID, "ann")));
        assertThat(world.refused(goOn(id, 2)).statusCode()).isEqualTo(424);
    }

    @Test
    @Tag("SSP-296")
    void theEndOfTheSessionEndsTheSearchOfThatClientOnly() {
        SearchId id = fiveFoundTwoAtATime();
        world.element().sessionEnded(ANN, Optional.of(ClientId.of("pc")));
        assertThat(world.found(goOn(id, 2))).hasSize(2);
        world.element().sessionEnded(ANN, Optional.of(ClientId.of("phone")));
        assertThat(world.refused(goOn(id, 2)).statusCode()).isEqualTo(424);
    }

    @Test
    @Tag("status:424")
    void aSearchIsOfWhoBeganIt() {
        SearchId id = fiveFoundTwoAtATime();
        UserId other = SearchWorld.local("dora1");
        assertThat(world.serve(other, goOn(id, 2))).isEqualTo(Status.of(424));
        assertThat(world.serve(other, stop(id))).isEqualTo(Status.of(424));
        assertThat(world.found(goOn(id, 2))).hasSize(2);
    }

    @Test
    @Tag("SSP-297")
    @Tag("tx:StopSearch")
    @Tag("status:200")
    @Tag("status:424")
    @Tag("IMPS-SSP-CMSE-S-003")
    void aStoppedSearchCannotGoOn() {
        SearchId id = fiveFoundTwoAtATime();
        assertThat(world.refused(stop(id))).isEqualTo(Status.of(200));
        assertThat(world.refused(goOn(id, 2)).statusCode()).isEqualTo(424);
        assertThat(world.refused(stop(id)).statusCode()).isEqualTo(424);
    }

    @Test
    @Tag("status:535")
    void whoComesBackTooLateIsToldSoAndLaterNotEvenThat() {
        SearchId id = fiveFoundTwoAtATime();
        world.now = world.now.plus(Duration.ofMinutes(9));
        assertThat(world.found(goOn(id, 2))).hasSize(2);
        world.now = world.now.plus(Duration.ofMinutes(11));
        world.element().expire(world.now);
        assertThat(world.refused(goOn(id, 2)).statusCode()).isEqualTo(535);
        world.element().expire(world.now.plus(Duration.ofHours(2)));
        assertThat(world.refused(goOn(id, 2)).statusCode()).isEqualTo(424);
    }
}
