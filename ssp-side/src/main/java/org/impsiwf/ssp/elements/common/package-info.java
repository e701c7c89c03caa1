/**
 * The common IMPS features (SSP 13): public profiles, search, general notifications, maps, verification of addresses and
 * system messages. Invitations are in {@code ssp.elements.invitation}.
 */
package org.impsiwf.ssp.elements.common;
