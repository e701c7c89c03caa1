package org.impsiwf.ssp.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A message as a tree that a test changes at a path below its primitive, to send what we never write. */
final class WireDocument {

    private final Document document;

    private WireDocument(Document document) {
        this.document = document;
    }

    static WireDocument of(byte[] message) throws Exception {
        return new WireDocument(
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(message)));
    }

    byte[] bytes() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toByteArray();
    }

    /** The name of the primitive's element. */
    String primitive() {
        return root().getNodeName();
    }

    private Element root() {
        Node transaction = document.getDocumentElement().getFirstChild().getFirstChild();
        return (Element) transaction.getFirstChild();
    }

    /** Takes away everything at the path: {@code MetaInfo}, {@code @groupID}, {@code Requestor/User/@userID}. */
    void remove(String path) {
        for (Element parent : parents(path)) {
            String last = last(path);
            if (last.startsWith("@")) {
                parent.removeAttribute(last.substring(1));
            } else {
                children(parent, last).forEach(parent::removeChild);
            }
        }
    }

    /** Puts another value at the path; false if there is nothing. */
    boolean replace(String path, String value) {
        boolean replaced = false;
        String last = last(path);
        for (Element parent : parents(path)) {
            if (last.startsWith("@") && parent.hasAttribute(last.substring(1))) {
                parent.setAttribute(last.substring(1), value);
                replaced = true;
            }
            for (Element child : children(parent, last)) {
                child.setTextContent(value);
                replaced = true;
            }
        }
        return replaced;
    }

    /** Adds what the other message has at the path. */
    void copyFrom(WireDocument other, String path) {
        String top = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        if (top.startsWith("@")) {
            root().setAttribute(top.substring(1), other.root().getAttribute(top.substring(1)));
        } else {
            children(other.root(), top).forEach(child -> root().appendChild(document.importNode(child, true)));
        }
    }

    private List<Element> parents(String path) {
        List<Element> at = List.of(root());
        String[] steps = path.split("/");
        for (int i = 0; i < steps.length - 1; i++) {
            List<Element> inner = new ArrayList<>();
            for (Element element : at) {
                inner.addAll(children(element, steps[i]));
            }
            at = inner;
        }
        return at;
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> named = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getNodeName().equals(name)) {
                named.add(element);
            }
        }
        return named;
    }
}
