/** What the decisions of all mailboxes are made with. Nothing of it outlives one decision. */
package org.impsiwf.mapping.decision;
