package org.impsiwf.ssp.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The document as data, written down independently of the records: the other entry of the double-entry tests. */
final class SpecData {

    /** A row of a primitive's table. */
    record Row(String name, String requirement, String type, int missingStatus) {}

    /** A primitive's table. */
    record Table(String name, String section, Set<String> kinds, boolean answered, Set<String> from, List<Row> rows) {
        Optional<Row> row(String plainName) {
            return rows.stream()
                    .filter(row -> Names.plain(row.name()).equals(plainName))
                    .findFirst();
        }
    }

    private static final Set<String> IN_THE_ENVELOPE = Set.of("Message-Type", "Session-ID", "Transaction-ID");

    private SpecData() {}

    static JsonNode read(String name) {
        try (InputStream in = Objects.requireNonNull(SpecData.class.getResourceAsStream("/ssp/spec/" + name))) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every primitive, Meta-Information included, without what travels in the element name and the envelope. */
    static List<Table> tables() {
        return StreamSupport.stream(read("primitives.json").spliterator(), false)
                .map(SpecData::table)
                .toList();
    }

    static Table table(String name) {
        return tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Table table(JsonNode primitive) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode element : primitive.get("elements")) {
            boolean redirectLogin = primitive.get("name").asText().equals("LoginRequest")
                    && element.get("name").asText().equals("Session-ID");
            if (redirectLogin || !IN_THE_ENVELOPE.contains(element.get("name").asText())) {
                rows.add(new Row(
                        element.get("name").asText(),
                        element.get("req").asText(),
                        element.get("type").asText(),
                        element.path("missingStatus").asInt()));
            }
        }
        Set<String> from = new HashSet<>();
        primitive
                .path("directions")
                .forEach(direction -> from.add(direction.get("from").asText()));
        Set<String> kinds = new HashSet<>();
        primitive.get("kind").forEach(kind -> kinds.add(kind.asText()));
        return new Table(
                primitive.get("name").asText(),
                primitive.get("section").asText(),
                kinds,
                primitive.get("answered").asBoolean(),
                from,
                rows);
    }
}
