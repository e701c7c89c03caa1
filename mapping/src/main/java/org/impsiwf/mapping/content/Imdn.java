package org.impsiwf.mapping.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A disposition notification (RFC 5438 §7, §11).
 *
 * @param messageId of the message that it is about
 * @param dateTime of that message, as its sender wrote it
 * @param recipientUri the recipient, empty where it is hidden
 * @param status the element inside {@code status}: {@code delivered}, {@code failed}, …
 */
public record Imdn(String messageId, String dateTime, String recipientUri, Kind kind, String status) {

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:imdn";

    /** Which of the three notifications it is. */
    public enum Kind {
        DELIVERY,
        DISPLAY,
        PROCESSING
    }

    /** A delivery notification of ours. */
    public static Imdn delivery(String messageId, String dateTime, String recipientUri, boolean delivered) {
        return new Imdn(messageId, dateTime, recipientUri, Kind.DELIVERY, delivered ? "delivered" : "failed");
    }

    /** What it says of the delivery as an SSP status code; empty when it says nothing final. */
    public Optional<Integer> deliveryCode() {
        if (kind != Kind.DELIVERY) {
            return Optional.empty();
        }
        return switch (status) {
            case "delivered" -> Optional.of(200);
            case "failed" -> Optional.of(410);
            case "forbidden" -> Optional.of(403);
            case "error" -> Optional.of(500);
            default -> Optional.empty();
        };
    }

    /** Reads a notification; 400 when it lacks what every notification has. */
    public static Imdn decode(byte[] document) throws ContentException {
        Reader reader = new Reader();
        SafeXml.read(document, reader);
        if (reader.messageId.isEmpty() || reader.kind == null || reader.status.isEmpty()) {
            throw new ContentException(400, "a notification without message-id or status");
        }
        return new Imdn(reader.messageId, reader.dateTime, reader.recipientUri, reader.kind, reader.status);
    }

    public byte[] encode() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try {
            XMLStreamWriter xml =
                    XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("imdn");
            xml.writeDefaultNamespace(NAMESPACE);
            element(xml, "message-id", messageId);
            element(xml, "datetime", dateTime);
            if (!recipientUri.isEmpty()) {
                element(xml, "recipient-uri", recipientUri);
            }
            xml.writeStartElement(kind.name().toLowerCase(Locale.ROOT) + "-notification");
            xml.writeStartElement("status");
            xml.writeEmptyElement(status);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return out.toByteArray();
    }

    /** RFC 3339 text of a time, for {@code datetime} and CPIM DateTime. */
    public static String dateTime(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private static final class Reader implements SafeXml.Visitor {
        private String messageId = "";
        private String dateTime = "";
        private String recipientUri = "";
        private Kind kind;
        private String status = "";
        private boolean inStatus;

        @Override
        public void element(String localName, int depth) {
            switch (localName) {
                case "delivery-notification" -> kind = Kind.DELIVERY;
                case "display-notification" -> kind = Kind.DISPLAY;
                case "processing-notification" -> kind = Kind.PROCESSING;
                case "status" -> inStatus = depth == 3;
                default -> {
                    if (inStatus && depth == 4 && status.isEmpty()) {
                        status = localName;
                    }
                }
            }
        }

        @Override
        public void end(String localName, String text, int depth) {
            if (depth != 2) {
                return;
            }
            switch (localName) {
                case "message-id" -> messageId = text;
                case "datetime" -> dateTime = text;
                case "recipient-uri" -> recipientUri = text;
                default -> inStatus = false;
            }
        }
    }
}
