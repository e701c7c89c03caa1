/**
 * The Group Service Element (SSP 17) and the extension of a conversation to a group (SSP 16.2.13), as provider for the
 * groups that we host and as requestor for our users in groups elsewhere. What a group allows and how it changes is decided
 * by pure functions over {@link org.impsiwf.ssp.elements.groups.Group} and {@link
 * org.impsiwf.ssp.elements.groups.Participant}; {@link org.impsiwf.ssp.elements.groups.GroupStore} keeps both.
 */
package org.impsiwf.ssp.elements.groups;
