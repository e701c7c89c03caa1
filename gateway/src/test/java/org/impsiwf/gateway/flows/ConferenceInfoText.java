package org.impsiwf.gateway.flows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.impsiwf.testkit.flow.Words;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A conference-info document (RFC 4575) as fields of a line. */
final class ConferenceInfoText {

    private ConferenceInfoText() {}

    static void describe(byte[] document, Map<String, String> fields) {
        Element root = root(document);
        fields.put("state", root.hasAttribute("state") ? root.getAttribute("state") : "full");
        fields.put("version", root.getAttribute("version"));
        fields.put("entity", Words.shortName(root.getAttribute("entity")));
        child(root, "conference-description").ifPresent(description -> {
            text(description, "display-text").ifPresent(name -> fields.put("name", name));
            text(description, "subject").ifPresent(subject -> fields.put("subject", subject));
            text(description, "maximum-user-count").ifPresent(most -> fields.put("most", most));
        });
        child(root, "conference-state")
                .flatMap(state -> text(state, "user-count"))
                .ifPresent(count -> fields.put("count", count));
        fields.put(
                "users",
                child(root, "users").stream()
                        .flatMap(users -> children(users).stream())
                        .map(ConferenceInfoText::user)
                        .collect(Collectors.joining(",")));
    }

    private static String user(Element user) {
        boolean deleted = user.getAttribute("state").equals("deleted");
        String name = text(user, "display-text").orElseGet(() -> nameIn(user.getAttribute("entity")));
        String presence =
                child(user, "endpoint").map(ConferenceInfoText::presence).orElse("");
        return (deleted ? "-" : "+") + name + (deleted || presence.isEmpty() ? "" : "(" + presence + ")");
    }

    /** Who is gone for good is named by the URI alone. */
    private static String nameIn(String entity) {
        String name = Words.shortName(entity);
        return name.startsWith("~") ? name.substring(1) : name;
    }

    /** How the endpoint is connected, as the lines call it; empty when it is. */
    private static String presence(Element endpoint) {
        String status = text(endpoint, "status").orElse("connected");
        String disconnection = text(endpoint, "disconnection-method").orElse("");
        return switch (status) {
            case "connected" -> "";
            case "disconnected" -> disconnection.isEmpty() ? "departed" : disconnection;
            default -> status;
        };
    }

    private static Optional<String> text(Element parent, String name) {
        return child(parent, name).map(element -> element.getTextContent().strip());
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(element -> element.getLocalName().equals(name))
                .findFirst();
    }

    private static List<Element> children(Node parent) {
        NodeList all = parent.getChildNodes();
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .toList();
    }

    private static Element root(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(document))
                    .getDocumentElement();
        } catch (ParserConfigurationException | IOException | SAXException e) {
            throw new AssertionError("a conference state that nobody can read", e);
        }
    }
}
