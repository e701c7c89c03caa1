package org.impsiwf.sip.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.impsiwf.sip.resolve.DnsLookup.DnsException;
import org.impsiwf.sip.resolve.DnsLookup.Naptr;
import org.impsiwf.sip.resolve.DnsLookup.Srv;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Against a name server of our own on loopback. */
class DnsJavaLookupTest {

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final AtomicInteger questions = new AtomicInteger();
    private DatagramSocket server;
    private DnsJavaLookup lookup;

    @BeforeEach
    void startServer() throws Exception {
        server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(this::serve);
        var resolver = new SimpleResolver((InetSocketAddress) server.getLocalSocketAddress());
        lookup = new DnsJavaLookup(resolver);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                var packet = new DatagramPacket(new byte[4096], 4096);
                server.receive(packet);
                var query = new Message(Arrays.copyOf(packet.getData(), packet.getLength()));
                questions.incrementAndGet();
                if (query.getQuestion().getName().equals(name("silent.example."))) {
                    continue;
                }
                byte[] answer = answer(query).toWire();
                server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (SocketException e) {
                assertThat(server.isClosed()).isTrue();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Message answer(Message query) throws IOException {
        var answer = new Message(query.getHeader().getID());
        Record question = query.getQuestion();
        answer.getHeader().setFlag(Flags.QR);
        answer.addRecord(question, Section.QUESTION);
        Name name = question.getName();
        if (name.equals(name("failing.example."))) {
            answer.getHeader().setRcode(Rcode.SERVFAIL);
        } else if (name.equals(name("nowhere.example."))) {
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
        } else {
            for (Record held : held(name, question.getType())) {
                answer.addRecord(held, Section.ANSWER);
            }
        }
        return answer;
    }

    private static List<Record> held(Name name, int type) throws IOException {
        Name target = name("a.example.");
        return switch (type) {
            case Type.A -> List.of(new ARecord(name, DClass.IN, 60, InetAddress.ofLiteral("192.0.2.1")));
            case Type.AAAA -> List.of(new AAAARecord(name, DClass.IN, 60, InetAddress.ofLiteral("2001:db8::1")));
            case Type.SRV -> List.of(new SRVRecord(name, DClass.IN, 60, 1, 2, 5070, target));
            case Type.NAPTR ->
                List.of(
                        new NAPTRRecord(name, DClass.IN, 60, 1, 2, "s", "SIP+D2T", "", target),
                        new NAPTRRecord(name, DClass.IN, 60, 1, 2, "u", "E2U+sip", "!^.*$!sip:x@y!", Name.root));
            default -> List.of();
        };
    }

    private static Name name(String text) {
        return Name.fromConstantString(text);
    }

    @Test
    void readsEveryKindOfRecord() throws Exception {
        assertThat(lookup.addresses("x.example", false, WITHIN)).containsExactly(InetAddress.ofLiteral("192.0.2.1"));
        assertThat(lookup.addresses("x.example", true, WITHIN)).containsExactly(InetAddress.ofLiteral("2001:db8::1"));
        assertThat(lookup.srv("_sip._tcp.x.example", WITHIN)).containsExactly(new Srv(1, 2, 5070, "a.example"));
        assertThat(lookup.naptr("x.example", WITHIN)).containsExactly(new Naptr(1, 2, "SIP+D2T", "a.example"));
    }

    @Test
    void asksTheNameServerOnceWithinTheTimeToLive() throws Exception {
        lookup.srv("_sip._udp.x.example", WITHIN);
        lookup.srv("_sip._udp.x.example", WITHIN);
        assertThat(questions).hasValue(1);
    }

    @Test
    void anUnknownNameHasNoRecords() throws Exception {
        assertThat(lookup.addresses("nowhere.example", false, WITHIN)).isEmpty();
        assertThat(lookup.srv("bad..name", WITHIN)).isEmpty();
    }

    @Test
    void tellsAFailureFromAnEmptyAnswer() {
        assertThatThrownBy(() -> lookup.srv("failing.example", WITHIN)).isInstanceOf(DnsException.class);
    }

    @Test
    void waitsNoLongerThanAllowed() {
        assertThatThrownBy(() -> lookup.srv("silent.example", Duration.ofMillis(50)))
                .isInstanceOf(DnsException.class)
                .hasMessageContaining("in time");
    }
}
