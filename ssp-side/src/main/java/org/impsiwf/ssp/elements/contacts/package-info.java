/** Contact lists, and the attribute lists that authorise their members (SSP 14). */
package org.impsiwf.ssp.elements.contacts;
