package org.impsiwf.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KEYS = List.of("listen", "domains", "next-hop", "our-password", "peer-password");

    @ParameterizedTest
    @CsvSource({
        "lisen,listen",
        "domain,domains",
        "nexthop,next-hop",
        "Listen,listen",
        "peer-pasword,peer-password",
        "lsiten,listen"
    })
    void nearestKeyIsMeant(String written, String meant) {
        assertThat(Suggestion.among(KEYS, written)).contains(meant);
    }

    @Test
    void nothingIsSuggestedForSomethingElseAltogether() {
        assertThat(Suggestion.among(KEYS, "colour")).isEmpty();
        assertThat(Suggestion.among(KEYS, "x")).isEmpty();
    }
}
