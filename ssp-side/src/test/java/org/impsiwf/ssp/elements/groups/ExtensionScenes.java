package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.List;
import org.impsiwf.ssp.elements.groups.Extension.State;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.InviteId;
import org.impsiwf.ssp.primitives.UserId;

/** One extension of a talk, in whatever state. */
final class ExtensionScenes {

    static final Instant DEADLINE = Instant.parse("2026-11-21T12:01:00Z");

    private ExtensionScenes() {}

    static Extension in(State state) {
        return new Extension(
                new GroupId("wv:/talk-1@home.example.com"),
                new UserId("wv:ann@home.example.com"),
                new ExtendConversationId("x1"),
                new UserId("wv:dan@b.example.com"),
                new InviteId("ec-1"),
                List.of(),
                "Annie",
                /* subscribes= */ false,
                DEADLINE,
                state,
                DEADLINE,
                0);
    }
}
