package org.impsiwf.msrp.message;

import io.netty.util.NetUtil;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * An MSRP URI (RFC 4975 §6). Equality is that of §6.1: scheme, host, port, session-id and transport; neither user
 * nor further parameters.
 *
 * @param text as it was received or is sent
 * @param host lower case; an IPv6 literal without brackets, in its shortest form
 * @param port 0 where the URI has none
 * @param sessionId empty where the URI has none
 * @param transport lower case
 */
public record MsrpUri(String text, boolean secure, String host, int port, String sessionId, String transport) {

    private static final int MAX_LENGTH = 1024;

    /** Our own URI for a session over TCP. */
    public static MsrpUri of(boolean secure, String host, int port, String sessionId) {
        String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return parse((secure ? "msrps://" : "msrp://") + literal + ":" + port + "/" + sessionId + ";tcp");
    }

    /** @throws IllegalArgumentException if it is none */
    public static MsrpUri parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("MSRP URI is too long");
        }
        boolean secure = text.regionMatches(true, 0, "msrps://", 0, 8);
        require(secure || text.regionMatches(true, 0, "msrp://", 0, 7), "MSRP URI starts with msrp:// or msrps://");
        int authority = secure ? 8 : 7;
        int semicolon = text.indexOf(';', authority);
        require(semicolon > authority, "MSRP URI names its transport");
        int slash = text.indexOf('/', authority);
        boolean hasSession = slash >= 0 && slash < semicolon;
        String sessionId = hasSession ? sessionId(text.substring(slash + 1, semicolon)) : "";
        int next = text.indexOf(';', semicolon + 1);
        String transport =
                text.substring(semicolon + 1, next < 0 ? text.length() : next).toLowerCase(Locale.ROOT);
        require(!transport.isEmpty() && transport.chars().allMatch(Character::isLetterOrDigit), "MSRP transport");
        String hostPort = text.substring(authority, hasSession ? slash : semicolon);
        hostPort = hostPort.substring(hostPort.lastIndexOf('@') + 1);
        int colon = portColon(hostPort);
        int port = colon < 0 ? 0 : port(hostPort.substring(colon + 1));
        return new MsrpUri(
                text, secure, host(colon < 0 ? hostPort : hostPort.substring(0, colon)), port, sessionId, transport);
    }

    private static int portColon(String hostPort) {
        int bracket = hostPort.indexOf(']');
        int colon = hostPort.indexOf(':', Math.max(bracket, 0));
        require(!hostPort.startsWith("[") || bracket > 0, "IPv6 literal ends with a bracket");
        require(colon < 0 || colon == hostPort.lastIndexOf(':'), "IPv6 literal is in brackets");
        return colon;
    }

    private static int port(String digits) {
        require(
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(c -> c >= '0' && c <= '9'),
                "port");
        int port = Integer.parseInt(digits);
        require(port > 0 && port < 65536, "port");
        return port;
    }

    private static String host(String written) {
        require(!written.isEmpty(), "MSRP URI has a host");
        if (written.startsWith("[")) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(written.substring(1, written.length() - 1));
            require(written.endsWith("]") && address != null, "IPv6 literal");
            return NetUtil.bytesToIpAddress(address);
        }
        // RFC 4975 §6.1: percent-encoding is undone before comparison.
        String plain = written.indexOf('%') < 0
                ? written
                : URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8);
        require(plain.chars().allMatch(c -> c > ' ' && c != 0x7f), "host");
        return plain.toLowerCase(Locale.ROOT);
    }

    private static String sessionId(String text) {
        require(!text.isEmpty(), "session-id is not empty");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            require(c > ' ' && c < 0x7f, "session-id");
        }
        return text;
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException("not an MSRP URI: " + what);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MsrpUri uri
                && secure == uri.secure
                && port == uri.port
                && sessionId.equals(uri.sessionId)
                && host.equals(uri.host)
                && transport.equals(uri.transport);
    }

    @Override
    public int hashCode() {
        return Objects.hash(secure, host, port, sessionId, transport);
    }

    @Override
    public String toString() {
        return text;
    }
}
