/**
 * The local users and the user profile element (SSP 11): what our domain and others know of a user, of the services that
 * the user has, and of the user's clients.
 */
package org.impsiwf.ssp.elements.profile;
