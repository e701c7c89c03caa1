package org.impsiwf.ssp.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * SSP 6.5.1: finds the Host-ID of a peer, which is registered with it or comes from the DNS as
 * {@code _imps-server._tcp.<domain>}. Blocks; call it on a virtual thread.
 */
public final class HostLocator {

    /** A place to connect to, in the order to try them. */
    public record Host(InetSocketAddress address, String name, String path, boolean tls) {}

    /** What the DNS says; replaced in tests. */
    @FunctionalInterface
    public interface ServiceLookup {
        /** @return empty when there is no such name */
        List<SRVRecord> find(String name) throws UnknownHostException;
    }

    private final ServiceLookup dns;
    private final RandomGenerator random;

    public HostLocator(ServiceLookup dns, RandomGenerator random) {
        this.dns = dns;
        this.random = random;
    }

    /** Asks the resolvers of this host. */
    public static HostLocator ofSystem(Duration timeout) {
        return new HostLocator(name -> systemLookup(name, timeout), RandomGenerator.getDefault());
    }

    /**
     * @param url the registered address; when absent, the DNS is asked
     * @param tls whether a host that comes from the DNS is spoken to with TLS
     * @throws UnknownHostException when there is no such host, or no SRV record: there is no fallback to an address
     */
    public List<Host> locate(Optional<URI> url, String domain, boolean tls) throws UnknownHostException {
        if (url.isPresent()) {
            return registered(url.get());
        }
        List<Host> hosts = new ArrayList<>();
        for (SRVRecord record : ordered(dns.find("_imps-server._tcp." + domain + "."))) {
            String name = record.getTarget().toString(true);
            hosts.addAll(addresses(name, record.getPort(), "/", tls));
        }
        if (hosts.isEmpty()) {
            throw new UnknownHostException("no _imps-server._tcp record for " + domain);
        }
        return hosts;
    }

    private static List<Host> registered(URI url) throws UnknownHostException {
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        String host = url.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return addresses(bare, port, path, tls);
    }

    private static List<Host> addresses(String name, int port, String path, boolean tls) throws UnknownHostException {
        List<Host> hosts = new ArrayList<>();
        for (InetAddress address : InetAddress.getAllByName(name)) {
            hosts.add(new Host(new InetSocketAddress(address, port), name, path, tls));
        }
        return hosts;
    }

    /** RFC 2782: by priority, and among equals by chance in proportion to the weight. */
    private List<SRVRecord> ordered(List<SRVRecord> records) {
        List<SRVRecord> left = new ArrayList<>(records);
        left.sort(Comparator.comparingInt(SRVRecord::getPriority).thenComparingInt(SRVRecord::getWeight));
        List<SRVRecord> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            int priority = left.getFirst().getPriority();
            List<SRVRecord> equals =
                    left.stream().filter(r -> r.getPriority() == priority).toList();
            int sum = equals.stream().mapToInt(SRVRecord::getWeight).sum();
            int drawn = random.nextInt(sum + 1);
            SRVRecord chosen = equals.getLast();
            int running = 0;
            for (SRVRecord record : equals) {
                running += record.getWeight();
                if (running >= drawn) {
                    chosen = record;
                    break;
                }
            }
            ordered.add(chosen);
            left.remove(chosen);
        }
        return ordered;
    }

    private static List<SRVRecord> systemLookup(String name, Duration timeout) throws UnknownHostException {
        try {
            Resolver resolver = new ExtendedResolver();
            resolver.setTimeout(timeout);
            Lookup lookup = new Lookup(Name.fromString(name), Type.SRV, DClass.IN);
            lookup.setResolver(resolver);
            lookup.setCache(null);
            var answers = lookup.run();
            if (answers == null) {
                return List.of();
            }
            return Arrays.stream(answers).map(SRVRecord.class::cast).toList();
        } catch (TextParseException badName) {
            throw new UnknownHostException(name + ": " + badName.getMessage());
        }
    }
}
