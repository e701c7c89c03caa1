package org.impsiwf.sip.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.impsiwf.sip.resolve.Transport.TCP;
import static org.impsiwf.sip.resolve.Transport.UDP;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.resolve.DnsLookup.Srv;
import org.impsiwf.store.time.VirtualTime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopResolverTest {

    private static final HopPolicy POLICY = HopPolicy.of(EnumSet.allOf(Transport.class));

    private final VirtualTime time = new VirtualTime();
    private final FakeDns dns = new FakeDns();
    private final HopResolver resolver = new HopResolver(dns, POLICY, time, new Random(1));

    private List<String> hops(String uri) {
        return resolver.resolve(new SipUri(uri)).stream()
                .map(hop -> hop.transport() + " " + hop.host() + " " + hop.port())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:ann@192.0.2.1, UDP 192.0.2.1 5060",
        "sip:ann@192.0.2.1:5080, UDP 192.0.2.1 5080",
        "sip:192.0.2.1;transport=tcp, TCP 192.0.2.1 5060",
        "sip:ann@[2001:db8::1]:5070;transport=TLS, TLS 2001:db8:0:0:0:0:0:1 5070",
        "sips:ann@192.0.2.1, TLS 192.0.2.1 5061",
        "sips:ann@192.0.2.1;transport=tcp, TLS 192.0.2.1 5061",
        "sip:ann@example.com;maddr=192.0.2.7, UDP 192.0.2.7 5060"
    })
    @DisplayName(
            "RFC 3263 §4.1, §4.2: a literal address needs no DNS; the URI says the transport, else UDP, for sips TLS")
    void takesLiteralAddressesWithoutDns(String uri, String hop) {
        assertThat(hops(uri)).containsExactly(hop);
        assertThat(dns.asked).isEmpty();
    }

    @Test
    @DisplayName("RFC 3263 §4.1: NAPTR picks the transport by order and preference, SRV the places, all as fail-over")
    void followsNaptrAndSrv() {
        dns.naptr("example.com", 90, 50, "SIP+D2T", "_sip._tcp.example.com")
                .naptr("example.com", 100, 50, "SIP+D2U", "_sip._udp.example.com")
                .naptr("example.com", 50, 50, "SIPS+D2T", "_sips._tcp.example.com")
                .naptr("example.com", 1, 1, "H323CS+D2T", "h323.example.com")
                .srv("_sip._tcp.example.com", 2, 0, 5081, "b.example.com")
                .srv("_sip._tcp.example.com", 1, 0, 5080, "a.example.com")
                .srv("_sip._udp.example.com", 1, 0, 5060, "a.example.com")
                .srv("_sips._tcp.example.com", 1, 0, 5061, "a.example.com")
                .address("a.example.com", "192.0.2.1")
                .address("a.example.com", "2001:db8::1")
                .address("b.example.com", "192.0.2.2");
        assertThat(hops("sip:ann@example.com"))
                .containsExactly(
                        "TLS 192.0.2.1 5061",
                        "TLS 2001:db8:0:0:0:0:0:1 5061",
                        "TCP 192.0.2.1 5080",
                        "TCP 2001:db8:0:0:0:0:0:1 5080",
                        "TCP 192.0.2.2 5081",
                        "UDP 192.0.2.1 5060",
                        "UDP 2001:db8:0:0:0:0:0:1 5060");
    }

    @Test
    @DisplayName("RFC 3263 §4.1: a sips URI takes TLS only, whatever else DNS offers")
    void sipsTakesTlsOnly() {
        dns.naptr("example.com", 1, 1, "SIP+D2U", "_sip._udp.example.com")
                .naptr("example.com", 2, 1, "SIPS+D2T", "_sips._tcp.example.com")
                .srv("_sip._udp.example.com", 1, 0, 5060, "a.example.com")
                .srv("_sips._tcp.example.com", 1, 0, 5443, "a.example.com")
                .address("a.example.com", "192.0.2.1");
        assertThat(hops("sips:ann@example.com")).containsExactly("TLS 192.0.2.1 5443");
    }

    @Test
    @DisplayName("RFC 3263 §4.1: without NAPTR the SRV records of our transports")
    void fallsBackToSrvThenToAddresses() {
        dns.srv("_sip._udp.example.com", 1, 0, 5070, "a.example.com").address("a.example.com", "192.0.2.1");
        assertThat(hops("sip:ann@example.com")).containsExactly("UDP 192.0.2.1 5070");
        dns.address("plain.example", "192.0.2.9");
        assertThat(hops("sip:ann@plain.example")).containsExactly("UDP 192.0.2.9 5060");
        assertThat(hops("sips:ann@plain.example")).containsExactly("TLS 192.0.2.9 5061");
    }

    @Test
    @DisplayName("RFC 3263 §4.2: a port rules SRV out, a transport rules NAPTR out")
    void asksOnlyWhatTheUriLeavesOpen() {
        dns.address("example.com", "192.0.2.1");
        assertThat(hops("sip:ann@example.com:5099")).containsExactly("UDP 192.0.2.1 5099");
        assertThat(dns.asked).containsExactly("A example.com", "AAAA example.com");
        dns.asked.clear();
        assertThat(hops("sip:ann@example.com;transport=tcp")).containsExactly("TCP 192.0.2.1 5060");
        assertThat(dns.asked).containsExactly("SRV _sip._tcp.example.com", "A example.com", "AAAA example.com");
    }

    @Test
    void tlsIsCheckedAgainstTheDomainOfTheUri() {
        dns.srv("_sips._tcp.example.com", 1, 0, 5061, "host.provider.example")
                .address("host.provider.example", "192.0.2.1");
        assertThat(resolver.resolve(new SipUri("sips:ann@example.com")))
                .extracting(Hop::serverName)
                .containsExactly("example.com");
    }

    @Test
    @DisplayName("RFC 2782: a target of . says that the service is not there")
    void takesTheServicesWordThatItIsNotThere() {
        dns.srv("_sip._tcp.example.com", 0, 0, 0, "").address("example.com", "192.0.2.1");
        assertThat(hops("sip:ann@example.com;transport=tcp")).isEmpty();
    }

    @Test
    @DisplayName("RFC 2782: within one priority the weight decides how often a target comes first")
    void ordersByPriorityAndWeight() {
        var records = List.of(
                new Srv(2, 100, 1, "late"),
                new Srv(1, 10, 1, "light"),
                new Srv(1, 90, 1, "heavy"),
                new Srv(1, 0, 1, "none"));
        var random = new Random(42);
        Map<String, Integer> first = new HashMap<>();
        for (int run = 0; run < 10_000; run++) {
            var order = SrvOrder.of(records, random);
            assertThat(order).hasSize(4);
            assertThat(order.getLast().target()).isEqualTo("late");
            first.merge(order.getFirst().target(), 1, Integer::sum);
        }
        assertThat(first.get("heavy")).isBetween(8_500, 9_300);
        assertThat(first.get("light")).isBetween(700, 1_300);
        assertThat(first.getOrDefault("none", 0)).isBetween(1, 300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tel:+35812345",
                "mailto:ann@example.com",
                "sip:",
                "sip:ann@example.com;transport=sctp",
                "sips:a@192.0.2.1;transport=udp"
            })
    void findsNoWayForWhatWeDoNotSpeak(String uri) {
        assertThat(hops(uri)).isEmpty();
    }

    @Test
    void leavesOutTransportsThatTheStackDoesNotHave() {
        var udpOnly = new HopResolver(dns, HopPolicy.of(EnumSet.of(UDP)), time, new Random(1));
        dns.srv("_sip._tcp.example.com", 1, 0, 5060, "a.example.com")
                .srv("_sip._udp.example.com", 1, 0, 5060, "a.example.com")
                .address("a.example.com", "192.0.2.1");
        assertThat(udpOnly.resolve(new SipUri("sip:ann@example.com")))
                .extracting(Hop::transport)
                .containsExactly(UDP);
        assertThat(udpOnly.resolve(new SipUri("sip:ann@192.0.2.1;transport=tcp")))
                .isEmpty();
    }

    @Test
    void aFailingNameServerLeavesWhatItStillSays() {
        dns.broken("example.com").srv("_sip._tcp.example.com", 1, 0, 5060, "a.example.com");
        dns.address("a.example.com", "192.0.2.1");
        assertThat(hops("sip:ann@example.com")).containsExactly("TCP 192.0.2.1 5060");
    }

    @Test
    void asksNothingOnceItsTimeIsUsedUp() {
        dns.onQuestion(() -> time.advance(POLICY.budget()));
        assertThat(hops("sip:ann@example.com")).isEmpty();
        assertThat(dns.asked).containsExactly("NAPTR example.com");
    }

    @Test
    void takesNoMoreHopsThanAnyoneCouldTry() {
        IntStream.range(0, 200).forEach(i -> dns.address("example.com", "192.0.2." + i));
        assertThat(hops("sip:ann@example.com:5060")).hasSize(32);
    }

    private void twoHosts() {
        dns.address("example.com", "192.0.2.1").address("example.com", "192.0.2.2");
    }

    private Hop first() {
        return resolver.resolve(new SipUri("sip:ann@example.com:5060")).getFirst();
    }

    @Test
    @DisplayName(
            "RFC 3263 §4.3: a hop that failed goes to the end of the list, longer with each failure, until it answers")
    void avoidsWhatFailed() {
        twoHosts();
        Hop one = first();
        resolver.failed(one);
        assertThat(first()).isNotEqualTo(one);
        assertThat(resolver.resolve(new SipUri("sip:ann@example.com:5060"))).hasSize(2);
        time.advance(POLICY.firstPause());
        assertThat(first()).isEqualTo(one);
        resolver.failed(one);
        time.advance(POLICY.firstPause());
        assertThat(first()).isNotEqualTo(one);
        resolver.reached(one);
        assertThat(first()).isEqualTo(one);
    }

    @Test
    void neverAvoidsAHopLongerThanTheLongestPause() {
        twoHosts();
        Hop one = first();
        IntStream.range(0, 40).forEach(i -> resolver.failed(one));
        time.advance(POLICY.longestPause().minus(Duration.ofSeconds(1)));
        assertThat(first()).isNotEqualTo(one);
        time.advance(Duration.ofSeconds(1));
        assertThat(first()).isEqualTo(one);
    }

    @Test
    void remembersABoundedNumberOfFailures() {
        var health = new HopHealth(Duration.ofSeconds(5), Duration.ofMinutes(5));
        List<Hop> all = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            var hop = new Hop(TCP, "192.0.2.1", 1_000 + i, "h");
            all.add(hop);
            health.failed(hop, time.instant());
        }
        var order = health.order(all, time.instant());
        assertThat(order.getFirst()).isEqualTo(all.getFirst());
        assertThat(order.subList(1, order.size())).isEqualTo(all.subList(1, all.size()));
    }
}
