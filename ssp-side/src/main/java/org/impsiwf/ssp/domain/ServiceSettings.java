package org.impsiwf.ssp.domain;

import java.util.List;
import org.impsiwf.ssp.elements.common.AnswerGuard;
import org.impsiwf.ssp.elements.common.MapSettings;
import org.impsiwf.ssp.elements.common.PublicProfilePolicy;
import org.impsiwf.ssp.elements.common.SearchLimits;
import org.impsiwf.ssp.elements.contacts.ContactLimits;
import org.impsiwf.ssp.elements.delivery.RetryTiming;
import org.impsiwf.ssp.elements.groups.ConversationSettings;
import org.impsiwf.ssp.elements.groups.GroupLimits;
import org.impsiwf.ssp.elements.im.ImSettings;
import org.impsiwf.ssp.elements.invitation.InvitationSettings;
import org.impsiwf.ssp.elements.presence.PresenceSettings;
import org.impsiwf.ssp.elements.session.SessionSettings;

/**
 * What an operator decides about the Service Elements of a domain.
 *
 * @param sessions of users of other domains whose credentials we hold
 * @param search what one search may cost
 * @param searched further domains that a search of our users is continued in
 * @param systemMessages when wrong answers to them are enough
 * @param retries of what another domain did not take
 * @param conversations talks that become groups
 */
public record ServiceSettings(
        SessionSettings sessions,
        PublicProfilePolicy profiles,
        SearchLimits search,
        List<String> searched,
        MapSettings maps,
        AnswerGuard.Policy systemMessages,
        ContactLimits contacts,
        PresenceSettings presence,
        ImSettings im,
        RetryTiming retries,
        InvitationSettings invitation,
        GroupLimits groups,
        ConversationSettings conversations) {

    public ServiceSettings {
        searched = List.copyOf(searched);
    }

    public static ServiceSettings defaults(String providerName) {
        return new ServiceSettings(
                SessionSettings.of(providerName),
                PublicProfilePolicy.DEFAULT,
                SearchLimits.DEFAULT,
                List.of(),
                MapSettings.NONE,
                AnswerGuard.Policy.DEFAULT,
                ContactLimits.DEFAULT,
                PresenceSettings.DEFAULT,
                ImSettings.DEFAULT,
                RetryTiming.DEFAULT,
                InvitationSettings.DEFAULT,
                GroupLimits.ofDefaults(),
                ConversationSettings.DEFAULT);
    }

    public ServiceSettings with(MapSettings other) {
        return new ServiceSettings(
                sessions,
                profiles,
                search,
                searched,
                other,
                systemMessages,
                contacts,
                presence,
                im,
                retries,
                invitation,
                groups,
                conversations);
    }
}
