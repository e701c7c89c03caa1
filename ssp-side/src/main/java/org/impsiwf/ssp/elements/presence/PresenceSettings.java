package org.impsiwf.ssp.elements.presence;

import org.impsiwf.ssp.elements.contacts.AttributeSet;

/**
 * How this domain does presence.
 *
 * @param watchers how many may watch one user (SSP 18.6.10, 758)
 * @param subscriptions how many users one user may watch
 * @param supported the attributes that it knows; others are refused (750)
 * @param persistent whether subscriptions outlive the session of their user (SSP 15.2.1)
 */
public record PresenceSettings(int watchers, int subscriptions, AttributeSet supported, boolean persistent) {

    public static final PresenceSettings DEFAULT = new PresenceSettings(10_000, 10_000, AttributeSet.ALL, true);
}
