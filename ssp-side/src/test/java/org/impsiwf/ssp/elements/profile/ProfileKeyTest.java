package org.impsiwf.ssp.elements.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("SSP-231")
class ProfileKeyTest {

    /** By the type that the document's table gives: values that fit, and values that don't. */
    private static final Map<String, List<List<String>>> BY_TYPE = Map.ofEntries(
            Map.entry("String", List.of(List.of("anything, really"), List.of("", " "))),
            Map.entry("Domain", List.of(List.of("im.example.com", "local"), List.of("", "im example", "-im.example"))),
            Map.entry(
                    "List<transfer-encoding>", List.of(List.of("BASE64", "BASE64, 8bit"), List.of("", "BASE64,,8bit"))),
            Map.entry("List<protocol>", List.of(List.of("HTTP, SIP"), List.of(",", "HTTP,"))),
            Map.entry(
                    "List<content type, accepted length, policy, policy limit>",
                    List.of(List.of("image/png, 20000, N, 10000"), List.of("", "image/png,,N"))),
            Map.entry("Integer (bytes)", List.of(List.of("0", "4096"), List.of("", "-1", "1.5", "many"))),
            Map.entry("Integer (characters)", List.of(List.of("160"), List.of("16o", "+3"))),
            Map.entry("Integer", List.of(List.of("4"), List.of("four"))),
            Map.entry(
                    "Float 0..1",
                    List.of(List.of("0", "0.5", "1", ".25", "1.0"), List.of("1.1", "-0.1", "2", "", "x"))));

    private static List<JsonNode> keys() throws IOException {
        try (InputStream in = ProfileKeyTest.class.getResourceAsStream("/ssp/spec/tables.json")) {
            List<JsonNode> keys = new ArrayList<>();
            new ObjectMapper().readTree(in).get("profileKeys").forEach(keys::add);
            return keys;
        }
    }

    @Test
    void theKeysAreThoseOfTheDocument() throws IOException {
        assertThat(keys().stream().map(key -> key.get("name").asText()).filter(name -> !name.equals("x.*")))
                .containsExactlyElementsOf(List.of(ProfileKey.values()).stream()
                        .map(ProfileKey::wireName)
                        .toList())
                .hasSize(35);
    }

    @Test
    void eachKeyTakesTheValuesOfItsTypeAndNoOther() throws IOException {
        for (JsonNode key : keys()) {
            String name = key.get("name").asText();
            if (key.get("type").asText().equals("Enum")) {
                key.get("values")
                        .forEach(value -> assertThat(ProfileKey.isValid(name, value.asText()))
                                .as(name + "=" + value)
                                .isTrue());
                assertThat(ProfileKey.isValid(name, "MAYBE")).as(name).isFalse();
                assertThat(ProfileKey.isValid(
                                name, key.get("values").get(0).asText().toLowerCase(Locale.ROOT)))
                        .as(name)
                        .isFalse();
            } else if (!name.equals("x.*")) {
                List<List<String>> values = BY_TYPE.get(key.get("type").asText());
                values.get(0)
                        .forEach(good -> assertThat(ProfileKey.isValid(name, good))
                                .as(name + "=" + good)
                                .isTrue());
                values.get(1)
                        .forEach(bad -> assertThat(ProfileKey.isValid(name, bad))
                                .as(name + "=" + bad)
                                .isFalse());
            }
        }
    }

    @Test
    @Tag("SSP-232")
    void aProvidersOwnKeyAndALaterVersionsKeyMayHaveAnyValue() {
        assertThat(ProfileKey.isValid("x.MaximumOfContactLists", "100")).isTrue();
        assertThat(ProfileKey.isValid("x.Empty", "")).isTrue();
        assertThat(ProfileKey.isValid("Terminal.Content.type", "text/plain; charset=US-ASCII"))
                .isTrue();
        assertThat(ProfileKey.isValid(" ", "100")).isFalse();
        assertThat(ProfileKey.isValid("x.Long", "1".repeat(1_001))).isFalse();
        assertThat(ProfileKey.isValid("x." + "n".repeat(63), "1")).isFalse();
    }
}
