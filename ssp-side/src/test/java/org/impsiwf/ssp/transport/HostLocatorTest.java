package org.impsiwf.ssp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.SRVRecord;

/** SSP 6.5.1: where a peer is. */
class HostLocatorTest {

    private final List<String> asked = new ArrayList<>();

    private HostLocator knowing(int seed, SRVRecord... records) {
        return new HostLocator(
                name -> {
                    asked.add(name);
                    return List.of(records);
                },
                new Random(seed));
    }

    private static SRVRecord record(int priority, int weight, int port) throws Exception {
        return new SRVRecord(
                Name.fromString("_imps-server._tcp.b.test."),
                DClass.IN,
                60,
                priority,
                weight,
                port,
                Name.fromString("localhost."));
    }

    private static List<Integer> ports(List<HostLocator.Host> hosts) {
        return hosts.stream().map(h -> h.address().getPort()).distinct().toList();
    }

    @Test
    @Tag("SSP-070")
    @Tag("SSP-072")
    @Tag("IMPS-SSP-INFR-S-001")
    void takesTheRegisteredAddressWithoutAskingTheDns() throws Exception {
        var hosts = knowing(0).locate(Optional.of(URI.create("https://127.0.0.1:8443/ssp")), "b.test", false);
        assertThat(hosts).hasSize(1);
        assertThat(hosts.getFirst().address().getPort()).isEqualTo(8443);
        assertThat(hosts.getFirst().path()).isEqualTo("/ssp");
        assertThat(hosts.getFirst().tls()).isTrue();
        assertThat(asked).isEmpty();
    }

    @Test
    void readsAnIpv6Address() throws Exception {
        var hosts = knowing(0).locate(Optional.of(URI.create("http://[::1]:8080/")), "b.test", false);
        assertThat(hosts.getFirst().address().getAddress().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    @Tag("SSP-072")
    @Tag("IMPS-SSP-INFR-S-001")
    void asksForTheServiceOfTheDomainAndTriesLowPrioritiesFirst() throws Exception {
        var hosts = knowing(0, record(20, 1, 2), record(10, 1, 1)).locate(Optional.empty(), "b.test", false);
        assertThat(ports(hosts)).containsExactly(1, 2);
        assertThat(asked).containsExactly("_imps-server._tcp.b.test.");
    }

    @Test
    void drawsAmongEqualPrioritiesByWeight() throws Exception {
        int heavyFirst = 0;
        Set<Integer> firsts = new HashSet<>();
        for (int seed = 0; seed < 400; seed++) {
            var hosts = knowing(seed, record(1, 90, 1), record(1, 10, 2)).locate(Optional.empty(), "b.test", false);
            assertThat(ports(hosts)).containsExactlyInAnyOrder(1, 2);
            firsts.add(ports(hosts).getFirst());
            heavyFirst += ports(hosts).getFirst() == 1 ? 1 : 0;
        }
        assertThat(firsts).containsExactlyInAnyOrder(1, 2);
        assertThat(heavyFirst).isBetween(320, 390);
    }

    @Test
    void findsNothingWithoutAServiceRecord_noFallbackToAnAddress() {
        assertThatThrownBy(() -> knowing(0).locate(Optional.empty(), "b.test", false))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("_imps-server._tcp");
    }
}
