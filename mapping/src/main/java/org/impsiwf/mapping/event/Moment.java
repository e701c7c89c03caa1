package org.impsiwf.mapping.event;

import java.time.Instant;

/**
 * What a decision may know of the world besides the state and the event.
 *
 * @param now the time of the decision
 */
public record Moment(Instant now, Ids ids, Domains domains, Policy policy) {}
