package org.impsiwf.sip.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.event.UriList.Entry;
import org.impsiwf.sip.header.SipAddress;

/** Collects entries, each recipient once: the same URI again is the same one, named as openly as anywhere (RFC 5364 §4.1). */
final class Recipients {

    private final int most;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int read;

    Recipients(int most) {
        this.most = most;
    }

    /** @throws UriListException 413 beyond the limit; what is there twice counts, so that reading ends as soon */
    void add(Entry entry) throws UriListException {
        if (++read > most) {
            throw new UriListException(413, "a URI list of more than " + most + " entries");
        }
        entries.merge(
                same(entry.uri().value()),
                entry,
                (one, other) -> one.copyControl().compareTo(other.copyControl()) <= 0 ? one : other);
    }

    /** @throws UriListException 400 when there is none */
    UriList list() throws UriListException {
        if (entries.isEmpty()) {
            throw new UriListException(400, "a URI list that names nobody");
        }
        return new UriList(List.copyOf(entries.values()));
    }

    /** The same for URIs that are the same by the rules of their scheme (RFC 5363 §4.1, RFC 3261 §19.1.4). */
    private static String same(String uri) {
        return SipAddress.parse(uri).map(Recipients::same).orElse(uri);
    }

    private static String same(SipAddress uri) {
        String params = uri.params().entrySet().stream()
                .map(param -> param.getKey() + '=' + param.getValue().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(";"));
        return uri.scheme() + ' ' + uri.addressOfRecord() + ' ' + uri.port() + ' ' + params + ' ' + uri.headers();
    }
}
