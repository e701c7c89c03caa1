package org.impsiwf.ssp.routing;

import java.util.Optional;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive;

/** The group that a group primitive is about. */
final class GroupIds {

    private GroupIds() {}

    static Optional<GroupId> of(GroupPrimitive primitive) {
        return Rewriting.component((Record) primitive, "groupId")
                .flatMap(held -> held instanceof Optional<?> optional ? optional : Optional.of(held))
                .map(GroupId.class::cast);
    }
}
