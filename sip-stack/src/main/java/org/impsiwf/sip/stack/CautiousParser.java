package org.impsiwf.sip.stack;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.text.ParseException;

/**
 * JAIN-SIP's parser, of which a hostile message gets no further than a {@link ParseException}: it throws unchecked exceptions
 * and overflows the stack on some, which would end the thread that reads for everybody.
 */
final class CautiousParser extends StringMsgParser {

    /** Longer heads are not looked at; their lines would be parsed one by one. */
    private static final int MAX_LINES = 1_000;

    @Override
    public SIPMessage parseSIPMessage(byte[] message, boolean readBody, boolean strict, ParseExceptionListener listener)
            throws ParseException {
        if (hasTooManyLines(message)) {
            throw new ParseException("more than " + MAX_LINES + " lines in the head", 0);
        }
        try {
            return super.parseSIPMessage(message, readBody, strict, listener);
        } catch (StackOverflowError | RuntimeException e) {
            var refused = new ParseException("cannot be parsed: " + e.getClass().getSimpleName(), 0);
            refused.initCause(e);
            throw refused;
        }
    }

    private static boolean hasTooManyLines(byte[] message) {
        int lines = 0;
        int lineLength = 0;
        for (byte b : message) {
            if (b == '\n') {
                if (lineLength == 0) {
                    return false;
                }
                lineLength = 0;
                if (++lines > MAX_LINES) {
                    return true;
                }
            } else if (b != '\r') {
                lineLength++;
            }
        }
        return false;
    }
}
