package org.impsiwf.sip.stack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A SIP message as text, read with as little code as possible: the product's parser must not check itself. */
record RawMessage(String startLine, List<String> lines, String body) {

    static RawMessage of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        String head = end < 0 ? text : text.substring(0, end);
        List<String> lines = List.of(head.split("\r\n"));
        return new RawMessage(lines.getFirst(), lines.subList(1, lines.size()), end < 0 ? "" : text.substring(end + 4));
    }

    List<String> all(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    /** The first value; empty when there is none. */
    String header(String name) {
        return all(name).stream().findFirst().orElse("");
    }

    boolean isRequest(String method) {
        return startLine.startsWith(method + " ");
    }

    int status() {
        return startLine.startsWith("SIP/2.0 ") ? Integer.parseInt(startLine.substring(8, 11)) : 0;
    }

    boolean isResponseTo(String method) {
        return status() > 0 && header("CSeq").endsWith(" " + method);
    }

    String uri() {
        return startLine.split(" ")[1];
    }

    /** The tag of From or To. */
    String tag(String name) {
        String value = header(name);
        int tag = value.indexOf(";tag=");
        return tag < 0 ? "" : value.substring(tag + 5).split(";")[0];
    }

    /** A response to this request, with that To tag. */
    String answer(int status, String toTag, String moreHeaders, String body) {
        var text = new StringBuilder("SIP/2.0 " + status + " Whatever\r\n");
        all("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        all("Record-Route")
                .forEach(rr -> text.append("Record-Route: ").append(rr).append("\r\n"));
        String to = header("To");
        text.append("From: ").append(header("From")).append("\r\n");
        text.append("To: ").append(to.contains(";tag=") || toTag.isEmpty() ? to : to + ";tag=" + toTag);
        text.append("\r\nCall-ID: ").append(header("Call-ID"));
        text.append("\r\nCSeq: ").append(header("CSeq")).append("\r\n");
        text.append(moreHeaders);
        text.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
        return text.toString();
    }
}
