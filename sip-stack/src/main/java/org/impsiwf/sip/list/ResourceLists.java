package org.impsiwf.sip.list;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.event.UriList.CopyControl;
import org.impsiwf.sip.event.UriList.Entry;

/** {@code application/resource-lists+xml} ⇄ {@link UriList}. Lists within lists are flattened; references to other documents are not followed. */
public final class ResourceLists {

    public static final String MEDIA_TYPE = "application/resource-lists+xml";

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:resource-lists";
    private static final String COPY_CONTROL = "urn:ietf:params:xml:ns:copycontrol";

    /** As the example of RFC 5366 §6 has it, and much of the field with it. */
    private static final String COPY_CONTROL_IN_THE_FIELD = "urn:ietf:params:xml:ns:copyControl";

    private static final int MAX_BYTES = 512 * 1024;
    private static final int MAX_DEPTH = 16;
    private static final int MAX_ENTRIES = 2_000;
    private static final XMLInputFactory INPUT = input();
    private static final XMLOutputFactory OUTPUT = XMLOutputFactory.newDefaultFactory();

    private ResourceLists() {}

    /**
     * Reads a list of a request.
     *
     * @throws UriListException 400 when it is no such document or names nobody, 413 over a limit
     */
    public static UriList read(byte[] document) throws UriListException {
        return read(List.of(document));
    }

    /**
     * Reads the lists of a request as the one that they are together (RFC 5363 §4.1).
     *
     * @throws UriListException as {@link #read(byte[])}; the limits are those of all together
     */
    public static UriList read(List<byte[]> documents) throws UriListException {
        if (documents.stream().mapToLong(document -> document.length).sum() > MAX_BYTES) {
            throw new UriListException(413, "a URI list over " + MAX_BYTES + " bytes");
        }
        var recipients = new Recipients(MAX_ENTRIES);
        for (byte[] document : documents) {
            try {
                XMLStreamReader xml = INPUT.createXMLStreamReader(new ByteArrayInputStream(document));
                try {
                    new Walk(xml, recipients).walk();
                } finally {
                    xml.close();
                }
            } catch (XMLStreamException e) {
                throw new UriListException(400, "a URI list that is no well-formed XML");
            }
        }
        return recipients.list();
    }

    /**
     * Writes the list that is sent on with an INVITE (RFC 5366 §5.2, recipient-list-history): {@code bcc} entries are left
     * out, anonymous ones are counted in one entry without a name (RFC 5364 §5).
     */
    public static byte[] history(UriList list) {
        List<Entry> shown = new ArrayList<>();
        boolean anonymous = false;
        for (Entry entry : list.entries()) {
            if (entry.copyControl() == CopyControl.BCC) {
                continue;
            }
            if (entry.anonymize()) {
                anonymous = true;
            } else {
                shown.add(entry);
            }
        }
        if (anonymous) {
            shown.add(
                    new Entry(new SipUri("sip:anonymous@anonymous.invalid"), Optional.empty(), CopyControl.TO, false));
        }
        return write(new UriList(shown));
    }

    /** Writes a list with the copy control of each entry. */
    public static byte[] write(UriList list) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(256 + list.entries().size() * 64);
        try {
            XMLStreamWriter xml = OUTPUT.createXMLStreamWriter(out, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("resource-lists");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeNamespace("cp", COPY_CONTROL);
            xml.writeStartElement("list");
            for (Entry entry : list.entries()) {
                write(entry, xml);
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a URI list of ours cannot be written", impossible);
        }
        return out.toByteArray();
    }

    private static void write(Entry entry, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeStartElement("entry");
        xml.writeAttribute("uri", entry.uri().value());
        xml.writeAttribute(
                "cp", COPY_CONTROL, "copyControl", entry.copyControl().name().toLowerCase(Locale.ROOT));
        if (entry.anonymize()) {
            xml.writeAttribute("cp", COPY_CONTROL, "anonymize", "true");
        }
        if (entry.displayName().isPresent()) {
            xml.writeStartElement("display-name");
            xml.writeCharacters(entry.displayName().get());
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static XMLInputFactory input() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }

    /** One walk over one document. */
    private static final class Walk {
        private final XMLStreamReader xml;
        private final Recipients recipients;
        private Optional<Entry> open = Optional.empty();
        private final StringBuilder text = new StringBuilder();
        private int depth;

        Walk(XMLStreamReader xml, Recipients recipients) {
            this.xml = xml;
            this.recipients = recipients;
        }

        void walk() throws XMLStreamException, UriListException {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> begin();
                    case XMLStreamConstants.END_ELEMENT -> end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new UriListException(400, "a URI list with a document type");
                    default -> {
                        // comments and white space name nobody
                    }
                }
            }
        }

        private void begin() throws UriListException {
            depth++;
            text.setLength(0);
            boolean ours = NAMESPACE.equals(xml.getNamespaceURI());
            if (depth == 1 && !(ours && xml.getLocalName().equals("resource-lists"))) {
                throw new UriListException(400, "no resource-lists document");
            }
            if (depth > MAX_DEPTH) {
                throw new UriListException(413, "a URI list nested too deeply");
            }
            if (ours && xml.getLocalName().equals("entry")) {
                open = Optional.of(entry());
            }
        }

        private Entry entry() throws UriListException {
            String uri = xml.getAttributeValue(null, "uri");
            if (uri == null || uri.isBlank()) {
                throw new UriListException(400, "a URI list with an entry that has no URI");
            }
            boolean anonymize = copyAttribute("anonymize").equals("true");
            return new Entry(new SipUri(uri.strip()), Optional.empty(), copyControl(), anonymize);
        }

        /** RFC 5364 §4.1: without it, or with a value that nobody knows, bcc. */
        private CopyControl copyControl() {
            return switch (copyAttribute("copyControl")) {
                case "to" -> CopyControl.TO;
                case "cc" -> CopyControl.CC;
                default -> CopyControl.BCC;
            };
        }

        private String copyAttribute(String name) {
            String value = xml.getAttributeValue(COPY_CONTROL, name);
            String found = value != null ? value : xml.getAttributeValue(COPY_CONTROL_IN_THE_FIELD, name);
            return found == null ? "" : found.strip().toLowerCase(Locale.ROOT);
        }

        private void end() throws UriListException {
            depth--;
            if (!NAMESPACE.equals(xml.getNamespaceURI()) || open.isEmpty()) {
                return;
            }
            String name = text.toString().strip();
            if (xml.getLocalName().equals("display-name") && !name.isEmpty()) {
                open = open.map(e -> new Entry(e.uri(), Optional.of(name), e.copyControl(), e.anonymize()));
            } else if (xml.getLocalName().equals("entry")) {
                recipients.add(open.get());
                open = Optional.empty();
            }
        }
    }
}
