/**
 * Invitations and their cancellation (SSP 13.1.7, 13.1.8): as the home of the inviting user, as the PSE of the invited, and
 * as their home when the PSE is elsewhere.
 */
package org.impsiwf.ssp.elements.invitation;
