package org.impsiwf.sip.resolve;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** {@link DnsLookup} by dnsjava: the machine's name servers and hosts file, a bounded cache that keeps to the TTLs. */
public final class DnsJavaLookup implements DnsLookup {

    private static final int CACHED_NAMES = 5_000;
    private static final int LONGEST_CACHED_SECONDS = 3_600;
    private static final int LONGEST_NEGATIVE_SECONDS = 60;

    private final LookupSession session;

    /** The machine's own name servers. */
    public DnsJavaLookup() {
        this(new ExtendedResolver());
    }

    DnsJavaLookup(Resolver resolver) {
        var cache = new Cache(DClass.IN);
        cache.setMaxEntries(CACHED_NAMES);
        cache.setMaxCache(LONGEST_CACHED_SECONDS);
        cache.setMaxNCache(LONGEST_NEGATIVE_SECONDS);
        resolver.setTimeout(Duration.ofSeconds(2));
        this.session = LookupSession.builder()
                .resolver(resolver)
                .defaultHostsFileParser()
                .cache(cache)
                .build();
    }

    @Override
    public List<Naptr> naptr(String name, Duration within) throws DnsException {
        return ask(name, Type.NAPTR, within).stream()
                .filter(NAPTRRecord.class::isInstance)
                .map(NAPTRRecord.class::cast)
                .filter(r -> r.getFlags().equalsIgnoreCase("s") && r.getRegexp().isEmpty())
                .map(r -> new Naptr(r.getOrder(), r.getPreference(), r.getService(), text(r.getReplacement())))
                .toList();
    }

    @Override
    public List<Srv> srv(String name, Duration within) throws DnsException {
        return ask(name, Type.SRV, within).stream()
                .filter(SRVRecord.class::isInstance)
                .map(SRVRecord.class::cast)
                .map(r -> new Srv(r.getPriority(), r.getWeight(), r.getPort(), text(r.getTarget())))
                .toList();
    }

    @Override
    public List<InetAddress> addresses(String name, boolean ip6, Duration within) throws DnsException {
        return ask(name, ip6 ? Type.AAAA : Type.A, within).stream()
                .<InetAddress>mapMulti((answer, addresses) -> {
                    switch (answer) {
                        case ARecord a -> addresses.accept(a.getAddress());
                        case AAAARecord aaaa -> addresses.accept(aaaa.getAddress());
                        default -> {} // a record of the way, such as CNAME
                    }
                })
                .toList();
    }

    private List<Record> ask(String text, int type, Duration within) throws DnsException {
        Name name;
        try {
            name = Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            return List.of(); // no name that DNS could hold, so it has no records
        }
        try {
            return session.lookupAsync(name, type)
                    .toCompletableFuture()
                    .get(within.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecords();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NoSuchDomainException || e.getCause() instanceof NoSuchRRSetException) {
                return List.of();
            }
            throw new DnsException("DNS failed for " + text + " " + Type.string(type), e.getCause());
        } catch (TimeoutException e) {
            throw new DnsException("DNS gave no answer in time for " + text + " " + Type.string(type), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DnsException("interrupted while asking DNS for " + text, e);
        }
    }

    private static String text(Name name) {
        return name.toString(true);
    }
}
