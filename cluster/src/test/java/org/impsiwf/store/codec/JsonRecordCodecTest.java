package org.impsiwf.store.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.store.RecordCodec;
import org.junit.jupiter.api.Test;

class JsonRecordCodecTest {

    enum Mode {
        PAGER,
        SESSION
    }

    record UserId(String value) {}

    record Everything(
            String text,
            boolean flag,
            int number,
            long large,
            double ratio,
            OptionalInt maybeInt,
            OptionalLong maybeLong,
            Optional<String> maybeText,
            Optional<UserId> maybeUser,
            Instant at,
            Duration patience,
            Mode mode,
            byte[] bytes,
            URI uri,
            UUID uuid,
            UserId user,
            List<UserId> users,
            Set<Mode> modes,
            Map<String, String> headers,
            Map<UserId, Integer> counts,
            Map<Mode, List<Optional<String>>> nested) {}

    /** As the tests save it, and as releases before wrote it into `saved/`. */
    static Everything everything() {
        return new Everything(
                "bär \u0000 \"quoted\"",
                true,
                -7,
                1L << 60,
                0.25,
                OptionalInt.of(0),
                OptionalLong.of(5),
                Optional.of(""),
                Optional.of(new UserId("wv:bob@imps.example.com")),
                Instant.parse("2026-01-01T00:00:00.123456789Z"),
                Duration.ofMillis(1500),
                Mode.SESSION,
                new byte[] {0, -1, 7},
                URI.create("sip:alice@example.com"),
                UUID.fromString("9b2b3c1e-0000-4000-8000-000000000001"),
                new UserId("a"),
                List.of(new UserId("b"), new UserId("c")),
                Set.of(Mode.PAGER),
                Map.of("Subject", "hi"),
                Map.of(new UserId("d"), 3),
                Map.of(Mode.PAGER, List.of(Optional.of("x"), Optional.empty())));
    }

    sealed interface State {
        record Inviting(UserId caller, Instant giveUpAt) implements State {}

        sealed interface Open extends State {
            record Talking(Optional<State> before, List<State> legs) implements Open {}
        }

        record Ended() implements State {}
    }

    record Small(String name, Optional<String> alias, List<String> more, int count) {}

    private static <V> V decode(Class<V> type, String json) {
        return RecordCodec.of(type).decode(json.getBytes(UTF_8));
    }

    private static <V> String encode(Class<V> type, V value) {
        return new String(RecordCodec.of(type).encode(value), UTF_8);
    }

    @Test
    void everyKindOfComponentComesBack() {
        RecordCodec<Everything> codec = RecordCodec.of(Everything.class);

        Everything back = codec.decode(codec.encode(everything()));

        assertThat(back).usingRecursiveComparison().isEqualTo(everything());
    }

    @Test
    void valueSavedByAnEarlierReleaseStillLoads() throws IOException {
        assertThat(RecordCodec.of(Everything.class).decode(saved("everything-0.1.json")))
                .usingRecursiveComparison()
                .isEqualTo(everything());
        assertThat(RecordCodec.of(State.class).decode(saved("state-0.1.json"))).isEqualTo(talking());
    }

    @Test
    void valueSavedByALaterReleaseLoadsWithoutWhatIsUnknown() throws IOException {
        assertThat(RecordCodec.of(Small.class).decode(saved("small-later.json")))
                .isEqualTo(new Small("kept", Optional.empty(), List.of("x"), 2));
    }

    private static byte[] saved(String name) throws IOException {
        try (var in = JsonRecordCodecTest.class.getResourceAsStream("/saved/" + name)) {
            return in.readAllBytes();
        }
    }

    private static State talking() {
        State inviting = new State.Inviting(new UserId("u"), Instant.EPOCH);
        return new State.Open.Talking(Optional.of(inviting), List.of(new State.Ended(), inviting));
    }

    @Test
    void sealedTypeCarriesTheSimpleNameOfTheRecordFirst() {
        assertThat(encode(State.class, new State.Inviting(new UserId("u"), Instant.EPOCH)))
                .isEqualTo("{\"@\":\"Inviting\",\"caller\":{\"value\":\"u\"},\"giveUpAt\":\"1970-01-01T00:00:00Z\"}");
        assertThat(decode(State.class, encode(State.class, talking()))).isEqualTo(talking());
    }

    @Test
    void recordOfASealedTypeNeedsNoNameWhereItIsDeclaredItself() {
        assertThat(encode(State.Ended.class, new State.Ended())).isEqualTo("{}");
    }

    @Test
    void emptyComponentsTakeNoRoom() {
        assertThat(encode(Small.class, new Small("n", Optional.empty(), List.of(), 0)))
                .isEqualTo("{\"name\":\"n\"}");
    }

    @Test
    void missingComponentsTakeTheirEmptyValue() {
        assertThat(decode(Small.class, "{\"name\":\"n\"}")).isEqualTo(new Small("n", Optional.empty(), List.of(), 0));
    }

    @Test
    void missingMandatoryComponentIsNamedWithItsPath() {
        assertThatThrownBy(() -> decode(
                        State.class,
                        "{\"@\":\"Talking\",\"legs\":[{\"@\":\"Ended\"},{\"@\":\"Inviting\","
                                + "\"caller\":{},\"giveUpAt\":\"1970-01-01T00:00:00Z\"}]}"))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessage("State.legs[1].caller.value: missing");
    }

    @Test
    void wrongTypeIsNamedWithItsPathAndWithoutItsValue() {
        assertThatThrownBy(() -> decode(Small.class, "{\"name\":\"n\",\"count\":\"secret\"}"))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("Small.count")
                .hasMessageNotContaining("secret");
    }

    @Test
    void unknownRecordOfASealedTypeIsNamed() {
        assertThatThrownBy(() -> decode(State.class, "{\"@\":\"Dreaming\"}"))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("Dreaming");
    }

    @Test
    void unknownComponentsAreSkippedWhateverTheyHold() {
        assertThat(decode(Small.class, "{\"new\":{\"a\":[1,{\"b\":2}]},\"name\":\"n\",\"newer\":[[]],\"newest\":null}"))
                .isEqualTo(new Small("n", Optional.empty(), List.of(), 0));
    }

    @Test
    void anythingThatIsNoSuchRecordIsRefused() {
        for (String bad :
                List.of("", "[]", "7", "{", "{\"name\":\"n\"} {}", "{\"name\":7}", "null", "{\"name\":null}")) {
            assertThatThrownBy(() -> decode(Small.class, bad)).as(bad).isInstanceOf(UnreadableRecordException.class);
        }
    }

    @Test
    void nullComponentIsOurOwnMistake() {
        assertThatThrownBy(() -> encode(UserId.class, new UserId(null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("UserId.value is null");
    }

    interface Anything {}

    record OfAnything(Optional<Anything> thing) {}

    record Priced(BigDecimal amount) {}

    @Test
    void keepsADecimalToItsLastDigit() {
        RecordCodec<Priced> codec = RecordCodec.of(Priced.class);
        var priced = new Priced(new BigDecimal("0.10"));
        assertThat(codec.decode(codec.encode(priced))).isEqualTo(priced);
        assertThatThrownBy(() -> codec.decode("{\"amount\":\"much\"}".getBytes(UTF_8)))
                .hasMessageContaining("decimal");
    }

    @Test
    void typeThatCannotBeKeptIsNamedWhenTheCodecIsMade() {
        assertThatThrownBy(() -> RecordCodec.of(OfAnything.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("OfAnything.thing");
    }

    record Member(String name, boolean away) {}

    record Room(String topic, List<Member> members, Map<String, Member> hosts) {}

    private static String over(Room next, String before) {
        return new String(RecordCodec.of(Room.class).encodeOver(next, before.getBytes(UTF_8)), UTF_8);
    }

    @Test
    void changeByANodeOfThePreviousReleaseKeepsWhatItDoesNotKnow() {
        String later =
                "{\"topic\":\"old\",\"members\":[{\"name\":\"a\",\"mood\":[1,2.50]},{\"name\":\"b\",\"mood\":null}],"
                        + "\"hosts\":{\"x\":{\"name\":\"a\",\"rank\":7}},\"limits\":{\"most\":9}}";
        Room room = decode(Room.class, later);

        Room changed = new Room("new", List.of(room.members().get(0), new Member("b", true)), room.hosts());

        assertThat(over(changed, later))
                .isEqualTo(
                        "{\"topic\":\"new\",\"members\":[{\"name\":\"a\",\"mood\":[1,2.50]},{\"name\":\"b\",\"away\":true,\"mood\":null}],"
                                + "\"hosts\":{\"x\":{\"name\":\"a\",\"rank\":7}},\"limits\":{\"most\":9}}");
    }

    @Test
    void elementsThatLeaveTakeWhatIsUnknownOfThemAlong() {
        String later = "{\"topic\":\"t\",\"members\":[{\"name\":\"a\",\"mood\":1},{\"name\":\"b\",\"mood\":2}],"
                + "\"hosts\":{\"x\":{\"name\":\"a\",\"rank\":7}}}";

        assertThat(over(new Room("t", List.of(new Member("b", false)), Map.of()), later))
                .isEqualTo("{\"topic\":\"t\",\"members\":[{\"name\":\"b\",\"mood\":2}]}");
    }

    @Test
    void knownComponentThatBecomesEmptyDoesNotComeBack() {
        assertThat(over(
                        new Room("t", List.of(), Map.of()),
                        "{\"topic\":\"t\",\"members\":[{\"name\":\"a\"}],\"later\":1}"))
                .isEqualTo("{\"topic\":\"t\",\"later\":1}");
    }

    @Test
    void anotherRecordOfASealedTypeStartsAfresh() {
        RecordCodec<State> codec = RecordCodec.of(State.class);

        byte[] next = codec.encodeOver(new State.Ended(), "{\"@\":\"Talking\",\"mood\":1}".getBytes(UTF_8));

        assertThat(next).asString(UTF_8).isEqualTo("{\"@\":\"Ended\"}");
    }

    @Test
    void readerIsToldOfComponentsThatItDoesNotKnowAndOfThoseOnly() {
        var told = new AtomicInteger();
        RecordCodec<Room> codec = RecordCodec.of(Room.class);

        codec.decode("{\"topic\":\"t\",\"members\":[{\"name\":\"a\"}]}".getBytes(UTF_8), told::incrementAndGet);
        assertThat(told).hasValue(0);
        codec.decode(
                "{\"topic\":\"t\",\"members\":[{\"name\":\"a\",\"mood\":1}]}".getBytes(UTF_8), told::incrementAndGet);
        assertThat(told).hasValue(1);
    }
}
