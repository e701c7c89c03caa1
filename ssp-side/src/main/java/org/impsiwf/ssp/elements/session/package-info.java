/** Sessions of users whose credentials we hold for their home domain (SSP 12), and what their home domain does of it. */
package org.impsiwf.ssp.elements.session;
