package org.impsiwf.ssp.elements.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.ssp.elements.common.SearchWorld.goOn;
import static org.impsiwf.ssp.elements.common.SearchWorld.limited;
import static org.impsiwf.ssp.elements.common.SearchWorld.names;
import static org.impsiwf.ssp.elements.common.SearchWorld.pair;
import static org.impsiwf.ssp.elements.common.SearchWorld.search;
import static org.impsiwf.ssp.primitives.SearchElement.USER_AGE_MIN;
import static org.impsiwf.ssp.primitives.SearchElement.USER_GENDER;
import static org.impsiwf.ssp.primitives.SearchElement.USER_ID;
import static org.impsiwf.ssp.primitives.SearchElement.USER_MARITAL_STATUS;

import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.elements.ServiceRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchPair;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchResponse;
import org.impsiwf.ssp.primitives.CommonPrimitive.StopSearchRequest;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SearchHit;
import org.impsiwf.ssp.primitives.SearchId;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Searches that go on in other domains, where we are the requestor (SSP 13.1.4). */
@Tag("SSP-284")
@Tag("tx:GeneralSearch")
class FurtherDomainsTest {

    private static final String IWF = "iwf.example.com";

    @AutoClose
    private final SearchWorld world = new SearchWorld();

    @BeforeEach
    void further() {
        world.further = List.of(IWF);
        world.user("robin");
    }

    private static SearchResponse page(Optional<SearchId> id, boolean completed, long index, String... users) {
        return new SearchResponse(
                Status.of(200),
                id,
                3,
                completed,
                index,
                List.of(users).stream()
                        .map(name -> new User(
                                new UserId("sip:" + name + "@" + IWF), Optional.of("Friend " + name), Optional.empty()))
                        .<SearchHit>map(user -> user)
                        .toList());
    }

    @Test
    @Tag("SSP-262")
    void theirResultsAreFetchedPageByPageAndComeAfterOurs() {
        world.sap.answering(
                asked -> ((SearchRequest) asked.primitive()).searchId().isEmpty()
                        ? page(Optional.of(new SearchId("7")), false, 2, "robin2", "robin3")
                        : page(Optional.empty(), true, 3, "robin4"));
        SearchResponse first = world.answer(limited(2, pair(USER_ID, "robin")));
        assertThat(first.searchFindings()).isEqualTo(4);
        assertThat(first.searchResults())
                .containsExactly(
                        new User(
                                SearchWorld.local("robin"), Optional.of("wv:robin@home.example.com"), Optional.empty()),
                        new User(new UserId("sip:robin2@" + IWF), Optional.of("Friend robin2"), Optional.empty()));
        assertThat(world.found(goOn(first.searchId().orElseThrow(), 2))).hasSize(2);
        assertThat(world.sap.sent(SearchRequest.class))
                .extracting(SearchRequest::searchIndex)
                .containsExactly(Optional.empty(), Optional.of(2L));
        assertThat(world.sap.asked())
                .allSatisfy(asked -> assertThat(asked.domain()).isEqualTo(IWF));
    }

    @Test
    @Tag("SSP-297")
    @Tag("tx:StopSearch")
    void aSearchThatNeverEndsIsStopped() {
        world.sap.answering(asked -> asked.primitive() instanceof SearchRequest
                ? page(Optional.of(new SearchId("7")), false, 1, "more")
                : Status.of(200));
        world.answer(search(pair(USER_ID, "robin")));
        assertThat(world.sap.sent(SearchRequest.class)).hasSizeLessThan(10);
        assertThat(world.sap.sent(StopSearchRequest.class))
                .extracting(StopSearchRequest::searchId)
                .containsExactly(new SearchId("7"));
    }

    @Test
    void whatADomainDoesNotAnswerIsMissingAndNoMore() {
        world.sap.answering(asked -> Status.of(503));
        assertThat(names(world.answer(search(pair(USER_ID, "robin"))).searchResults()))
                .containsExactly("robin");
    }

    @Test
    @Tag("SSP-285")
    void unspecifiedGenderAndMaritalStatusAreLeftOutOfWhatOthersAreAsked() {
        world.sap.answering(asked -> page(Optional.empty(), true, 0));
        world.answer(search(pair(USER_AGE_MIN, "18"), pair(USER_GENDER, "U"), pair(USER_MARITAL_STATUS, "U")));
        assertThat(world.sap.sent(SearchRequest.class))
                .singleElement()
                .satisfies(asked -> assertThat(asked.searchPairList())
                        .extracting(SearchPair::element)
                        .containsExactly(USER_AGE_MIN));
        world.sap.forget();
        world.answer(search(pair(USER_GENDER, "U")));
        assertThat(world.sap.asked()).isEmpty();
    }

    @Test
    void aSearchThatCameFromAPeerIsNotPassedOn() {
        Primitive answer = world.serve(new ServiceRequest(
                search(pair(USER_ID, "robin")),
                Optional.of(new ServiceId("wv:@iwf.example.com")),
                Optional.of(SearchWorld.ANN),
                Optional.empty(),
                world.now));
        assertThat(answer).isInstanceOf(SearchResponse.class);
        assertThat(world.sap.asked()).isEmpty();
    }
}
