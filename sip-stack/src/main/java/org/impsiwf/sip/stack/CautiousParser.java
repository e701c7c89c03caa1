package org.impsiwf.sip.stack;

import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.header.ContentLength;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.Event;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.RecordRoute;
import gov.nist.javax.sip.header.ReferTo;
import gov.nist.javax.sip.header.RequestLine;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.Route;
import gov.nist.javax.sip.header.StatusLine;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.header.extensions.Replaces;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.ParseExceptionListener;
import gov.nist.javax.sip.parser.StringMsgParser;
import gov.nist.javax.sip.stack.ConnectionOrientedMessageChannel;
import java.text.ParseException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import org.impsiwf.sip.wire.Triage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JAIN-SIP's parser behind {@link Triage}, so that a malformed request comes to {@link RequestDoor} as one to be refused, and
 * behind a guard: it throws unchecked exceptions and overflows the stack on some messages, which would end the thread that
 * reads for everybody.
 */
final class CautiousParser extends StringMsgParser {

    private static final Logger LOG = LoggerFactory.getLogger(CautiousParser.class);

    /** Longer heads are not looked at; their lines would be parsed one by one. */
    private static final int MAX_LINES = 1_000;

    /** Fields that change what a message means; with one of them unreadable it is not understood at all. */
    private static final Set<Class<?>> NEEDED = Set.of(
            RequestLine.class,
            StatusLine.class,
            Via.class,
            From.class,
            To.class,
            CallID.class,
            CSeq.class,
            MaxForwards.class,
            ContentLength.class,
            ContentType.class,
            Contact.class,
            Route.class,
            RecordRoute.class,
            Require.class,
            Replaces.class,
            ReferTo.class,
            Event.class);

    private final SipCounters counters;

    /** Connections that are being closed; forgotten with the connection. */
    private final Set<ParseExceptionListener> ended =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<ParseExceptionListener, Boolean>()));

    private final int maxMessageBytes;

    CautiousParser(SipCounters counters, int maxMessageBytes) {
        this.maxMessageBytes = maxMessageBytes;
        this.counters = counters;
    }

    /**
     * @param readBody whether the message came whole, as datagrams do
     * @return null for a message that is dropped
     */
    @Override
    public SIPMessage parseSIPMessage(
            byte[] message, boolean readBody, boolean strict, ParseExceptionListener listener) {
        if (listener != null && ended.contains(listener)) {
            return null; // what stands in the buffer behind a message whose end is unknown is no message
        }
        Triage triage = hasTooManyLines(message)
                ? new Triage.Drop("more than " + MAX_LINES + " lines in the head")
                : Triage.of(message, readBody);
        if (triage instanceof Triage.Take(byte[] taken)) {
            try {
                SIPMessage parsed = checked(parse(taken, readBody, strict));
                if (readBody || parsed == null || fits(parsed, taken)) { // null: only line ends, a keep-alive
                    return parsed;
                }
                triage = Triage.tooLong(message);
            } catch (ParseException e) {
                LOG.debug("a message that cannot be parsed", e);
                triage = Triage.unreadable(message, readBody);
            }
        }
        return switch (triage) {
            case Triage.Refuse refused -> refused(refused, readBody, strict, listener);
            case Triage.Drop(String why) -> dropped(why, readBody, listener);
            case Triage.Take t -> throw new IllegalStateException("a message taken twice");
        };
    }

    /** Beyond its limit JAIN-SIP ends the thread that reads, or takes the body for the next message. */
    private boolean fits(SIPMessage message, byte[] head) {
        long body = message.getContentLength() == null
                ? 0
                : message.getContentLength().getContentLength();
        return body == 0 || head.length + lines(head) + body < maxMessageBytes;
    }

    /** JAIN-SIP counts the carriage returns that it took out of the head. */
    private static long lines(byte[] head) {
        long lines = 0;
        for (byte b : head) {
            if (b == '\n') {
                lines++;
            }
        }
        return lines;
    }

    /** Not with the channel as listener: it would answer, or close the connection, by itself. */
    private SIPMessage parse(byte[] message, boolean readBody, boolean strict) throws ParseException {
        try {
            return super.parseSIPMessage(message, readBody, strict, CautiousParser::unreadable);
        } catch (StackOverflowError | RuntimeException e) {
            var refused = new ParseException("cannot be parsed: " + e.getClass().getSimpleName(), 0);
            refused.initCause(e);
            throw refused;
        }
    }

    private static void unreadable(ParseException cause, SIPMessage message, Class<?> header, String text, String whole)
            throws ParseException {
        if (header != null && NEEDED.contains(header)) {
            throw cause;
        }
        message.addUnparsed(text); // RFC 3261 §8.1.3.5, §20: a field that is not needed is passed over
    }

    private static SIPMessage checked(SIPMessage message) throws ParseException {
        if (message instanceof SIPRequest request) {
            OldPeers.modernise(request);
            MethodFields.complete(request);
            // Without these no server transaction can be had, and so no answer.
            request.checkHeaders();
            // RFC 3261 §18.2.1: only who receives a request may say where it came from.
            request.getTopmostVia().removeParameter(Via.RECEIVED);
        }
        return message;
    }

    private SIPMessage refused(
            Triage.Refuse refused, boolean readBody, boolean strict, ParseExceptionListener listener) {
        try {
            SIPMessage request = checked(parse(refused.message(), readBody, strict));
            if (request instanceof SIPRequest) {
                request.setApplicationData(refused.refusal());
                if (!readBody && refused.refusal().endsConnection()) {
                    ended.add(listener);
                }
                return request;
            }
        } catch (ParseException e) {
            LOG.debug("a refused request that cannot be parsed either", e);
        }
        return dropped("malformed beyond an answer", readBody, listener);
    }

    /** On a stream nobody knows where the next message begins, so the connection ends. */
    private SIPMessage dropped(String why, boolean readBody, ParseExceptionListener listener) {
        LOG.info("drops a message: {}", why);
        counters.count("sip.dropped", why);
        if (!readBody && listener instanceof ConnectionOrientedMessageChannel channel) {
            ended.add(listener);
            channel.close();
        }
        return null;
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
