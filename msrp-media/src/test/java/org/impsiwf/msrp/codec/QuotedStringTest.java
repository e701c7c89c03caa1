package org.impsiwf.msrp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("RFC 4975 §9: quoted-string")
class QuotedStringTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"Alice the great\"|Alice the great",
                "\"a \\\"b\\\" c\"|a \"b\" c",
                "\"back\\\\slash\"|back\\slash",
                "\"Ålice 愛麗絲\"|Ålice 愛麗絲"
            })
    void isReadWithItsEscapesUndone(String value, String text) {
        assertThat(QuotedString.read(value)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\""})
    void mayBeEmpty(String value) {
        assertThat(QuotedString.read(value)).contains("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "Alice",
                "\"Alice",
                "Alice\"",
                "\"a\"b\"",
                "\"a\\\"",
                "\"a\\bc\"",
                "\"a\u0001b\"",
                "\"a\u007fb\""
            })
    void isNothingElse(String value) {
        assertThat(QuotedString.read(value)).isEmpty();
    }
}
