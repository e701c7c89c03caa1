/** What the decisions of all mailboxes are made with. Nothing of it outlives one decision, but what it puts into their records. */
package org.impsiwf.mapping.decision;
