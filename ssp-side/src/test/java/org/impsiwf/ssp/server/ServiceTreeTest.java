package org.impsiwf.ssp.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.Dialect;
import org.impsiwf.ssp.codec.Mode;
import org.impsiwf.ssp.codec.SspCodec;
import org.impsiwf.ssp.codec.SspMessage;
import org.impsiwf.ssp.primitives.ServicePrimitive;
import org.impsiwf.ssp.primitives.Services;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.TransactionId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SSP 10.3 to 10.7: each node of the tree goes over the wire alone, under its name, and is agreed by both or by neither. */
class ServiceTreeTest {

    private static final Services NOTHING =
            new Services(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The rule that lists the nodes of a feature. */
    private static final Map<String, String> RULES = Map.of(
            "SAP", "SSP-213", "Common IMPS", "SSP-215", "Presence", "SSP-219", "IM", "SSP-221", "Group", "SSP-223");

    private final SspCodec codec = new SspCodec();

    static Stream<Arguments> nodes() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ServiceTreeTest.class.getResourceAsStream("/ssp/spec/tables.json"))) {
            List<Arguments> nodes = new ArrayList<>();
            for (JsonNode row : new ObjectMapper().readTree(in).get("serviceTree")) {
                String rule = RULES.get(row.get("feature").asText());
                if (rule != null) {
                    nodes.add(Arguments.of(
                            row.get("feature").asText(), row.get("node").asText(), rule));
                }
            }
            assertThat(nodes).as("of the document").hasSizeGreaterThan(25);
            return nodes.stream();
        }
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("nodes")
    void aNodeIsWrittenUnderItsNameAndReadBack(String feature, String node, String rule) throws Exception {
        Services alone = only(plain(node));
        assertThat(alone).as("there is such a node").isNotEqualTo(NOTHING);
        byte[] written = codec.encode(list(alone), Dialect.OMA_1_3);
        assertThat(new String(written, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT))
                .contains("<" + plain(node));
        assertThat(codec.decode(written, Dialect.OMA_1_3).message()).isEqualTo(list(alone));
        assertThat(ServiceTree.common(alone, ServiceTerms.EVERYTHING)).isEqualTo(alone);
        assertThat(ServiceTree.common(alone, NOTHING)).isEqualTo(NOTHING);
    }

    private static String plain(String node) {
        return node.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static SspMessage list(Services services) {
        return SspMessage.InSession.of(
                new SessionId("1@a.example"),
                new SspMessage.Transaction(
                        Mode.RESPONSE,
                        new TransactionId("t"),
                        new ServicePrimitive.ServiceList(Optional.empty(), Optional.of(Status.of(200)), services)));
    }

    /** The tree with that node, what leads to it and, where it has choices, all of them. */
    private static Services only(String node) throws ReflectiveOperationException {
        return (Services) only(ServiceTerms.EVERYTHING, node).orElse(NOTHING);
    }

    private static Optional<Record> only(Record tree, String node) throws ReflectiveOperationException {
        boolean found = false;
        RecordComponent[] components = tree.getClass().getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = components[i].getAccessor().invoke(tree);
            boolean named =
                    components[i].getName().equalsIgnoreCase(node.equals("excon") ? "extendConversation" : node);
            if (value instanceof Boolean) {
                values[i] = named;
                found |= named;
            } else if (named && !(tree instanceof Services)) {
                values[i] = value;
                found = true;
            } else {
                Optional<Record> below = only((Record) ((Optional<?>) value).orElseThrow(), node);
                values[i] = below;
                found |= below.isPresent();
            }
        }
        if (!found) {
            return Optional.empty();
        }
        return Optional.of(
                (Record) tree.getClass().getDeclaredConstructor(types).newInstance(values));
    }
}
