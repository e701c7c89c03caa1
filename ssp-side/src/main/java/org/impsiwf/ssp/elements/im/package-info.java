/**
 * Instant messages (SSP 16): sending, storing, pushing, fetching, reports, and who may be shut out. Files follow the way of
 * a message: {@code Sending} finds its recipients, {@code Reception} decides for those whose PSE we are, {@code Mailbox}
 * gives them what is stored, {@code Reports} tells the sender.
 */
package org.impsiwf.ssp.elements.im;
