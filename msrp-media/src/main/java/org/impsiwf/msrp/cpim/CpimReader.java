package org.impsiwf.msrp.cpim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.impsiwf.msrp.cpim.CpimMessage.MimeHeader;

/** Reads one Message/CPIM. Lines may end with LF alone: some clients write them so. */
final class CpimReader {
    private static final int MAX_HEADERS = 256;
    private static final int MAX_LINE = 8192;

    private final byte[] octets;
    private int at;
    private final List<CpimHeader> headers = new ArrayList<>();
    private final List<MimeHeader> mimeHeaders = new ArrayList<>();
    private final Map<String, String> namespaces = new HashMap<>();
    private String defaultNamespace = "";

    CpimReader(byte[] octets) {
        this.octets = octets;
    }

    CpimMessage read() throws MalformedCpim {
        for (String line = line(); !line.isEmpty(); line = line()) {
            header(line);
        }
        if (headers.isEmpty()) {
            throw new MalformedCpim("no message headers");
        }
        for (String line = line(); !line.isEmpty(); line = line()) {
            mimeHeader(line);
        }
        try {
            return new CpimMessage(headers, mimeHeaders, Arrays.copyOfRange(octets, at, octets.length));
        } catch (IllegalArgumentException incomplete) {
            throw new MalformedCpim(incomplete.getMessage());
        }
    }

    private String line() throws MalformedCpim {
        int lf = at;
        while (lf < octets.length && octets[lf] != '\n') {
            lf++;
        }
        if (lf == octets.length || lf - at > MAX_LINE) {
            throw new MalformedCpim("headers end early, or a line is too long");
        }
        int end = lf > at && octets[lf - 1] == '\r' ? lf - 1 : lf;
        String line = new String(octets, at, end - at, UTF_8);
        at = lf + 1;
        return line;
    }

    private void header(String line) throws MalformedCpim {
        int colon = line.indexOf(':');
        if (colon < 1) {
            throw new MalformedCpim("header without a name");
        }
        int valueAt = colon + 1;
        if (line.startsWith(";", valueAt)) {
            int space = line.indexOf(' ', valueAt);
            valueAt = space < 0 ? line.length() : space;
        }
        String parameters = line.substring(colon + 1, valueAt);
        String value = CpimText.unescape(line.substring(valueAt).strip());
        String written = line.substring(0, colon);
        if (written.equals("NS")) {
            namespace(value);
            return;
        }
        int dot = written.indexOf('.');
        String namespace = dot < 0 ? defaultNamespace : namespaces.getOrDefault(written.substring(0, dot), "");
        if (dot >= 0 && namespace.isEmpty()) {
            throw new MalformedCpim("prefix without NS header (RFC 3862 §3.4)");
        }
        add(namespace, written.substring(dot + 1), parameters, value);
    }

    private void add(String namespace, String name, String parameters, String value) throws MalformedCpim {
        if (headers.size() == MAX_HEADERS) {
            throw new MalformedCpim("more than " + MAX_HEADERS + " headers");
        }
        try {
            headers.add(new CpimHeader(namespace, name, parameters, value));
        } catch (IllegalArgumentException notOne) {
            throw new MalformedCpim(notOne.getMessage());
        }
    }

    /** {@code prefix <uri>}, or {@code <uri>} for the headers without prefix. */
    private void namespace(String value) throws MalformedCpim {
        int open = value.indexOf('<');
        if (open < 0 || !value.endsWith(">") || value.length() < open + 3 || namespaces.size() == MAX_HEADERS) {
            throw new MalformedCpim("NS header");
        }
        String prefix = value.substring(0, open).strip();
        String uri = value.substring(open + 1, value.length() - 1);
        if (prefix.isEmpty()) {
            defaultNamespace = uri;
        } else {
            namespaces.put(prefix, uri);
        }
    }

    private void mimeHeader(String line) throws MalformedCpim {
        boolean folded = line.startsWith(" ") || line.startsWith("\t");
        int colon = line.indexOf(':');
        if (folded && !mimeHeaders.isEmpty()) {
            MimeHeader last = mimeHeaders.removeLast();
            mimeHeaders.add(new MimeHeader(last.name(), last.value() + " " + line.strip()));
        } else if (colon < 1 || mimeHeaders.size() == MAX_HEADERS) {
            throw new MalformedCpim("MIME header");
        } else {
            mimeHeaders.add(new MimeHeader(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip()));
        }
    }
}
