package org.impsiwf.mapping.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.mapping.addresses.Names;
import org.impsiwf.mapping.event.Moment;
import org.impsiwf.mapping.extension.Extension.Guest;
import org.impsiwf.mapping.extension.Extension.Initiator;
import org.impsiwf.mapping.extension.Extension.Intent;
import org.impsiwf.ssp.primitives.ClientId;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.GroupPrimitive.CreateGroupRequest;
import org.impsiwf.ssp.primitives.GroupPrimitive.LeaveGroupRequest;
import org.impsiwf.ssp.primitives.GroupProperties;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Property;
import org.impsiwf.ssp.primitives.ScreenName;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.User;
import org.impsiwf.ssp.primitives.UserId;

/** What an extension says on the SSP side. */
final class ExtensionPhrases {

    private ExtensionPhrases() {}

    /**
     * SSP 17.1.1: a group of the initiator's own, so it is private; whoever was invited may join and invite others, and it
     * ends with its last participant.
     */
    static CreateGroupRequest create(Intent intent, Moment moment, String group) {
        List<Property> properties = new ArrayList<>(List.of(
                new Property("Type", "Private"),
                new Property("AccessType", "Open"),
                new Property("RequireInvitation", "T"),
                new Property("AutoDelete", "T"),
                new Property("PrivateMessaging", "T"),
                new Property("Searchable", "F")));
        Names.clean(intent.invite().head().header("subject"))
                .ifPresent(subject -> properties.add(new Property("Topic", subject)));
        GroupId id = new GroupId(group);
        return new CreateGroupRequest(
                onBehalf(intent.initiator(), moment),
                id,
                new GroupProperties(properties, Optional.empty()),
                /* joinGroup= */ true,
                Optional.of(ScreenName.in(id, intent.initiator().screenName())),
                /* subscribeNotif= */ true);
    }

    /** SSP 16.2.13: the group does not exist yet, so the screen name is in none. */
    static ExtendConversationRequest extend(Intent intent, Moment moment, String id, Guest partner) {
        List<UserId> others = intent.guestsBut(partner).stream()
                .map(guest -> new UserId(guest.impsAddress()))
                .toList();
        return new ExtendConversationRequest(
                onBehalf(intent.initiator(), moment),
                new ExtendConversationId(id),
                others,
                User.of(partner.impsAddress()),
                /* subscribeNotif= */ true,
                Optional.empty(),
                new ScreenName(Optional.empty(), intent.initiator().screenName()));
    }

    static LeaveGroupRequest leave(Initiator initiator, Moment moment, String group) {
        return new LeaveGroupRequest(onBehalf(initiator, moment), new GroupId(group));
    }

    private static MetaInformation onBehalf(Initiator initiator, Moment moment) {
        return new MetaInformation(
                true,
                new ServiceId(moment.policy().serviceId()),
                Optional.of(new UserId(initiator.impsAddress())),
                initiator.client().map(ClientId::of));
    }
}
