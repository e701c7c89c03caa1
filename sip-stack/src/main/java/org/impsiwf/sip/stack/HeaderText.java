package org.impsiwf.sip.stack;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPDuplicateHeaderException;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts headers given as text into messages of ours. Any thread. */
final class HeaderText {

    private static final Logger LOG = LoggerFactory.getLogger(HeaderText.class);

    private HeaderText() {}

    /** Adds one; a value that would break the message (a line end in it, or not parsable) is left out and logged. */
    static void add(SIPMessage message, String name, String value) {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            LOG.warn("leaves out a header {} with a line end in it", name);
            return;
        }
        try {
            attach(message, StringMsgParser.parseSIPHeader(name + ": " + value));
        } catch (ParseException | RuntimeException e) {
            LOG.warn("leaves out a header {} that cannot be parsed: {}", name, e.getMessage());
        }
    }

    /** Adds one that was made before; JAIN-SIP only reads it there, so one object serves all messages. */
    static void attach(SIPMessage message, SIPHeader header) {
        try {
            message.attachHeader(header, false);
        } catch (SIPDuplicateHeaderException e) {
            LOG.debug("header {} is there already", header.getName(), e);
        }
    }

    /** A header that many messages share; its value is ours and can be parsed. */
    static SIPHeader shared(String name, String value) {
        try {
            return StringMsgParser.parseSIPHeader(name + ": " + value);
        } catch (ParseException e) {
            throw new IllegalArgumentException(name + ": " + value, e);
        }
    }
}
