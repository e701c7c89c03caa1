package org.impsiwf.gateway.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LadderTest {

    private static final Instant TEN = Instant.parse("2026-01-01T10:00:00Z");

    private static TraceEntry entry(int millis, String from, String to, String text) {
        return new TraceEntry(TEN.plusMillis(millis), from, to, text);
    }

    @Test
    void drawsAColumnPerParticipantAndAnArrowPerMessage() {
        assertThat(Ladder.of(List.of(
                        entry(0, "alice", "iwf", "INVITE sip:bob"),
                        entry(5, "iwf", "imps", "SendMessageRequest"),
                        entry(7, "imps", "iwf", "Status 200"),
                        entry(9, "iwf", "alice", "200 OK"),
                        entry(9, "iwf", "iwf", "session is idle"))))
                .isEqualTo("""
                                                alice                    iwf                    imps
                                                  |                       |                       |
                        10:00:00.000              |--- INVITE sip:bob --->|                       |
                        10:00:00.005              |                       |- SendMessageRequest ->|
                        10:00:00.007              |                       |<---- Status 200 ------|
                        10:00:00.009              |<------ 200 OK --------|                       |
                        10:00:00.009              |                       | * session is idle     |
                                                  |                       |                       |
                        """);
    }

    @Test
    void longTextsAreShortened() {
        String ladder = Ladder.of(List.of(entry(0, "a".repeat(300), "b", "x".repeat(300))));

        assertThat(ladder.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(14 + 2 * 46));
        assertThat(ladder).contains("xxx… ").contains("aaa…");
    }

    @Test
    void arrowMayPassAColumn() {
        assertThat(Ladder.of(List.of("a", "b", "c"), List.of(entry(0, "c", "a", "past b"))))
                .containsPattern("\\|<-{9,15} past b -{9,15}\\|");
    }

    @Test
    void nothingIsAnEmptyPicture() {
        assertThat(Ladder.of(List.of())).isEmpty();
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertThat(Ladder.of(List.of(entry(0, "a", "b", "INVITE\r\n\u001b[31mred"))))
                .doesNotContain("\u001b", "\r");
    }
}
