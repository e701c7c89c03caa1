/** The talk of one SIP user with one IMPS user: sessions, single messages, and how they meet. Pure. */
package org.impsiwf.mapping.conversation;
