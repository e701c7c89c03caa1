package org.impsiwf.ssp.elements.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.impsiwf.ssp.elements.groups.Extension.Event;
import org.impsiwf.ssp.elements.groups.Extension.State;
import org.impsiwf.ssp.primitives.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The states of an extension, without a clock or a database. */
class ExtensionTest {

    private static final State.Failed REFUSED = new State.Failed(825, Optional.empty(), Optional.of("no time"));
    private static final Event REFUSES = new Event.PartnerAnswered(/* accepted= */ false, Optional.of("no time"));

    private static State after(State state, Event event) {
        return ExtensionScenes.in(state).decide(event);
    }

    private static Event invited(int code) {
        return new Event.PartnerInvited(Status.of(code));
    }

    @Test
    void thePathOfSuccessIsOnePath() {
        State state = after(new State.Inviting(), invited(200));
        assertThat(state).isEqualTo(new State.Waiting());
        state = after(state, new Event.PartnerJoined());
        assertThat(state).isEqualTo(new State.Extended());
        state = after(state, new Event.InitiatorTold());
        assertThat(state).isEqualTo(new State.Told());
        assertThat(after(state, new Event.OthersInvited())).isEqualTo(new State.Ended());
    }

    static Stream<State> beforeJoining() {
        return Stream.of(new State.Inviting(), new State.Waiting());
    }

    @ParameterizedTest(name = "{0} CSPX-22")
    @MethodSource("beforeJoining")
    void aRefusalEndsTheWaitAndAnAcceptanceDoesNot(State state) {
        assertThat(after(state, REFUSES)).isEqualTo(REFUSED);
        assertThat(after(state, new Event.PartnerAnswered(/* accepted= */ true, Optional.of("yes"))))
                .isEqualTo(state);
    }

    @ParameterizedTest(name = "{0} CSPX-31")
    @MethodSource("beforeJoining")
    void theDeadlineEndsTheWaitAndNoMomentBefore(State state) {
        assertThat(after(state, new Event.DeadlineReached(ExtensionScenes.DEADLINE.minusMillis(1))))
                .isEqualTo(state);
        assertThat(after(state, new Event.DeadlineReached(ExtensionScenes.DEADLINE)))
                .isInstanceOf(State.Failed.class);
    }

    @Test
    void aPartnerMayJoinBeforeItsInvitationWasAnswered() {
        State joined = after(new State.Inviting(), new Event.PartnerJoined());
        assertThat(joined).isEqualTo(new State.Extended());
        assertThat(after(joined, invited(504))).isEqualTo(joined);
    }

    static Stream<State> decided() {
        return Stream.of(new State.Extended(), new State.Told(), REFUSED, new State.Ended());
    }

    @ParameterizedTest
    @MethodSource("decided")
    void whatIsDecidedStaysDecided(State state) {
        Stream.of(
                        REFUSES,
                        new Event.DeadlineReached(ExtensionScenes.DEADLINE),
                        new Event.PartnerJoined(),
                        invited(200),
                        invited(531))
                .forEach(event -> assertThat(after(state, event)).isEqualTo(state));
    }

    @Test
    void aFailureEndsWhenTheInitiatorKnows() {
        assertThat(after(REFUSED, new Event.InitiatorTold())).isEqualTo(new State.Ended());
    }

    @ParameterizedTest(name = "{0} is reported as {1}")
    @CsvSource({
        "531,531", "516,516", "907,907", "909,909", "410,410", "825,825", "532,825", "506,909", "405,909", "501,909",
        "533,410", "503,410", "504,410", "500,410", "999,410"
    })
    void anInitiatorHearsWhyThePartnerCouldNotBeInvited(int answer, int reported) {
        assertThat(after(new State.Inviting(), invited(answer)))
                .isInstanceOfSatisfying(
                        State.Failed.class, failed -> assertThat(failed.code()).isEqualTo(reported));
    }
}
