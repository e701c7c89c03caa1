package org.impsiwf.testkit.sip;

import java.util.List;
import java.util.Optional;

/**
 * A session description with one {@code m=message} line (RFC 4975 §8).
 *
 * @param path as in {@code a=path}, first hop first
 * @param setup of RFC 6135; empty leaves the offerer active (RFC 4975 §5.4)
 */
public record MessageSdp(List<String> path, List<String> acceptTypes, Optional<String> setup, int port) {

    /** With what a plain chat client takes. */
    public static MessageSdp of(String path, Optional<String> setup) {
        return new MessageSdp(List.of(path), List.of("text/plain", "message/cpim", "text/html"), setup, portOf(path));
    }

    public MessageSdp withAcceptTypes(List<String> types) {
        return new MessageSdp(path, types, setup, port);
    }

    /** The description's text, under that o= version. */
    public String text(int version) {
        boolean tls = path.getFirst().startsWith("msrps:");
        String host = hostOf(path.getFirst());
        String family = host.contains(":") ? "IP6 " : "IP4 ";
        String text = "v=0\r\no=- 4711 " + version + " IN " + family + host + "\r\ns=-\r\nc=IN " + family + host
                + "\r\nt=0 0\r\n"
                + "m=message " + port + " " + (tls ? "TCP/TLS/MSRP" : "TCP/MSRP") + " *\r\n"
                + "a=accept-types:" + String.join(" ", acceptTypes) + "\r\na=path:" + String.join(" ", path) + "\r\n";
        return text + setup.map(s -> "a=setup:" + s + "\r\n").orElse("");
    }

    /** @throws AssertionError when there is no {@code a=path} */
    public static MessageSdp parse(String text) {
        List<String> path = List.of();
        List<String> types = List.of();
        Optional<String> setup = Optional.empty();
        int port = 0;
        for (String line : text.split("\r?\n")) {
            if (line.startsWith("m=message ")) {
                port = Integer.parseInt(line.split(" ")[1]);
            } else if (line.startsWith("a=path:")) {
                path = List.of(line.substring(7).strip().split(" "));
            } else if (line.startsWith("a=accept-types:")) {
                types = List.of(line.substring(15).strip().split(" "));
            } else if (line.startsWith("a=setup:")) {
                setup = Optional.of(line.substring(8).strip());
            }
        }
        if (path.isEmpty()) {
            throw new AssertionError("no a=path in\n" + text);
        }
        return new MessageSdp(path, types, setup, port);
    }

    private static String hostOf(String msrpUri) {
        String authority =
                msrpUri.substring(msrpUri.indexOf("//") + 2, msrpUri.indexOf('/', msrpUri.indexOf("//") + 2));
        return authority.substring(0, authority.lastIndexOf(':')).replaceAll("[\\[\\]]", "");
    }

    private static int portOf(String msrpUri) {
        String authority =
                msrpUri.substring(msrpUri.indexOf("//") + 2, msrpUri.indexOf('/', msrpUri.indexOf("//") + 2));
        return Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1));
    }
}
