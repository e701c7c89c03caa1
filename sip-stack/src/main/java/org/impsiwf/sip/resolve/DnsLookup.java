package org.impsiwf.sip.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** Questions to DNS; an empty list says that there is no such record. Blocks up to {@code within}. */
public interface DnsLookup {

    /** A NAPTR record of the terminal kind that SIP uses: flag {@code s}, no rewriting (RFC 3263 §4.1). */
    record Naptr(int order, int preference, String service, String replacement) {}

    /** An SRV record (RFC 2782). */
    record Srv(int priority, int weight, int port, String target) {}

    List<Naptr> naptr(String name, Duration within) throws DnsException;

    List<Srv> srv(String name, Duration within) throws DnsException;

    /** A records, or AAAA records for {@code ip6}; names of the hosts file count too. */
    List<InetAddress> addresses(String name, boolean ip6, Duration within) throws DnsException;

    /** DNS did not answer, or answered that it cannot. */
    final class DnsException extends Exception {

        private static final long serialVersionUID = 1L;

        public DnsException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
