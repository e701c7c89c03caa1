package org.impsiwf.testkit.ssp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One transaction as it stood on the wire.
 *
 * @param sessionId empty in set-up
 * @param primitive the element inside {@code Transaction} or {@code SetupTransaction}
 */
public record SspText(String sessionId, String mode, String transactionId, Element primitive) {

    /** The root of an SSP message. */
    static Element root(byte[] message) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(message))
                    .getDocumentElement();
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name of the primitive. */
    public String name() {
        return primitive.getTagName();
    }

    /** An attribute of the primitive, or of the first element of that name below it; empty when absent. */
    public String attribute(String element, String attribute) {
        return find(element).map(e -> e.getAttribute(attribute)).orElse("");
    }

    /** The text of the first element of that name, trimmed. */
    public String text(String element) {
        return find(element).map(e -> e.getTextContent().strip()).orElse("");
    }

    /** What the first element of a role holds: the id of its user or group. */
    public String role(String role) {
        return find(role)
                .flatMap(e -> children(e).stream().findFirst())
                .map(e -> e.hasAttribute("userID") ? e.getAttribute("userID") : e.getAttribute("groupID"))
                .orElse("");
    }

    /** The message's content, decoded as its encoding says. */
    public String content() {
        String encoding = attribute("ContentData", "encoding");
        String text = find("ContentData").map(Node::getTextContent).orElse("");
        return encoding.equalsIgnoreCase("base64")
                ? new String(Base64.getMimeDecoder().decode(text.strip()), UTF_8)
                : text;
    }

    /** The code of the first Status, 0 without one. */
    public int status() {
        String code = attribute("Status", "code");
        return code.isEmpty() ? 0 : Integer.parseInt(code);
    }

    public String messageId() {
        String inInfo = attribute("MessageInfo", "messageID");
        return inInfo.isEmpty() ? primitive.getAttribute("messageID") : inInfo;
    }

    private Optional<Element> find(String element) {
        if (primitive.getTagName().equals(element)) {
            return Optional.of(primitive);
        }
        NodeList found = primitive.getElementsByTagName(element);
        return found.getLength() == 0 ? Optional.empty() : Optional.of((Element) found.item(0));
    }

    static List<Element> children(Node parent) {
        List<Element> elements = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    @Override
    public String toString() {
        return mode + " " + transactionId + " " + name();
    }
}
