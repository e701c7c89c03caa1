package org.impsiwf.ssp.domain;

import java.util.Optional;
import java.util.Set;
import org.impsiwf.ssp.elements.ContactListMembers;
import org.impsiwf.ssp.elements.Refusal;
import org.impsiwf.ssp.primitives.CommonPrimitive.SearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.StopSearchRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SubscribeNotificationRequest;
import org.impsiwf.ssp.primitives.CommonPrimitive.SystemMessageUser;
import org.impsiwf.ssp.primitives.CommonPrimitive.UnsubscribeNotificationRequest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.ImPrimitive.ExtendConversationRequest;
import org.impsiwf.ssp.primitives.InvalidPrimitiveException;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteResponse;
import org.impsiwf.ssp.primitives.InvitationPrimitive.InviteUserResponse;
import org.impsiwf.ssp.primitives.Primitive;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.primitives.Status;
import org.impsiwf.ssp.primitives.StatusCode;
import org.impsiwf.ssp.primitives.UserId;
import org.impsiwf.ssp.routing.Destination;
import org.impsiwf.ssp.routing.GlobalScope;
import org.impsiwf.ssp.routing.Routing;
import org.impsiwf.ssp.routing.Service;
import org.impsiwf.ssp.routing.ServiceTable;

/** Where the requests of local clients come in: in global terms, and to the PSE (SSP 5.2 rules 1 and 2). */
record ClientDoor(Routing routing, ServiceTable services, Optional<ContactListMembers> contactLists, String domain) {

    /**
     * These pass through our own elements even when their PSE is elsewhere: they name no user to route by, are split by
     * provider, or are waited for by an id that the element keeps.
     */
    private static final Set<Class<? extends Primitive>> OURS_FIRST = Set.of(
            InviteUserResponse.class,
            InviteResponse.class,
            ExtendConversationRequest.class,
            SystemMessageUser.class,
            SubscribeNotificationRequest.class,
            UnsubscribeNotificationRequest.class,
            SearchRequest.class,
            StopSearchRequest.class);

    /** What becomes of a client's request. */
    sealed interface Passage {}

    record Serve(Primitive primitive) implements Passage {}

    record Relay(ServiceId nextHop, Primitive primitive) implements Passage {}

    record Refuse(Status status) implements Passage {}

    Passage open(UserId user, Primitive request) {
        GlobalScope scope = new GlobalScope(domain);
        try {
            Primitive qualified = scope.qualified(request);
            if (OURS_FIRST.contains(request.getClass())) {
                return new Serve(qualified);
            }
            return switch (routing.fromClient(qualified)) {
                case Destination.Here here -> new Serve(qualified);
                case Destination.Onward onward -> new Relay(onward.nextHop(), expanded(scope, user, qualified));
                case Destination.Refused refused -> new Refuse(Status.of(refused.why()));
            };
        } catch (Refusal refusal) {
            return new Refuse(refusal.status());
        } catch (InvalidPrimitiveException wrong) {
            return new Refuse(Status.of(StatusCode.BAD_PARAMETER, wrong.getMessage()));
        }
    }

    /** A list that is kept elsewhere too is no local object: its PSE knows it. */
    private Primitive expanded(GlobalScope scope, UserId user, Primitive request) {
        return services.isPrimary(domain, Service.of(GetListMemberRequest.class))
                ? contactLists
                        .map(lists -> scope.expanded(request, list -> lists.of(list, user)))
                        .orElse(request)
                : request;
    }
}
