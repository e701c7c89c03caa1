package org.impsiwf.testkit.flow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The URIs of a resource list (RFC 4826), in order. */
final class XmlUris {

    private XmlUris() {}

    static List<String> in(byte[] resourceLists) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(resourceLists));
            NodeList entries = document.getElementsByTagNameNS("urn:ietf:params:xml:ns:resource-lists", "entry");
            return IntStream.range(0, entries.getLength())
                    .mapToObj(i -> ((Element) entries.item(i)).getAttribute("uri"))
                    .toList();
        } catch (ParserConfigurationException | IOException | SAXException e) {
            throw new AssertionError("the gateway wrote a list that nobody can read", e);
        }
    }
}
