package org.impsiwf.ssp.elements;

import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.SearchElement;
import org.impsiwf.ssp.primitives.UserId;

/** The groups that we host, as a search sees them (SSP 13.1.4, Table 56). */
public interface GroupDirectory {

    /**
     * By an index, at most so many groups, searchable or not, that one search pair fits. For GROUP_ID, GROUP_NAME and
     * GROUP_TOPIC the text is a part of the value, without regard to case; for the others it is the User-ID of who has
     * joined the group, owns it, or joins it automatically.
     */
    List<GroupId> candidates(SearchElement element, String text, int atMost);

    /** What a search compares; groups that are gone are left out. */
    List<FoundGroup> describe(Collection<GroupId> groups, UserId searcher);

    /**
     * One group.
     *
     * @param minimumAge absent where everybody may join
     * @param joined whether the searcher is in it now
     * @param owner whether the searcher owns it
     * @param autoJoin whether the searcher joins it automatically
     */
    record FoundGroup(
            GroupId group,
            String name,
            String topic,
            boolean searchable,
            OptionalInt minimumAge,
            boolean joined,
            boolean owner,
            boolean autoJoin) {}
}
