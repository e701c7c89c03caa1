/** Chats that a SIP client hosts: invitations and their answers pass through us, the media does not (chat-flow change request). */
package org.impsiwf.mapping.hosting;
