/**
 * The SIP edge: the only package with JAIN-SIP types. {@link org.impsiwf.sip.stack.SipEdge} is its door; what JAIN-SIP gets
 * wrong is put right behind it (sockets, parser, datagram reader), dialogs are ours (see {@code sip.dialog}).
 */
package org.impsiwf.sip.stack;
