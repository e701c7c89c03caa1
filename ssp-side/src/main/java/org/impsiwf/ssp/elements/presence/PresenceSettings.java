package org.impsiwf.ssp.elements.presence;

import java.util.Set;
import java.util.stream.Collectors;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.UserId;

/**
 * How this domain does presence.
 *
 * @param watchers how many may watch one user (SSP 18.6.10, 758)
 * @param subscriptions how many users one user may watch
 * @param supported the attributes that it knows; others are refused (750)
 * @param persistent whether subscriptions outlive the session of their user (SSP 15.2.1)
 * @param editors the users with sufficient privileges to publish for others (SSP 15.2.6)
 */
public record PresenceSettings(
        int watchers, int subscriptions, AttributeSet supported, boolean persistent, Set<UserId> editors) {

    public static final PresenceSettings DEFAULT =
            new PresenceSettings(10_000, 10_000, AttributeSet.ALL, true, Set.of());

    public PresenceSettings {
        editors = editors.stream().map(user -> new UserId(user.key())).collect(Collectors.toUnmodifiableSet());
    }

    public PresenceSettings withWatchers(int most) {
        return new PresenceSettings(most, subscriptions, supported, persistent, editors);
    }

    public PresenceSettings withSubscriptions(int most) {
        return new PresenceSettings(watchers, most, supported, persistent, editors);
    }

    public PresenceSettings withSupported(AttributeSet attributes) {
        return new PresenceSettings(watchers, subscriptions, attributes, persistent, editors);
    }

    public PresenceSettings withPersistent(boolean outlivesSessions) {
        return new PresenceSettings(watchers, subscriptions, supported, outlivesSessions, editors);
    }

    public PresenceSettings withEditors(Set<UserId> users) {
        return new PresenceSettings(watchers, subscriptions, supported, persistent, users);
    }

    boolean isEditor(UserId user) {
        return editors.contains(new UserId(user.key()));
    }
}
