package org.impsiwf.ssp.elements.im;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.UserId;

/**
 * Everything by which somebody who sends may be shut out (SSP 16.2.10).
 *
 * @param application through which it comes, or which it is for
 */
public record Origin(
        Optional<UserId> user,
        Optional<GroupId> group,
        Optional<ScreenName> screenName,
        Optional<ApplicationId> application) {

    public static Origin of(UserId user, Optional<GroupId> group) {
        return new Origin(Optional.of(user), group, Optional.empty(), Optional.empty());
    }

    /** Entries of a block or grant list that stand for it, contact lists apart. */
    List<Entity> entries() {
        List<Entity> entries = new ArrayList<>();
        user.ifPresent(one -> {
            entries.add(one);
            if (!one.domain().isEmpty()) {
                entries.add(Wildcards.everybodyIn(one.domain()));
            }
        });
        group.ifPresent(entries::add);
        screenName.ifPresent(entries::add);
        application.ifPresent(entries::add);
        return entries;
    }
}
