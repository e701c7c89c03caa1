/** The recent past of conversations: what was sent and received, without contents, and its picture as a ladder. */
package org.impsiwf.gateway.trace;
