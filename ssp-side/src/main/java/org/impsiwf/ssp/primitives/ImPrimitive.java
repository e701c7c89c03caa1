package org.impsiwf.ssp.primitives;

import static org.impsiwf.ssp.primitives.PrimitiveUse.CONFIRMATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.NOTIFICATION;
import static org.impsiwf.ssp.primitives.PrimitiveUse.REQUEST;
import static org.impsiwf.ssp.primitives.PrimitiveUse.RESPONSE;
import static org.impsiwf.ssp.primitives.Role.PROVIDER;
import static org.impsiwf.ssp.primitives.Role.REQUESTOR;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SSP 16: instant messages, their delivery, blocking, and the extension of a conversation. */
public sealed interface ImPrimitive extends Primitive {

    /** The content is left out only if the Message-Info says where it is (D-16); it may be empty. */
    @Section("16.2.1.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SendMessageRequest(
            MetaInformation metaInformation,
            @Attribute("deliveryReport") boolean deliveryReportRequest,
            MessageInfo messageInfo,

            @Conditional("Message-Info carries no Message-URI")
            Optional<Content> content)
            implements ImPrimitive {
        public SendMessageRequest {
            boolean elsewhere = messageInfo.messageUri().isPresent();
            Rules.presentOnlyIf(!elsewhere, content, "Content", "without a Message-URI");
        }

        public SendMessageRequest withMessageInfo(MessageInfo other) {
            return new SendMessageRequest(metaInformation, deliveryReportRequest, other, content);
        }
    }

    @Section("16.2.1.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record SendMessageResponse(
            Status statusInfo, @Conditional("status 2xx") Optional<MessageId> messageId) implements ImPrimitive {}

    @Section("16.2.2.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record ForwardMessageRequest(
            MetaInformation metaInformation,
            MessageId messageId,
            @Mandatory List<MessageInfo.Recipient> recipients) implements ImPrimitive {
        public ForwardMessageRequest {
            recipients = List.copyOf(recipients);
        }
    }

    @Section("16.2.2.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record ForwardMessageResponse(
            Status statusInfo, @Conditional("status 2xx") Optional<MessageId> messageId) implements ImPrimitive {}

    /** Pushed to a user with Meta-Information, or the answer to GetMessageRequest with a Status. */
    @Section("16.2.3.1.1")
    @Use({NOTIFICATION, RESPONSE})
    @From(PROVIDER)
    record NewMessage(
            @Conditional("transaction = PushMessage") Optional<MetaInformation> metaInformation,
            @Conditional("transaction = GetMessage") Optional<Status> statusInfo,
            @Mandatory List<User> recipientUserIdList,
            MessageInfo messageInfo,
            Content content)
            implements ImPrimitive {
        public NewMessage {
            Rules.presentOnlyIf(metaInformation.isEmpty(), statusInfo, "Status-Info", "without Meta-Information");
            recipientUserIdList = List.copyOf(recipientUserIdList);
        }
    }

    /** Answers a pushed NewMessage with a Status, or confirms one that was fetched, with Meta-Information. */
    @Section("16.2.3.1.2")
    @Use({RESPONSE, CONFIRMATION})
    @From(REQUESTOR)
    record MessageDelivered(
            @Conditional("transaction = GetMessage") Optional<MetaInformation> metaInformation,
            @Conditional("transaction = PushMessage") Optional<Status> statusInfo,
            MessageId messageId)
            implements ImPrimitive {
        public MessageDelivered {
            Rules.presentOnlyIf(metaInformation.isEmpty(), statusInfo, "Status-Info", "without Meta-Information");
        }
    }

    @Section("16.2.4.1.1")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record MessageNotification(
            MetaInformation metaInformation, @Mandatory List<User> recipientUserIdList, MessageInfo messageInfo)
            implements ImPrimitive {
        public MessageNotification {
            recipientUserIdList = List.copyOf(recipientUserIdList);
        }
    }

    @Section("16.2.5.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetMessageRequest(MetaInformation metaInformation, MessageId messageId) implements ImPrimitive {}

    /** {@code groupContentLimit}: bytes that are pushed from that group. */
    @Section("16.2.6.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record SetMessageDeliveryMethod(
            MetaInformation metaInformation,
            @Attribute("deliveryMethod") DeliveryMethod messageDeliveryMethod,
            Optional<GroupId> groupId,
            Optional<Long> groupContentLimit)
            implements ImPrimitive {}

    /** How new messages reach a user. */
    enum DeliveryMethod implements Literal {
        @Also("P")
        PUSH("Push"),
        @Also("N")
        NOTIFY_GET("Notify/Get");

        private final String literal;

        DeliveryMethod(String literal) {
            this.literal = literal;
        }

        @Override
        public String literal() {
            return literal;
        }
    }

    /** With a group: its history; without: the user's stored messages. */
    @Section("16.2.7.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetMessageListRequest(
            MetaInformation metaInformation,
            @Conditional("group history requested") Optional<GroupId> groupId,
            Optional<Long> messageCount)
            implements ImPrimitive {}

    @Section("16.2.7.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetMessageListResponse(
            Status statusInfo,

            @In("MessageInfoList") @Mandatory(mayBeEmpty = true)
            List<MessageInfo> messageInfoList,

            Optional<Long> messageTotalCount)
            implements ImPrimitive {
        public GetMessageListResponse {
            messageInfoList = List.copyOf(messageInfoList);
        }
    }

    @Section("16.2.8.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record RejectMessageRequest(
            MetaInformation metaInformation, @Mandatory List<MessageId> messageIdList) implements ImPrimitive {
        public RejectMessageRequest {
            messageIdList = List.copyOf(messageIdList);
        }
    }

    @Section("16.2.9.1.1")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record DeliveryStatusReport(
            MetaInformation metaInformation,
            @In("DeliveryResult") Status deliveryResult,
            @Element("DeliveryTime") Optional<Instant> deliveryTime,
            MessageInfo messageInfo)
            implements ImPrimitive {

        public DeliveryStatusReport about(MessageInfo other) {
            return new DeliveryStatusReport(metaInformation, deliveryResult, deliveryTime, other);
        }
    }

    @Section("16.2.10.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record BlockEntityRequest(
            MetaInformation metaInformation,
            @In("BlockEntityList") List<Entity> blockEntityList,
            @In("UnblockEntityList") List<Entity> unblockEntityList,
            ListStatus blockListStatus,
            @In("GrantEntityList") List<Entity> grantEntityList,
            @In("UngrantEntityList") List<Entity> ungrantEntityList,
            ListStatus grantListStatus)
            implements ImPrimitive {
        public BlockEntityRequest {
            blockEntityList = List.copyOf(blockEntityList);
            unblockEntityList = List.copyOf(unblockEntityList);
            grantEntityList = List.copyOf(grantEntityList);
            ungrantEntityList = List.copyOf(ungrantEntityList);
        }
    }

    /** Whether a block or grant list is in use. */
    enum ListStatus implements Literal {
        ACTIVE("Active"),
        INACTIVE("Inactive");

        private final String literal;

        ListStatus(String literal) {
            this.literal = literal;
        }

        @Override
        public String literal() {
            return literal;
        }
    }

    @Section("16.2.11.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record GetBlockedRequest(MetaInformation metaInformation) implements ImPrimitive {}

    @Section("16.2.11.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record GetBlockedResponse(
            Status statusInfo,

            @Conditional("on success, when the list is not empty") @In("BlockEntityList")
            List<Entity> blockEntityList,

            ListStatus blockListStatus,

            @Conditional("on success, when the list is not empty") @In("GrantEntityList")
            List<Entity> grantEntityList,

            ListStatus grantListStatus)
            implements ImPrimitive {
        public GetBlockedResponse {
            blockEntityList = List.copyOf(blockEntityList);
            grantEntityList = List.copyOf(grantEntityList);
        }
    }

    @Section("16.2.12.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record IsUserBlockedRequest(MetaInformation metaInformation, UserId blockingUser, UserId blockedUser)
            implements ImPrimitive {}

    @Section("16.2.12.1.2")
    @Use(RESPONSE)
    @From(PROVIDER)
    record IsUserBlockedResponse(Status statusInfo, boolean blockedState) implements ImPrimitive {}

    /**
     * Turns a talk of two into a group.
     *
     * @param userIdList the users who are to join
     * @param extendConversationUserId the partner of the talk
     */
    @Section("16.2.13.1.1")
    @Use(REQUEST)
    @From(REQUESTOR)
    record ExtendConversationRequest(
            MetaInformation metaInformation,
            ExtendConversationId extendConversationId,
            @Mandatory List<UserId> userIdList,
            @In("ExtendConversationUser") User extendConversationUserId,
            boolean subscribeNotif,
            @In("WelcomeNote") Optional<Content> welcomeNote,
            ScreenName ownScreenName)
            implements ImPrimitive {
        public ExtendConversationRequest {
            userIdList = List.copyOf(userIdList);
        }
    }

    /** The outcome of an extension, in a transaction of its own. The group is known also when it failed (D-13). */
    @Section("16.2.13.1.2")
    @Use(NOTIFICATION)
    @From(PROVIDER)
    record ExtendConversationResponse(
            MetaInformation metaInformation,
            ExtendConversationId extendConversationId,
            GroupId groupId,

            @Conditional("the other party gave a reason") @Element("ResponseNote")
            Optional<String> responseNote,

            @In("Result") Status result)
            implements ImPrimitive {}
}
