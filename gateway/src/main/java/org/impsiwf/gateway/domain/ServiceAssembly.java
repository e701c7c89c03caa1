package org.impsiwf.gateway.domain;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.config.DomainName;
import org.impsiwf.gateway.config.ExtensionsConfig;
import org.impsiwf.gateway.config.GroupsConfig;
import org.impsiwf.gateway.config.InvitationsConfig;
import org.impsiwf.gateway.config.MapUrl;
import org.impsiwf.gateway.config.MapsConfig;
import org.impsiwf.gateway.config.MessagesConfig;
import org.impsiwf.gateway.config.PresenceConfig;
import org.impsiwf.gateway.config.PublicProfilesConfig;
import org.impsiwf.gateway.config.SearchConfig;
import org.impsiwf.gateway.config.ServicesConfig;
import org.impsiwf.gateway.config.UserSessionsConfig;
import org.impsiwf.ssp.domain.ServiceSettings;
import org.impsiwf.ssp.elements.common.AnswerGuard;
import org.impsiwf.ssp.elements.common.MapSettings;
import org.impsiwf.ssp.elements.common.PublicField;
import org.impsiwf.ssp.elements.common.PublicProfilePolicy;
import org.impsiwf.ssp.elements.common.SearchLimits;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.elements.contacts.ContactLimits;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.elements.groups.ConversationSettings;
import org.impsiwf.ssp.elements.groups.GroupLimits;
import org.impsiwf.ssp.elements.im.ImSettings;
import org.impsiwf.ssp.elements.invitation.InvitationSettings;
import org.impsiwf.ssp.elements.presence.PresenceSettings;
import org.impsiwf.ssp.elements.session.CspFunctions;
import org.impsiwf.ssp.elements.session.SessionSettings;
import org.impsiwf.ssp.primitives.ApplicationId;
import org.impsiwf.ssp.primitives.ImPrimitive.DeliveryMethod;
import org.impsiwf.ssp.primitives.InviteType;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.UserId;

/** The Service Elements' settings of a configuration. */
final class ServiceAssembly {

    private ServiceAssembly() {}

    static ServiceSettings settings(DomainConfig config) {
        ServicesConfig services = config.services();
        return new ServiceSettings(
                sessions(services.userSessions(), config.serviceId().domain()),
                profiles(services.publicProfiles()),
                search(services.search()),
                services.search().alsoIn().stream().map(DomainName::value).toList(),
                maps(services.maps()),
                new AnswerGuard.Policy(
                        services.systemMessages().mostWrong(),
                        services.systemMessages().window(),
                        services.systemMessages().protection()),
                new ContactLimits(
                        services.contactLists().mostLists(),
                        services.contactLists().mostMembers(),
                        services.contactLists().mostAssociations()),
                presence(services.presence()),
                messages(services.messages()),
                new RetryTiming(
                        services.messages().retryMin(), services.messages().retryMax(), RetryTiming.DEFAULT.lease()),
                invitations(services.invitations()),
                groups(services.groups()),
                extensions(services.extensions()));
    }

    private static SessionSettings sessions(UserSessionsConfig config, String domain) {
        return new SessionSettings(
                config.perUser(),
                config.longest(),
                config.challengeLife(),
                config.forbiddenApplications().stream().map(ApplicationId::new).collect(Collectors.toSet()),
                config.asksCapabilities(),
                new SessionSettings.Provider(
                        config.providerName().orElse(domain),
                        Optional.empty(),
                        config.providerText(),
                        config.providerUrl()),
                CspFunctions.ALL);
    }

    private static PublicProfilePolicy profiles(PublicProfilesConfig config) {
        return new PublicProfilePolicy(
                config.mandatory().stream()
                        .map(field -> PublicField.valueOf(field.name()))
                        .collect(Collectors.toSet()),
                config.ownFirst(),
                config.mostPerRequest(),
                config.minimumAge() == 0 ? OptionalInt.empty() : OptionalInt.of(config.minimumAge()));
    }

    private static SearchLimits search(SearchConfig config) {
        return new SearchLimits(
                config.pageSize(),
                config.mostPerPage(),
                config.mostHits(),
                config.mostCandidates(),
                config.mostCriteria(),
                config.deepestNesting(),
                config.patience());
    }

    private static MapSettings maps(MapsConfig config) {
        LinkedHashMap<String, String> pictures = new LinkedHashMap<>();
        config.pictures().forEach(one -> pictures.put(one.type(), one.url().template()));
        return new MapSettings(config.url().map(MapUrl::template), pictures, config.widths(), config.timeout());
    }

    private static PresenceSettings presence(PresenceConfig config) {
        return new PresenceSettings(
                config.mostWatchers(),
                config.mostSubscriptions(),
                AttributeSet.ALL,
                config.persistent(),
                config.editors().stream()
                        .map(user -> new UserId(user.toString()))
                        .collect(Collectors.toSet()));
    }

    private static ImSettings messages(MessagesConfig config) {
        return new ImSettings(
                new ImSettings.Storing(
                        config.storeOffline(),
                        config.storeForSilentDomains(),
                        config.quota(),
                        config.validity(),
                        config.longestValidity(),
                        config.repeatMemory(),
                        config.reports(),
                        DeliveryMethod.valueOf(config.method().name())),
                new ImSettings.Contents(
                        lower(config.types()),
                        Math.toIntExact(config.largest().bytes()),
                        Math.toIntExact(config.largestFetched().bytes()),
                        Optional.empty(),
                        Set.of()),
                new ImSettings.Blocking(config.mostBlocked(), config.mostGranted(), config.wildcards()),
                config.mostRecipients(),
                config.mostListed());
    }

    private static Set<String> lower(Collection<String> types) {
        return types.stream().map(type -> type.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static InvitationSettings invitations(InvitationsConfig config) {
        return new InvitationSettings(
                types(config.types()),
                EnumSet.allOf(PresenceAttribute.class),
                ImSettings.Contents.DEFAULT,
                config.storeOffline(),
                config.validity(),
                config.longestValidity(),
                config.collect(),
                config.mostInvited());
    }

    private static Set<InviteType> types(List<InvitationsConfig.Type> named) {
        return named.isEmpty()
                ? EnumSet.allOf(InviteType.class)
                : named.stream().map(type -> InviteType.valueOf(type.name())).collect(Collectors.toSet());
    }

    private static GroupLimits groups(GroupsConfig config) {
        return new GroupLimits(
                config.mostGroups(), config.mostPerUser(), config.mostJoined(), config.mostKnown(), config.history());
    }

    private static ConversationSettings extensions(ExtensionsConfig config) {
        return new ConversationSettings(config.timeout(), config.history(), config.welcomeNote(), config.mostInvited());
    }
}
