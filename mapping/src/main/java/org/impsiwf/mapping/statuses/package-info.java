/** What one side's refusal is called on the other; {@code docs/statuses.md} is written from here. */
package org.impsiwf.mapping.statuses;
