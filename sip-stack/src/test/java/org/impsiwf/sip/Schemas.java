package org.impsiwf.sip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.xml.sax.SAXException;

/** The published schemas that lie beside the project; what needs them is skipped by name where they are absent. */
public final class Schemas {

    private Schemas() {}

    /** Fails with the parser's own words when the document does not follow the schema. */
    public static void validate(byte[] document, String schema) throws SAXException, IOException {
        Path file = Path.of(System.getProperty("iwf.root", ".."), "../shared/corpora/schemas-xsd", schema)
                .normalize();
        assumeTrue(Files.exists(file), "the published schema " + schema + " is not here");
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(file.toFile())
                .newValidator()
                .validate(new StreamSource(new ByteArrayInputStream(document)));
    }
}
