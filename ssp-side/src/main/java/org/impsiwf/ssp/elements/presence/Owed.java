package org.impsiwf.ssp.elements.presence;

import java.util.Optional;
import org.impsiwf.ssp.elements.contacts.AttributeSet;
import org.impsiwf.ssp.primitives.UserId;

/**
 * What another domain has not yet been told of a publisher. The values are looked up when they are sent, so whatever
 * happens meanwhile, the last one that arrives is the current one.
 *
 * @param domain of the watchers
 * @param watcher absent: all watchers there
 * @param attributes those that changed
 * @param version counts what was added to it
 */
public record Owed(String domain, UserId publisher, Optional<UserId> watcher, AttributeSet attributes, long version) {}
