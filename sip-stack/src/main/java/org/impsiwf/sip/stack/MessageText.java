package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.ParseException;

/** A message that was read, or made, here as text for another node, and back. Pure. */
final class MessageText {

    private MessageText() {}

    static byte[] write(SIPMessage message) {
        return message.encodeAsBytes(message.getTopmostVia().getTransport());
    }

    /** @param source the address that it came from, with that port */
    static SIPRequest request(byte[] text, String source, int port) {
        var request = (SIPRequest) parse(text);
        try {
            request.setRemoteAddress(InetAddress.getByName(source)); // a literal: nobody is asked
        } catch (UnknownHostException e) {
            throw new IllegalStateException("no address: " + source, e);
        }
        request.setRemotePort(port);
        return request;
    }

    static SIPResponse response(byte[] text) {
        return (SIPResponse) parse(text);
    }

    private static SIPMessage parse(byte[] text) {
        try {
            return new StringMsgParser().parseSIPMessage(text, true, false, (cause, message, type, header, whole) -> {
                throw cause;
            });
        } catch (ParseException e) {
            throw new IllegalStateException("a message of another node cannot be read", e);
        }
    }
}
