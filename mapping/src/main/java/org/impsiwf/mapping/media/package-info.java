/** What SDP says of message sessions: theirs as far as a session needs it, and ours. Pure. */
package org.impsiwf.mapping.media;
