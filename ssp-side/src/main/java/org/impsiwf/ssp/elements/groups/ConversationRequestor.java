package org.impsiwf.ssp.elements.groups;

import java.time.Instant;
import java.util.UUID;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.elements.ServiceAccessPoint;
import org.impsiwf.ssp.elements.groups.ConversationStore.Asked;
import org.impsiwf.ssp.primitives.ExtendConversationId;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * As requestor: extensions that another domain makes for our users (SSP 16.2.13). The answer names no user, and the ids of
 * our users are unique for each of them only, so what leaves has an id of ours.
 */
final class ConversationRequestor {

    private static final Logger LOG = LoggerFactory.getLogger(ConversationRequestor.class);

    /** The provider's timer is its own affair (CSPX-30); ours only bounds what is remembered. */
    private static final int PATIENCE = 10;

    private final ServiceAccessPoint sap;
    private final ConversationContext extensions;

    ConversationRequestor(ServiceAccessPoint sap, ConversationContext extensions) {
        this.sap = sap;
        this.extensions = extensions;
    }

    /** Asks the domain that is the PSE of that user of ours. */
    Primitive ask(ExtendConversationRequest request, UserId user, Instant now) {
        ExtendConversationId sent = new ExtendConversationId(UUID.randomUUID().toString());
        Instant expires = now.plus(extensions.settings().timeout().multipliedBy(PATIENCE));
        // Before it is sent: the outcome may be here before the Status.
        extensions.store().remember(sent, new Asked(user, request.extendConversationId(), expires));
        Primitive answer = sap.ask(
                user.domain(),
                new ExtendConversationRequest(
                        request.metaInformation(),
                        sent,
                        request.userIdList(),
                        request.extendConversationUserId(),
                        request.subscribeNotif(),
                        request.welcomeNote(),
                        request.ownScreenName()));
        if (!(answer instanceof Status status && status.isSuccess())) {
            extensions.store().take(sent);
        }
        return answer;
    }

    Status answered(ExtendConversationResponse response) {
        Asked asked = extensions
                .store()
                .take(response.extendConversationId())
                .orElseThrow(() -> Refusal.of(StatusCode.BAD_PARAMETER, "that ExtendConversation-ID is unknown"));
        if (response.result().isSuccess()) {
            extensions.elsewhere().joined(response.groupId(), asked.user());
        }
        Primitive taken = sap.deliver(
                asked.user(),
                new ExtendConversationResponse(
                        response.metaInformation(),
                        asked.conversation(),
                        response.groupId(),
                        response.responseNote(),
                        response.result()));
        if (!(taken instanceof Status status && status.isSuccess())) {
            LOG.info("extension {}: no client of {} took its outcome", response.groupId(), asked.user());
        }
        return Status.of(StatusCode.SUCCESSFUL);
    }
}
