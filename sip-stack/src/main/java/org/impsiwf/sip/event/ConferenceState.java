package org.impsiwf.sip.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the conference event package tells a participant (RFC 4575 §5): the whole, or what changed.
 *
 * @param entity the conference URI
 * @param version one more than in the notification before, per subscription
 * @param full whether it is everything; partial otherwise
 * @param userCount how many are in, those that are not shown included
 * @param users shown ones; in a partial state those that changed, those that are gone with {@code deleted}
 */
public record ConferenceState(
        SipUri entity,
        long version,
        boolean full,
        Optional<String> displayText,
        Optional<String> subject,
        OptionalLong maximumUserCount,
        OptionalLong userCount,
        List<Participant> users) {

    public ConferenceState {
        users = List.copyOf(users);
    }

    /**
     * A user of the conference.
     *
     * @param displayText the screen name or nickname
     * @param deleted gone: only in a partial state
     */
    public record Participant(
            SipUri entity, Optional<String> displayText, List<String> roles, boolean deleted, Presence presence) {
        public Participant {
            roles = List.copyOf(roles);
        }
    }

    /** How the user's one endpoint is connected (RFC 4575 §5.7). */
    public enum Presence {
        /** Invited, no answer yet. */
        DIALING_OUT,
        ALERTING,
        CONNECTED,
        /** Left by itself. */
        DEPARTED,
        /** Removed. */
        BOOTED,
        /** Could not be reached, or refused. */
        FAILED,
        BUSY
    }
}
