package org.impsiwf.ssp.elements.invitation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.impsiwf.ssp.elements.im.ImSettings;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.PresenceAttribute;

/**
 * What an operator decides about invitations.
 *
 * @param types that are supported; others are refused with 402
 * @param attributes that a PR or AP invitation may name; others are refused with 751
 * @param contents which applications may be invited to (451, 452)
 * @param forOffline whether an invitation waits for a user who is not logged in, or is refused with 410
 * @param validity of an invitation that says nothing
 * @param longestValidity whatever an invitation says
 * @param collect how long answers are gathered for one InviteResponse; zero: each goes alone, which every peer understands
 * @param mostInvited by one request
 */
public record InvitationSettings(
        Set<InviteType> types,
        Set<PresenceAttribute> attributes,
        ImSettings.Contents contents,
        boolean forOffline,
        Duration validity,
        Duration longestValidity,
        Duration collect,
        int mostInvited) {

    public static final InvitationSettings DEFAULT = new InvitationSettings(
            EnumSet.allOf(InviteType.class),
            EnumSet.allOf(PresenceAttribute.class),
            ImSettings.Contents.DEFAULT,
            true,
            Duration.ofDays(1),
            Duration.ofDays(30),
            Duration.ZERO,
            1_000);

    public InvitationSettings {
        types = Set.copyOf(types);
        attributes = Set.copyOf(attributes);
    }
}
