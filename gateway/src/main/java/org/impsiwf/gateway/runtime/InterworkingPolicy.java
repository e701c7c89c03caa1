package org.impsiwf.gateway.runtime;

import java.util.OptionalLong;
import org.impsiwf.gateway.config.ClusterConfig;
import org.impsiwf.gateway.config.ConversationConfig;
import org.impsiwf.gateway.config.DomainName;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.mapping.event.Policy;

/** What the operator set, as the mapping takes it. */
final class InterworkingPolicy {

    private InterworkingPolicy() {}

    static Policy of(GatewayConfig config) {
        ConversationConfig conversation = config.conversation();
        var domains = config.sip().domains().stream().map(DomainName::value).toList();
        Policy defaults = Policy.of(config.serviceId().value(), domains);
        return new Policy(
                config.serviceId().value(),
                domains,
                carriage(conversation.mode()),
                Math.toIntExact(conversation.pagerLimit().bytes()),
                config.msrp().maxMessageSize().bytes(),
                defaults.mediaTypes(),
                conversation.invitationWait(),
                conversation.connectWait(),
                conversation.answerWait(),
                conversation.idleTimeout(),
                conversation.repeatMemory(),
                conversation.maxWaitingMessages(),
                conversation.maxWaitingBytes().bytes(),
                conversation.reportMemory(),
                conversation.imdn(),
                config.cluster().mode() == ClusterConfig.Mode.LOCAL,
                conferences(config));
    }

    private static Policy.Conferences conferences(GatewayConfig config) {
        return new Policy.Conferences(
                config.sip().conferenceFactory().value(),
                config.sip().maxAdhocGroupSize(),
                config.groups().extensionTimeout(),
                config.groups().hostedBy(),
                config.groups().rosterForAll(),
                Policy.Conferences.Replacing.valueOf(config.groups().replacing().name()),
                maxRelayedSize(config));
    }

    /** Octets go from one session to another only where both are in one process. */
    private static OptionalLong maxRelayedSize(GatewayConfig config) {
        return MsrpAssembly.relaying(config)
                .map(limits -> OptionalLong.of(limits.messageBytes()))
                .orElseGet(OptionalLong::empty);
    }

    private static Policy.Carriage carriage(ConversationConfig.Mode mode) {
        return switch (mode) {
            case PAGER -> Policy.Carriage.PAGER;
            case SESSION -> Policy.Carriage.SESSION;
            case AUTO -> Policy.Carriage.AUTO;
        };
    }
}
