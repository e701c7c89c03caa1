package org.impsiwf.ssp.codec;

import org.impsiwf.ssp.primitives.Addressee;
import org.impsiwf.ssp.primitives.ContactListId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.User;

/** The home domains of addressees. */
final class Domains {

    private Domains() {}

    /** In lower case, empty if unknown. */
    static String of(Addressee addressee) {
        return switch (addressee) {
            case User user -> user.userId().domain();
            case GroupId group -> group.domain();
            case ContactListId list -> list.domain();
            case ScreenName name -> name.groupId().map(GroupId::domain).orElse("");
        };
    }
}
