package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.codec.Samples.Variant;
import org.impsiwf.ssp.codec.SspMessage.InSession;
import org.impsiwf.ssp.codec.SspMessage.Transaction;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.SessionId;
import org.impsiwf.ssp.primitives.TransactionId;
import org.impsiwf.ssp.server.KeptAnswer;
import org.impsiwf.store.RecordCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive comes back from the wire as it went. */
class RoundTripTest {

    private static final RecordCodec<KeptAnswer> KEPT = RecordCodec.of(KeptAnswer.class);

    private final SspCodec codec = new SspCodec();

    static Stream<Class<? extends Primitive>> primitives() {
        return Catalogue.primitives().stream();
    }

    static Stream<Variant> variants() {
        return primitives().flatMap(type -> Samples.variants(type).stream());
    }

    static Stream<Arguments> optionals() {
        return primitives()
                .flatMap(type -> Samples.optionals(type).stream().map(optional -> Arguments.of(type, optional)));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void withMandatoryElementsAndEachConditionalOne(Variant variant) throws Exception {
        comesBack(variant.primitive(), Dialect.OMA_1_3);
        comesBack(variant.primitive(), Dialect.BARAZA);
    }

    @ParameterizedTest
    @MethodSource("optionals")
    void withEachOptionalElement(Class<? extends Primitive> type, String optional) throws Exception {
        comesBack(Samples.with(type, optional), Dialect.OMA_1_3);
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void withEveryOptionalElementDownToTheLastStructure(Class<? extends Primitive> type) throws Exception {
        comesBack(Samples.full(type), Dialect.OMA_1_3);
        comesBack(Samples.full(type), Dialect.BARAZA);
    }

    /** What a peer was answered has to be found by another node. */
    @ParameterizedTest
    @MethodSource("primitives")
    void throughTheStoreOfAnswers(Class<? extends Primitive> type) {
        KeptAnswer kept = new KeptAnswer(Optional.of(Samples.full(type)));
        assertThat(KEPT.decode(KEPT.encode(kept))).isEqualTo(kept);
    }

    private void comesBack(Primitive primitive, Dialect dialect) throws Exception {
        // The session id of the domain that answers: a baraza peer's responses are put right by it.
        SspMessage message = InSession.of(
                new SessionId("42@c.example"), new Transaction(Mode.RESPONSE, new TransactionId("t-1"), primitive));
        Decoded decoded = codec.decode(codec.encode(message, dialect), dialect);
        assertThat(decoded.refused()).isEmpty();
        assertThat(decoded.message()).isEqualTo(message);
        assertThat(decoded.skippedElements()).isZero();
    }
}
