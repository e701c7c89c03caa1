package org.impsiwf.ssp.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.Samples.Variant;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.SetUp;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.SessionPrimitive.LoginRequest;
import org.impsiwf.ssp.primitives.SessionPrimitive.LoginResponse;
import org.impsiwf.ssp.primitives.SessionPrimitive.SendSecretToken;
import org.impsiwf.ssp.primitives.TransactionId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each primitive looks like on the wire, as files that a person reads beside the syntax: one with mandatory
 * elements only, one with all, one per conditional element. {@code -Diwf.golden=write} writes missing ones; they are
 * then reviewed like code.
 */
class GoldenFilesTest {

    private static final Path FOLDER =
            Path.of(System.getProperty("iwf.root", ".."), "ssp-side", "src", "test", "resources", "ssp", "golden");

    private final SspCodec codec = new SspCodec();

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void isReadAndWrittenAgainByteForByte(String file) throws Exception {
        byte[] golden = Files.readAllBytes(FOLDER.resolve(file));

        Decoded decoded = codec.decode(golden, Dialect.OMA_1_3);

        assertThat(decoded.refused()).isEmpty();
        assertThat(new String(codec.encode(decoded.message(), Dialect.OMA_1_3), UTF_8))
                .isEqualTo(new String(golden, UTF_8));
    }

    @Test
    void everyPrimitiveAndEveryConditionalVariantHasAFile() throws Exception {
        Map<String, Primitive> expected = expected();
        if ("write".equals(System.getProperty("iwf.golden"))) {
            for (Map.Entry<String, Primitive> entry : expected.entrySet()) {
                Files.write(FOLDER.resolve(entry.getKey()), codec.encode(message(entry.getValue()), Dialect.OMA_1_3));
            }
        }
        assertThat(new TreeSet<>(files())).isEqualTo(new TreeSet<>(expected.keySet()));
    }

    private static Map<String, Primitive> expected() {
        Map<String, Primitive> expected = new LinkedHashMap<>();
        for (Class<? extends Primitive> type : Catalogue.primitives()) {
            List<Primitive> seen = new ArrayList<>();
            for (Variant variant : Samples.variants(type)) {
                expected.put(variant + ".xml", variant.primitive());
                seen.add(variant.primitive());
            }
            Primitive full = Samples.full(type);
            if (!seen.contains(full)) {
                expected.put(type.getSimpleName() + "-full.xml", full);
            }
        }
        return expected;
    }

    private static SspMessage message(Primitive primitive) {
        TransactionId id = new TransactionId("a-0007");
        return switch (primitive) {
            case SendSecretToken token -> new SetUp(Mode.REQUEST, id, token);
            case LoginRequest request -> new SetUp(Mode.RESPONSE, id, request);
            case LoginResponse response -> new SetUp(Mode.RESPONSE, id, response);
            default -> InSession.of(new SessionId("42@b.example"), new Transaction(Mode.REQUEST, id, primitive));
        };
    }
}
