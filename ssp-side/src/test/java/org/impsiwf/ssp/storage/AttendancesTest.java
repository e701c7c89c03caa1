package org.impsiwf.ssp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.ssp.elements.groups.Group;
import org.impsiwf.ssp.elements.groups.GroupSettings;
import org.impsiwf.ssp.elements.groups.GroupStore.Attendance;
import org.impsiwf.ssp.elements.groups.Participant;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Test;

class AttendancesTest {

    private static final Participant ANN = Participant.stranger(new UserId("wv:ann@home.example.com"));

    private final Attendances attendances = new Attendances(10);
    private final AtomicInteger reads = new AtomicInteger();

    private static Attendance joined(int howMany) {
        GroupId id = new GroupId("wv:ann/team@home.example.com");
        Group group = Group.of(id, Optional.empty(), GroupSettings.ofDefaults(), Instant.EPOCH);
        return new Attendance(group, Collections.nCopies(howMany, ANN));
    }

    private int size(String group, int inTheDatabase) {
        return attendances
                .of(group, () -> {
                    reads.incrementAndGet();
                    return Optional.of(joined(inTheDatabase));
                })
                .orElseThrow()
                .joined()
                .size();
    }

    @Test
    void isReadOnceUntilTheGroupChanges() {
        assertThat(List.of(size("a", 1), size("a", 2))).containsOnly(1);
        attendances.changes("a");
        attendances.changed("a");
        assertThat(size("a", 3)).isEqualTo(3);
        assertThat(reads).hasValue(2);
    }

    @Test
    void whatIsReadWhileATransactionChangesTheGroupIsNotKept() {
        attendances.changes("a");
        assertThat(size("a", 1)).isEqualTo(1);
        attendances.changed("a");
        assertThat(size("a", 2)).isEqualTo(2);
    }

    @Test
    void whatWasReadBeforeAChangeAndComesAfterItIsNotKept() {
        attendances.of("a", () -> {
            attendances.changes("a");
            attendances.changed("a");
            return Optional.of(joined(1));
        });
        assertThat(size("a", 2)).isEqualTo(2);
    }

    @Test
    void twoTransactionsThatChangeOneGroupBothHaveToEnd() {
        attendances.changes("a");
        attendances.changes("a");
        attendances.changed("a");
        size("a", 1);
        assertThat(size("a", 2)).isEqualTo(2);
    }

    @Test
    void nothingIsKeptOfAnyGroupAfterAChangeAnywhere() {
        size("a", 1);
        attendances.changeAnywhere();
        assertThat(size("a", 2)).isEqualTo(2);
    }

    @Test
    void keepsNoMoreThanItMay() {
        size("a", 4);
        size("b", 4);
        size("c", 4);
        assertThat(size("a", 5)).isEqualTo(5);
        assertThat(size("a", 6)).isEqualTo(5);
    }
}
