/** What is done with the bytes of a message before the stack's parser sees them (RFC 4475, RFC 5118). Pure, no stack types. */
package org.impsiwf.sip.wire;
