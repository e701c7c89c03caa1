package org.impsiwf.mapping.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.impsiwf.mapping.State;
import org.impsiwf.msrp.event.MsrpCommand;
import org.impsiwf.msrp.event.MsrpEvent;
import org.impsiwf.sip.event.SipCommand;
import org.impsiwf.sip.event.SipEvent;
import org.impsiwf.ssp.event.SspCommand;
import org.impsiwf.ssp.event.SspEvent;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.store.RecordCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What travels between nodes arrives as it was: every kind of event, order and state, with every kind of component. */
class LettersTest {

    private static final int ROUNDS = 12;

    private static final RecordCodec<Event> EVENTS = RecordCodec.of(Event.class);
    private static final RecordCodec<Command> COMMANDS = RecordCodec.of(Command.class);
    private static final RecordCodec<Primitive> PRIMITIVES = RecordCodec.of(Primitive.class);
    private static final RecordCodec<State> STATES = RecordCodec.of(State.class);

    static Stream<Class<?>> events() {
        return Stream.of(Event.class, SipEvent.class, MsrpEvent.class, SspEvent.class)
                .flatMap(kind -> RecordSamples.records(kind).stream());
    }

    static Stream<Class<?>> commands() {
        return Stream.of(Command.class, SipCommand.class, MsrpCommand.class, SspCommand.class)
                .flatMap(kind -> RecordSamples.records(kind).stream());
    }

    static Stream<Class<?>> primitives() {
        return RecordSamples.records(Primitive.class).stream();
    }

    static Stream<Class<?>> states() {
        return RecordSamples.records(State.class).stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventArrivesAsItWas(Class<?> type) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Object sample = new RecordSamples(seed).sample(type);
            arrives(
                    EVENTS,
                    switch (sample) {
                        case SipEvent e -> new Event.Sip(e);
                        case MsrpEvent e -> new Event.Msrp(e);
                        case SspEvent e -> new Event.Ssp(e);
                        default -> (Event) sample;
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void anOrderArrivesAsItWas(Class<?> type) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Object sample = new RecordSamples(seed).sample(type);
            arrives(
                    COMMANDS,
                    switch (sample) {
                        case SipCommand c -> new Command.Sip(c);
                        case MsrpCommand c -> new Command.Msrp(c);
                        case SspCommand c -> new Command.Ssp(c);
                        default -> (Command) sample;
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("primitives")
    void aPrimitiveArrivesAsItWas(Class<?> type) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            arrives(PRIMITIVES, (Primitive) new RecordSamples(seed).sample(type));
        }
    }

    @ParameterizedTest
    @MethodSource("states")
    void aStateAndWhatIsSharedOfItArriveAsTheyWere(Class<?> type) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            State state = (State) new RecordSamples(seed).sample(type);
            arrives(STATES, state);
            arrives(STATES, state.toShare());
        }
    }

    /** Records with octets in them are equal when the octets are. */
    private static <V> void arrives(RecordCodec<V> codec, V sent) {
        V received = codec.decode(codec.encode(sent));
        assertThat(received)
                .usingRecursiveComparison()
                .withEqualsForType(Object::equals, Map.class)
                .isEqualTo(sent);
    }
}
