package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.NOTIFICATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** SSP 13: what all services share: notifications, public profiles, search, maps, verification, system messages. Invitations are in {@link InvitationPrimitive}. */
public sealed interface CommonPrimitive extends Primitive {

    @Section("13.1.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SubscribeNotificationRequest(
            MetaInformation metaInformation,

            @In("NotificationTypeList") @Element("NotificationType")
            List<NotificationType> notificationTypeList)
            implements CommonPrimitive {
        public SubscribeNotificationRequest {
            notificationTypeList = List.copyOf(notificationTypeList);
        }
    }

    /** No type named ends the subscription to all. */
    @Section("13.1.1.1.2")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UnsubscribeNotificationRequest(
            MetaInformation metaInformation,

            @In("NotificationTypeList") @Element("NotificationType")
            List<NotificationType> notificationTypeList)
            implements CommonPrimitive {
        public UnsubscribeNotificationRequest {
            notificationTypeList = List.copyOf(notificationTypeList);
        }
    }

    /** {@code sessionPriority} is a decimal (D-20). */
    @Section("13.1.1.1.3")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record NotificationRequest(
            MetaInformation metaInformation,
            @Added("the addressed users and clients") List<User> addressedUsers,
            NotificationType notificationType,

            @Conditional("Notification-Type calls for it") @Attribute("blockedListInUse")
            Optional<Boolean> blockedListInuse,

            @Conditional("Notification-Type calls for it") Optional<GroupId> groupId,
            @Conditional("Notification-Type calls for it") List<ContactListId> contactListIdList,
            @Conditional("Notification-Type calls for it") Optional<Boolean> defaultList,

            @Conditional("Notification-Type calls for it") @Attribute("grantedListInUse")
            Optional<Boolean> grantedListInuse,

            @Conditional("Notification-Type calls for it") Optional<InviteId> inviteId,

            @Conditional("Notification-Type calls for it") @Attribute("onlineETEMHandling")
            Optional<String> onlineEtemHandling,

            @Conditional("Notification-Type calls for it") Optional<PresenceAttributeList> presenceAttributeList,
            @Conditional("Notification-Type calls for it") Optional<BigDecimal> sessionPriority,

            @Conditional("Notification-Type calls for it") @In("UserIDList")
            List<UserId> userIdList)
            implements CommonPrimitive {
        public NotificationRequest {
            addressedUsers = List.copyOf(addressedUsers);
            contactListIdList = List.copyOf(contactListIdList);
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("13.1.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetPublicProfileRequest(
            MetaInformation metaInformation, @Mandatory List<UserId> userIdList) implements CommonPrimitive {
        public GetPublicProfileRequest {
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("13.1.2.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetPublicProfileResponse(
            @Conditional("E-30: printed beside Status-Info, not required")
            Optional<MetaInformation> metaInformation,

            Status statusInfo,
            @Mandatory(mayBeEmpty = true) List<PublicProfile> publicProfileList)
            implements CommonPrimitive {
        public GetPublicProfileResponse {
            publicProfileList = List.copyOf(publicProfileList);
        }
    }

    @Section("13.1.3.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UpdatePublicProfileRequest(
            MetaInformation metaInformation, boolean clearPublicProfile, Optional<PublicProfile> publicProfile)
            implements CommonPrimitive {}

    /** The first request has criteria, a continued one the Search-ID and where to go on. */
    @Section("13.1.5.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SearchRequest(
            MetaInformation metaInformation,

            @Conditional("first request") @In("SearchPairList")
            List<SearchPair> searchPairList,

            @Conditional("first request of an advanced search")
            Optional<String> advancedCriteria,

            @Conditional("may be there in the first request")
            Optional<Long> searchLimit,

            @Conditional("continued request") Optional<SearchId> searchId,
            @Conditional("continued request") Optional<Long> searchIndex)
            implements CommonPrimitive {
        public SearchRequest {
            searchPairList = List.copyOf(searchPairList);
            boolean continued = searchId.isPresent();
            Rules.presentOnlyIf(!continued, searchPairList, "Search-Pair-List", "in the first request");
            Rules.absentUnless(!continued, advancedCriteria, "Advanced-Criteria", "in the first request");
            Rules.absentUnless(!continued, searchLimit, "Search-Limit", "in the first request");
            Rules.presentOnlyIf(continued, searchIndex, "Search-Index", "in a continued request");
        }
    }

    @Section("13.1.5.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record SearchResponse(
            Status statusInfo,

            @Conditional("response to a successful first request")
            Optional<SearchId> searchId,

            long searchFindings,
            boolean completed,
            long searchIndex,

            @Conditional("status 2xx and findings to deliver") @In("SearchResult")
            List<SearchHit> searchResults)
            implements CommonPrimitive {
        public SearchResponse {
            searchResults = List.copyOf(searchResults);
        }
    }

    @Section("13.1.6.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record StopSearchRequest(MetaInformation metaInformation, SearchId searchId) implements CommonPrimitive {}

    @Section("13.1.9.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetMapRequest(
            MetaInformation metaInformation,
            List<AcceptedContentType> acceptedContentType,
            @Conditional("User-ID absent") Optional<PresenceSubList.GeoLocation> geoLocation,

            @Conditional("Geo-Location absent") @Element("UserID")
            Optional<UserId> userId)
            implements CommonPrimitive {
        public GetMapRequest {
            acceptedContentType = List.copyOf(acceptedContentType);
            Rules.presentOnlyIf(geoLocation.isEmpty(), userId, "User-ID", "without a Geo-Location");
        }
    }

    @Section("13.1.9.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetMapResponse(
            Status statusInfo,

            @Conditional("status = 200 and no URL") @In("Map")
            Optional<Content> map,

            @Conditional("status = 200 and no Map") @Element("URL")
            Optional<String> url)
            implements CommonPrimitive {}

    @Section("13.1.10.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record VerifyIDRequest(
            MetaInformation metaInformation,
            @In("WVIDList") @Mandatory List<WvId> wvIdList) implements CommonPrimitive {
        public VerifyIDRequest {
            wvIdList = List.copyOf(wvIdList);
        }
    }

    /** Lists those that are valid. */
    @Section("13.1.10.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record VerifyIDResponse(
            Status statusInfo,
            @In("WVIDList") @Mandatory(mayBeEmpty = true) List<WvId> wvIdList) implements CommonPrimitive {
        public VerifyIDResponse {
            wvIdList = List.copyOf(wvIdList);
        }
    }

    @Section("13.1.11.1.1")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record SystemMessageRequest(
            MetaInformation metaInformation,
            @Added("the addressed users and clients") List<User> addressedUsers,
            @In("SystemMessageList") @Mandatory List<SystemMessage> systemMessageList)
            implements CommonPrimitive {
        public SystemMessageRequest {
            addressedUsers = List.copyOf(addressedUsers);
            systemMessageList = List.copyOf(systemMessageList);
        }
    }

    @Section("13.1.12.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SystemMessageUser(
            MetaInformation metaInformation,
            @In("SystemMessageResponseList") @Mandatory List<SystemMessage.Response> systemMessageResponseList)
            implements CommonPrimitive {
        public SystemMessageUser {
            systemMessageResponseList = List.copyOf(systemMessageResponseList);
        }
    }

    /** One criterion; {@code pairId} is what Advanced-Criteria calls it. */
    record SearchPair(
            @Element("SearchElement") SearchElement element,
            @Element("SearchString") String text,
            @Element("PairID") Optional<Long> pairId) {}
}
