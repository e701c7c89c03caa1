package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.util.List;

/** SSP 11: the profiles that the home domain keeps. */
public sealed interface ProfilePrimitive extends Primitive {

    /** No user named asks for all. */
    @Section("11.2.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetUserProfileRequest(
            MetaInformation metaInformation,
            @Mandatory(mayBeEmpty = true) List<UserId> userIdList) implements ProfilePrimitive {
        public GetUserProfileRequest {
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("11.2.1.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record UserProfile(
            Status statusInfo, @Mandatory(mayBeEmpty = true) List<UserProfileEntry> userProfileList)
            implements ProfilePrimitive {
        public UserProfile {
            userProfileList = List.copyOf(userProfileList);
        }
    }

    @Section("11.2.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    @Also("UpdateUserProfile")
    record UpdateUserProfileRequest(
            MetaInformation metaInformation, @Mandatory List<UserProfileEntry> updatedUserProfileList)
            implements ProfilePrimitive {
        public UpdateUserProfileRequest {
            updatedUserProfileList = List.copyOf(updatedUserProfileList);
        }
    }
}
