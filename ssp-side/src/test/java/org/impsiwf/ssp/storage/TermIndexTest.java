package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.impsiwf.ssp.primitives.SearchElement;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Databases.class)
class TermIndexTest {

    @Parameter
    Databases databases;

    @AutoClose
    Database database;

    @BeforeEach
    void open() {
        database = databases.fresh();
        put("wv:/chess@home.example.com", "Schach für Ängstliche");
        put("wv:/cooking@home.example.com", "Banana, banana");
    }

    private void put(String object, String value) {
        database.useTransaction(handle -> TermIndex.put(handle, SearchElement.GROUP_NAME, object, Optional.of(value)));
    }

    private List<String> containing(String part) {
        return database.read(handle -> TermIndex.containing(handle, SearchElement.GROUP_NAME, part, 10));
    }

    @Test
    void anyPartOfAValueFindsItWithoutRegardToCase() {
        assertThat(containing("FÜR ä")).containsExactly("wv:/chess@home.example.com");
        assertThat(containing("an")).containsExactlyInAnyOrder("wv:/cooking@home.example.com");
        assertThat(containing("ängstliche")).hasSize(1);
        assertThat(containing("%")).isEmpty();
        assertThat(containing("")).hasSize(2);
    }

    @Test
    void eachElementIsSearchedOnItsOwn() {
        List<String> found =
                database.read(handle -> TermIndex.containing(handle, SearchElement.GROUP_TOPIC, "banana", 10));
        assertThat(found).isEmpty();
    }

    @Test
    void aNewValueReplacesTheOld() {
        put("wv:/chess@home.example.com", "Go");
        assertThat(containing("schach")).isEmpty();
        assertThat(containing("go")).hasSize(1);
        database.useTransaction(handle -> TermIndex.remove(handle, "wv:/chess@home.example.com"));
        assertThat(containing("go")).isEmpty();
    }

    @Test
    void aPartLongerThanATermStillFinds() {
        put("long", "x".repeat(500));
        assertThat(containing("x".repeat(200))).containsExactly("long");
    }

    @Test
    void noMoreComeThanAskedFor() {
        IntStream.range(0, 30).forEach(i -> put("group" + i, "same"));
        assertThat(containing("same")).hasSize(10);
    }

    @Test
    void rangesOfWholeValuesHaveBothEnds() {
        database.useTransaction(handle -> {
            var batch = handle.prepareBatch("INSERT INTO search_term (element, term, object_id) VALUES (?, ?, ?)");
            for (int age : new int[] {9, 18, 30, 31, 100}) {
                TermIndex.addWhole(batch, SearchElement.USER_AGE_MIN, "u" + age, "%03d".formatted(age));
            }
            batch.execute();
        });
        List<String> found =
                database.read(handle -> TermIndex.between(handle, SearchElement.USER_AGE_MIN, "018", "030", 10));
        assertThat(found).containsExactlyInAnyOrder("u18", "u30");
    }
}
