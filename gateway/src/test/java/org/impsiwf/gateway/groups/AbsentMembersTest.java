package org.impsiwf.gateway.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.impsiwf.ssp.elements.groups.GroupStore.Joined;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.UserId;
import org.junit.jupiter.api.Test;

class AbsentMembersTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final GroupId ROOM = new GroupId("wv:alice/room@ims.example.com");
    private static final GroupId CLUB = new GroupId("wv:/club@iwf.example.com");
    private static final UserId ALICE = new UserId("wv:alice@ims.example.com");
    private static final UserId CAROL = new UserId("wv:carol@ims.example.com");

    private final AbsentMembers absent = new AbsentMembers(Duration.ofSeconds(60));
    private final List<Joined> out = new ArrayList<>();

    private void lookAfter(int seconds) {
        absent.lookAfter(
                START.plusSeconds(seconds), (group, users) -> users.forEach(user -> out.add(new Joined(group, user))));
    }

    @Test
    void whoDoesNotCallAgainInTimeIsPutOutOfEachGroupOnce() {
        absent.found(List.of(new Joined(ROOM, ALICE), new Joined(ROOM, CAROL), new Joined(CLUB, ALICE)), START);
        lookAfter(59);
        assertThat(out).isEmpty();

        lookAfter(60);
        assertThat(out)
                .containsExactlyInAnyOrder(new Joined(ROOM, ALICE), new Joined(ROOM, CAROL), new Joined(CLUB, ALICE));
        lookAfter(61);
        assertThat(out).hasSize(3);
    }

    @Test
    void whoCallsAgainStaysInThatGroupHoweverItIsWritten() {
        absent.found(List.of(new Joined(ROOM, ALICE), new Joined(CLUB, ALICE)), START);
        absent.called(new GroupId("wv:Alice/Room@ims.example.com"), new UserId("wv:Alice@ims.example.com"));
        lookAfter(60);
        assertThat(out).containsExactly(new Joined(CLUB, ALICE));
    }

    @Test
    void whoComesAndWasNotThereBeforeIsNobodysBusiness() {
        absent.called(ROOM, ALICE);
        lookAfter(3600);
        absent.found(List.of(), START);
        lookAfter(3600);
        assertThat(out).isEmpty();
    }
}
