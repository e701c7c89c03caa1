package org.impsiwf.ssp.elements;

import org.impsiwf.ssp.primitives.Entity;
import org.impsiwf.ssp.primitives.UserId;

/** The grant lists, as other elements fill them (SSP 14.2.5, 16.2.10). */
public interface Granting {

    /**
     * Puts the entity on the owner's grant list; durable when this returns. Does nothing when it is there already. Not
     * called within a database transaction: the grant list may be in another domain.
     *
     * @throws Refusal 756 (the grant list is full), or what the domain with the grant list says
     */
    void grant(UserId owner, Entity entity);
}
