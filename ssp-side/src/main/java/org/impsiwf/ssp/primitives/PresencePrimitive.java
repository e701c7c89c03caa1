package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.NOTIFICATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.util.List;
import java.util.Optional;

/** SSP 15: presence. */
public sealed interface PresencePrimitive extends Primitive {

    @Section("15.2.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SubscribeRequest(
            MetaInformation metaInformation,

            @Conditional("no Contact-List-ID-List; may be there beside it")
            List<UserId> userIdList,

            @Conditional("no User-ID-List; may be there beside it")
            List<ContactListId> contactListIdList,

            Optional<PresenceAttributeList> presenceAttributeList,
            boolean autoSubscribe)
            implements PresencePrimitive {
        public SubscribeRequest {
            userIdList = List.copyOf(userIdList);
            contactListIdList = List.copyOf(contactListIdList);
            Rules.presentIf(contactListIdList.isEmpty(), userIdList, "User-ID-List", "without a Contact-List-ID-List");
        }
    }

    @Section("15.2.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UnsubscribeRequest(
            MetaInformation metaInformation,

            @Conditional("no Contact-List-ID-List; may be there beside it")
            List<UserId> userIdList,

            @Conditional("no User-ID-List; may be there beside it")
            List<ContactListId> contactListIdList)
            implements PresencePrimitive {
        public UnsubscribeRequest {
            userIdList = List.copyOf(userIdList);
            contactListIdList = List.copyOf(contactListIdList);
            Rules.presentIf(contactListIdList.isEmpty(), userIdList, "User-ID-List", "without a Contact-List-ID-List");
        }
    }

    @Section("15.2.3.1.1")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record PresenceNotification(
            MetaInformation metaInformation,
            @Mandatory List<User> subscribingUserIdList,
            @Mandatory List<PresenceValue> presenceValueList)
            implements PresencePrimitive {
        public PresenceNotification {
            subscribingUserIdList = List.copyOf(subscribingUserIdList);
            presenceValueList = List.copyOf(presenceValueList);
        }
    }

    @Section("15.2.4.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetWatcherListRequest(MetaInformation metaInformation) implements PresencePrimitive {}

    @Section("15.2.4.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetWatcherListResponse(
            Status statusInfo,

            @Conditional("on success, when there are watchers")
            List<UserId> userIdList) implements PresencePrimitive {
        public GetWatcherListResponse {
            userIdList = List.copyOf(userIdList);
        }
    }

    @Section("15.2.5.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetPresenceRequest(
            MetaInformation metaInformation,

            @Conditional("no Contact-List-ID-List; may be there beside it")
            @Element("VerUserID")
            @Also({"UserID", "User"})
            List<UserId> userIdList,

            @Conditional("no User-ID-List; may be there beside it")
            List<ContactListId> contactListIdList,

            Optional<PresenceAttributeList> presenceAttributeList)
            implements PresencePrimitive {
        public GetPresenceRequest {
            userIdList = List.copyOf(userIdList);
            contactListIdList = List.copyOf(contactListIdList);
            Rules.presentIf(contactListIdList.isEmpty(), userIdList, "User-ID-List", "without a Contact-List-ID-List");
        }
    }

    @Section("15.2.5.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetPresenceResponse(Status statusInfo, List<PresenceValue> presenceValueList) implements PresencePrimitive {
        public GetPresenceResponse {
            presenceValueList = List.copyOf(presenceValueList);
        }
    }

    @Section("15.2.6.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record UpdatePresenceRequest(
            MetaInformation metaInformation, @Mandatory List<PresenceValue> presenceValueList)
            implements PresencePrimitive {
        public UpdatePresenceRequest {
            presenceValueList = List.copyOf(presenceValueList);
        }
    }

    @Section("15.2.7.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SuspendRequest(
            MetaInformation metaInformation,

            @Conditional("no Contact-List-ID-List; may be there beside it")
            List<UserId> userIdList,

            @Conditional("no User-ID-List; may be there beside it")
            List<ContactListId> contactListIdList)
            implements PresencePrimitive {
        public SuspendRequest {
            userIdList = List.copyOf(userIdList);
            contactListIdList = List.copyOf(contactListIdList);
            Rules.presentIf(contactListIdList.isEmpty(), userIdList, "User-ID-List", "without a Contact-List-ID-List");
        }
    }
}
