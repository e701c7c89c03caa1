package org.impsiwf.sip.conference;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.impsiwf.sip.event.ConferenceState;
import org.impsiwf.sip.event.ConferenceState.Participant;
import org.impsiwf.sip.event.ConferenceState.Presence;

/** {@link ConferenceState} → {@code application/conference-info+xml}. */
public final class ConferenceInfo {

    public static final String MEDIA_TYPE = "application/conference-info+xml";

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:conference-info";
    private static final XMLOutputFactory OUTPUT = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter xml;

    private ConferenceInfo(XMLStreamWriter xml) {
        this.xml = xml;
    }

    public static byte[] write(ConferenceState state) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(512 + state.users().size() * 256);
        try {
            XMLStreamWriter xml = OUTPUT.createXMLStreamWriter(out, "UTF-8");
            new ConferenceInfo(xml).conference(state);
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a conference state of ours cannot be written", impossible);
        }
        return out.toByteArray();
    }

    private void conference(ConferenceState state) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("conference-info");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeAttribute("entity", state.entity().value());
        xml.writeAttribute("state", state.full() ? "full" : "partial");
        xml.writeAttribute("version", Long.toString(state.version()));
        description(state);
        if (state.userCount().isPresent()) {
            xml.writeStartElement("conference-state");
            text("user-count", Long.toString(state.userCount().getAsLong()));
            xml.writeEndElement();
        }
        xml.writeStartElement("users");
        xml.writeAttribute("state", state.full() ? "full" : "partial");
        for (Participant user : state.users()) {
            user(user);
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /** RFC 4575 §5.2: a full document has one, though it may be empty; a partial one only where it has changed. */
    private void description(ConferenceState state) throws XMLStreamException {
        boolean says = state.displayText().isPresent()
                || state.subject().isPresent()
                || state.maximumUserCount().isPresent();
        if (!says && !state.full()) {
            return;
        }
        xml.writeStartElement("conference-description");
        text("display-text", state.displayText());
        text("subject", state.subject());
        if (state.maximumUserCount().isPresent()) {
            text("maximum-user-count", Long.toString(state.maximumUserCount().getAsLong()));
        }
        xml.writeEndElement();
    }

    private void user(Participant user) throws XMLStreamException {
        xml.writeStartElement("user");
        xml.writeAttribute("entity", user.entity().value());
        if (user.deleted()) {
            xml.writeAttribute("state", "deleted");
            xml.writeEndElement();
            return;
        }
        xml.writeAttribute("state", "full");
        text("display-text", user.displayText());
        if (!user.roles().isEmpty()) {
            xml.writeStartElement("roles");
            for (String role : user.roles()) {
                text("entry", role);
            }
            xml.writeEndElement();
        }
        endpoint(user);
        xml.writeEndElement();
    }

    private void endpoint(Participant user) throws XMLStreamException {
        xml.writeStartElement("endpoint");
        xml.writeAttribute("entity", user.entity().value());
        text("status", status(user.presence()));
        text("disconnection-method", disconnection(user.presence()));
        xml.writeEndElement();
    }

    private static String status(Presence presence) {
        return switch (presence) {
            case DIALING_OUT -> "dialing-out";
            case ALERTING -> "alerting";
            case CONNECTED -> "connected";
            case DEPARTED, BOOTED, FAILED, BUSY -> "disconnected";
        };
    }

    private static Optional<String> disconnection(Presence presence) {
        return switch (presence) {
            case DEPARTED -> Optional.of("departed");
            case BOOTED -> Optional.of("booted");
            case FAILED -> Optional.of("failed");
            case BUSY -> Optional.of("busy");
            case DIALING_OUT, ALERTING, CONNECTED -> Optional.empty();
        };
    }

    private void text(String element, Optional<String> text) throws XMLStreamException {
        if (text.isPresent()) {
            text(element, text.get());
        }
    }

    private void text(String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(printable(text));
        xml.writeEndElement();
    }

    /** XML 1.0 §2.2 has no control characters; a screen name may. */
    private static String printable(String text) {
        return text.codePoints()
                .filter(ConferenceInfo::isXmlCharacter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isXmlCharacter(int c) {
        return c == '\t' || c == '\n' || (c >= ' ' && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) || c > 0xFFFF;
    }
}
