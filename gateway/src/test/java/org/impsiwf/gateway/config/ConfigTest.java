package org.impsiwf.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.impsiwf.gateway.runtime.SspAssembly;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.ssp.primitives.ServiceId;
import org.impsiwf.ssp.server.PeerSettings;
import org.impsiwf.ssp.transaction.UnknownTransactions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

    private static final Path ROOT = Path.of(System.getProperty("iwf.root"));

    @TempDir
    private Path directory;

    private GatewayConfig read(String text) throws ConfigException {
        return Config.parse(GatewayConfig.class, "iwf.yaml", text, directory);
    }

    private List<String> problems(String text) {
        ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> read(text));
        assertThat(thrown).as("mistakes in: " + text).isNotNull();
        return thrown.getMessage().lines().toList();
    }

    private static final String PEER = """
            ssp:
              peers:
                - service-id: wv:@imps.example.com
                  url: http://127.0.0.1:8081/
                  our-password: ""
                  peer-password: b-secret
            """;

    @Test
    void everythingHasADefaultThatWorks() {
        GatewayConfig config = Config.gatewayDefaults();

        assertThat(config.serviceId()).isEqualTo(new ServiceId("wv:@iwf.example.com"));
        assertThat(config.sip().listen())
                .map(Object::toString)
                .containsExactly("udp:127.0.0.1:5060", "tcp:127.0.0.1:5060");
        assertThat(config.msrp().listen()).hasToString("127.0.0.1:2855");
        assertThat(config.ssp().listen()).hasToString("127.0.0.1:8080");
        assertThat(config.admin().listen()).hasToString("127.0.0.1:9090");
        assertThat(config.cluster().mode()).isEqualTo(ClusterConfig.Mode.LOCAL);
        assertThat(config.storage().url()).isEqualTo("embedded");
        assertThat(config.ssp().peers()).isEmpty();
        assertThat(Config.domainDefaults().ssp().listen()).hasToString("127.0.0.1:8081");
    }

    @Test
    void exampleOfTheDocumentationIsValidAndSaysWhatItSays() throws Exception {
        GatewayConfig config = Config.gateway(ROOT.resolve("docs/iwf.example.yaml"));

        assertThat(config.sip().nextHop()).contains(new SipUri("sip:127.0.0.1:5070;transport=tcp"));
        assertThat(config.sip().trusted()).containsExactly(new Cidr("127.0.0.1", 32));
        assertThat(config.sip().users()).singleElement().satisfies(user -> {
            assertThat(user.id()).hasToString("alice@ims.example.com");
            assertThat(user.password()).contains(new Secret("a-password"));
            assertThat(user.name()).contains("Alice");
        });
        assertThat(config.ssp().peers()).singleElement().satisfies(peer -> {
            assertThat(peer.serviceId()).isEqualTo(new ServiceId("wv:@imps.example.com"));
            assertThat(peer.digest()).isEqualTo(PeerConfig.Digest.SHA);
            assertThat(peer.dialect()).isEqualTo(PeerConfig.Dialect.OMA);
            assertThat(peer.connect()).isTrue();
        });
        DomainConfig domain = Config.domain(ROOT.resolve("docs/domain.example.yaml"));
        assertThat(domain.users()).hasSize(2);
        assertThat(domain.users().getFirst().delay()).isEqualTo(Duration.ofMillis(100));
    }

    /** Who starts both, as the README says, has a bridge. */
    @Test
    void theTwoExamplesAreEachOthersPeers() throws Exception {
        GatewayConfig gateway = Config.gateway(ROOT.resolve("docs/iwf.example.yaml"));
        DomainConfig domain = Config.domain(ROOT.resolve("docs/domain.example.yaml"));
        PeerConfig theirs = gateway.ssp().peers().getFirst();
        PeerConfig ours = domain.ssp().peers().getFirst();

        assertThat(theirs.serviceId()).isEqualTo(domain.serviceId());
        assertThat(ours.serviceId()).isEqualTo(gateway.serviceId());
        assertThat(theirs.url().orElseThrow().getPort())
                .isEqualTo(domain.ssp().listen().port());
        assertThat(ours.url().orElseThrow().getPort())
                .isEqualTo(gateway.ssp().listen().port());
        assertThat(theirs.ourPassword()).isEqualTo(ours.peerPassword());
        assertThat(theirs.peerPassword()).isEqualTo(ours.ourPassword());
        assertThat(ours.domains()).containsAll(gateway.sip().domains());
    }

    @Test
    void emptyPasswordIsValid() throws ConfigException {
        assertThat(read(PEER).ssp().peers().getFirst().ourPassword()).isEqualTo(new Secret(""));
    }

    /** SSP 7.2: what two operators settle before their servers meet. */
    @Test
    @Tag("SSP-097")
    @Tag("SSP-118")
    @Tag("SSP-124")
    @Tag("SSP-132")
    @Tag("SSP-173")
    void whatIsSettledWithAPeerHoldsForItsSessions() throws ConfigException {
        GatewayConfig config = read(PEER
                + "  time-to-live: 90s\n"
                + "  latency: 250ms\n"
                + "  processing: 2s\n"
                + "  offset: 750ms\n"
                + "  repeats: 1\n"
                + "  unknown-transactions: 7\n"
                + "  unknown-transactions-period: 30s\n"
                + "  routes: { other.example.net: wv:@imps.example.com }\n");
        PeerSettings peer = SspAssembly.peers(config.ssp()).getFirst();

        assertThat(peer.serviceId()).isEqualTo(new ServiceId("wv:@imps.example.com"));
        assertThat(peer.url()).contains(URI.create("http://127.0.0.1:8081/"));
        assertThat(peer.ourPassword()).isEmpty();
        assertThat(peer.peerPassword()).isEqualTo("b-secret");
        assertThat(peer.speaksFor()).containsExactly("other.example.net");
        assertThat(peer.session().lifetime()).contains(Duration.ofSeconds(90));
        assertThat(peer.session().keepAlive()).isPositive().isLessThan(Duration.ofSeconds(30));
        assertThat(peer.timing().validity()).isEqualTo(Duration.ofSeconds(3));
        assertThat(peer.timing().repeats()).isEqualTo(1);
        assertThat(peer.unknownTransactions()).isEqualTo(new UnknownTransactions.Frequency(7, Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "time-to-live: 1s,ssp.time-to-live: is less than",
        "time-to-live: 30d,ssp.time-to-live: is more than",
        "unknown-transactions: 1000000,ssp.unknown-transactions: is more than",
        "unknown-transactions-period: 0s,ssp.unknown-transactions-period: is less than",
        "repeats: 11,ssp.repeats: is more than"
    })
    @Tag("SSP-133")
    @Tag("SSP-173")
    void whatNoOperatorCanMeanIsRefusedAtTheStart(String key, String problem) {
        assertThat(problems("ssp: { " + key + " }")).anyMatch(line -> line.contains(problem));
    }

    @Test
    void routesLeadToPeers() throws ConfigException {
        assertThat(read(PEER + "  routes: { other.example.net: wv:@imps.example.com }\n")
                        .ssp()
                        .routes())
                .isEqualTo(Map.of("other.example.net", new ServiceId("wv:@imps.example.com")));
    }

    @Test
    void everyMistakeIsReportedWithItsLineAndASuggestion() {
        assertThat(problems("""
                        service-id: imps@iwf.example.com
                        sip:
                          lisen: [ "udp:127.0.0.1:5060" ]
                          max-adhoc-group-size: many
                          trusted: [ 10.0.0.0/33 ]
                          users:
                            - { id: alice@ims.exampl.com, password: x }
                        ssp:
                          peers:
                            - service-id: wv:@imps.example.com
                              url: ftp://127.0.0.1/
                              peer-password: y
                              digest: SHA1
                              dialect: oma-1.2
                          routes:
                            other.example.net: wv:@nobody.example.com
                        admin:
                          listen: "127.0.0.1:70000"
                        max-message-size: 1MB
                        """))
                .containsExactly(
                        "iwf.yaml:1: service-id: \"imps@iwf.example.com\" is not a Service-ID: it starts with wv:@;"
                                + " did you mean wv:@iwf.example.com?",
                        "iwf.yaml:3: sip: unknown key \"lisen\"; did you mean \"listen\"?",
                        "iwf.yaml:4: sip.max-adhoc-group-size: \"many\" is not a whole number",
                        "iwf.yaml:5: sip.trusted[0]: \"10.0.0.0/33\": the part after the slash is 0 to 32",
                        "iwf.yaml:7: sip.users[0].id: alice@ims.exampl.com is of none of sip.domains;"
                                + " did you mean ims.example.com?",
                        "iwf.yaml:10: ssp.peers[0].our-password: is missing; write \"\" for an empty one",
                        "iwf.yaml:11: ssp.peers[0].url: \"ftp://127.0.0.1/\" is not a URL such as http://127.0.0.1:8081/",
                        "iwf.yaml:13: ssp.peers[0].digest: \"SHA1\" is not one of SHA, MD5; did you mean SHA?",
                        "iwf.yaml:14: ssp.peers[0].dialect: \"oma-1.2\" is not one of oma-1.3, baraza; did you mean oma-1.3?",
                        "iwf.yaml:18: admin.listen: \"127.0.0.1:70000\": a port is 0 to 65535 (0 takes any free one)",
                        "iwf.yaml:19: unknown key \"max-message-size\"; it belongs to \"sip\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sip: { listen: udp:127.0.0.1:5060 }|sip.listen: a list is expected, such as [ one, two ]",
                "sip: { listen: [ 'udp:localhost:5060' ] }|sip.listen[0]: a literal address is expected, not a name; write 127.0.0.1 for localhost",
                "sip: { listen: [ 'sctp:127.0.0.1:5060' ] }|sip.listen[0]: \"sctp:127.0.0.1:5060\" does not start with udp:, tcp: or tls:; write for example udp:127.0.0.1:5060",
                "sip: { listen: [ 'udp:127.0.0.1' ] }|sip.listen[0]: \"127.0.0.1\" has no port; write ADDRESS:PORT such as 127.0.0.1:8080",
                "sip: { listen: [ 'tls:127.0.0.1:5061' ] }|sip.listen[0]: needs sip.tls with a certificate and a key",
                "sip: { listen: [] }|sip.listen: names nothing to listen on",
                "sip: { listen: [ 'tcp:127.0.0.1:9090' ] }|admin.listen: tcp 127.0.0.1:9090 is taken by sip.listen[0] already",
                "sip: { max-adhoc-group-size: 1 }|sip.max-adhoc-group-size: is less than 2",
                "sip: { next-hop: 'http://x/' }|sip.next-hop: \"http://x/\" is not a SIP URI such as sip:192.0.2.1:5060;transport=tcp",
                "sip: { advertise: 'sip:iwf.example.com' }|sip.advertise: sip:iwf.example.com is not host or host:port",
                "sip: { users: [ { id: alice@ims.example.com } ] }|sip.users[0]: alice@ims.example.com needs a password or a ha1, one of them",
                "sip: { users: [ { id: alice@ims.example.com, ha1: 12 } ] }|sip.users[0].ha1: is not 32 hexadecimal digits",
                "sip: { users: [ { id: alice }, { id: carol@ims.example.com } ] }|sip.users[1]: carol@ims.example.com needs a password or a ha1, one of them",
                "sip: { users: [ { id: alice }, { id: b@ims.example.com, password: x }, { id: b@ims.example.com, password: x } ] }|sip.users[2]: b@ims.example.com is there already as sip.users[1]",
                "sip: { listen: [ 'sctp:127.0.0.1:1', 'tcp:127.0.0.1:9090' ] }|admin.listen: tcp 127.0.0.1:9090 is taken by sip.listen[1] already",
                "sip: { tls: { certificate: no.pem, key: no.key } }|sip.tls.key: there is no readable file",
                "sip: { min-expires: 30m, max-expires: 10m }|sip.min-expires: is more than sip.max-expires",
                "sip: 7|sip: a section of keys is expected",
                "sip: { domains: [ '-' ] }|sip.domains[0]: \"-\" is not a domain such as ims.example.com",
                "ssp: { peers: [ 7 ] }|ssp.peers[0]: a section of keys is expected",
                "ssp: { peers: [ { service-id: 'wv:@a', url: 'http://u:p@h/', our-password: '', peer-password: '' } ] }|a URL must not carry a user or a password",
                "ssp: { repeats: 5 }|ssp.repeats: validity time times repeats is 48 s; it must end before the 32 s after which a SIP client gives up",
                "ssp: { routes: { x.example.com: 'wv:@gone' } }|ssp.routes.x.example.com: no peer has the Service-ID wv:@gone",
                "conversation: { mode: pagr }|\"pagr\" is not one of pager, session, auto; did you mean pager?",
                "conversation: { idle-timeout: 10 }|\"10\" is not a duration such as 500ms, 30s, 10m, 1h or 2d",
                "conversation: { imdn: yes }|\"yes\" is not true or false",
                "cluster: { mode: hazelcast }|cluster.mode: hazelcast needs cluster.members, or another cluster.discovery",
                "cluster: { mode: hazelcast }|cluster.mode: hazelcast needs cluster.listen",
                "cluster: { mode: hazelcast }|cluster.mode: hazelcast needs a storage.url that all nodes share",
                "cluster: { mode: hazelcast, discovery: dns }|cluster.discovery: dns needs cluster.dns-name",
                "cluster: { mode: hazelcast, discovery: kubernetes }|cluster.discovery: kubernetes needs cluster.kubernetes-service",
                "cluster: { mode: hazelcast, discovery: file }|cluster.discovery: file needs cluster.hazelcast-file",
                "cluster: { mode: hazelcast, members: [ '10.0.0.1:5701' ], listen: '10.0.0.2:5701' }|cluster.members: do not contain cluster.listen, 10.0.0.2:5701",
                "cluster: { mode: hazelcast, members: [ '10.0.0.1:5701' ], minimum-members: 2 }|cluster.minimum-members: is more than there are members",
                "storage: { url: 'jdbc:mysql://u:secret@h/' }|storage.url: is none of embedded, memory and a jdbc:postgresql: URL",
                "users: [ { id: 'wv:bob@imps.example.com' } ]|users[0].id: wv:bob@imps.example.com is not of our domain, iwf.example.com",
                "'sip:\t{}\n\tx: y'|no YAML",
                "sip: &a [ *a ]|sip: a section of keys is expected",
                "? [ a ] : b|a key is expected to be a word",
                "drain-timeout:|drain-timeout: has no value",
                "[ 1 ]|a section of keys is expected"
            })
    void says(String text, String problem) {
        assertThat(problems(text)).anyMatch(line -> line.contains(problem)).noneMatch(line -> line.contains("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "east.example, imps.example.com, user-session, true",
        "east.example, imps.example.com, im, false",
        "imps.example.com, east.example, user-session, false",
        "south.example, imps.example.com, user-session, false"
    })
    void aDomainHasUsersOfAnotherWhoseLogInItSeesTo(String of, String provider, String service, boolean mayBe)
            throws Exception {
        Path file = Files.writeString(directory.resolve("domain.yaml"), """
                agreements: [ { domain: %s, provider: %s, services: [ %s ] } ]
                users: [ { id: 'wv:ann@east.example', password: secret } ]
                """.formatted(of, provider, service));

        Throwable thrown = catchThrowable(() -> Config.domain(file));

        if (mayBe) {
            assertThat(thrown).isNull();
        } else {
            assertThat(thrown)
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("users[0].id: wv:ann@east.example is neither of our domain");
        }
    }

    @Test
    void keyGivenTwiceNamesBothLines() {
        assertThat(problems("admin: { listen: \"127.0.0.1:1\" }\nmsrp: {}\nadmin: {}\n"))
                .containsExactly("iwf.yaml:3: \"admin\" is given twice, first in line 1");
    }

    @Test
    void samePeerTwiceIsReported() {
        assertThat(problems(PEER + PEER.substring(PEER.indexOf("    -"))))
                .containsExactly("iwf.yaml:7: ssp.peers[1]: wv:@imps.example.com is there already as ssp.peers[0]");
    }

    @Test
    void peerThatIsOurselvesIsReported() {
        assertThat(problems(PEER.replace("imps.example", "iwf.example")))
                .containsExactly("iwf.yaml:3: ssp.peers[0].service-id: is our own service-id");
    }

    @Test
    void aliasesDoNotGrowWithoutBound() {
        var bomb = new StringBuilder("a0: &a0 [ x, x, x, x, x, x, x, x, x, x ]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append(" ]\n");
        }
        bomb.append("sip: { trusted: *a11 }\n");

        assertThat(problems(bomb.toString())).isNotEmpty().hasSizeLessThan(50);
    }

    @Test
    void deepNestingIsRefused() {
        assertThat(problems("[".repeat(5000))).singleElement().asString().contains("no YAML");
    }

    @Test
    void fileThatIsNoneIsReportedInOneLine() throws Exception {
        Path latin = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', (byte) 0xe4});

        assertThat(catchThrowableOfType(ConfigException.class, () -> Config.gateway(directory.resolve("none.yaml"))))
                .hasMessageEndingWith("none.yaml:1: does not exist");
        assertThat(catchThrowableOfType(ConfigException.class, () -> Config.gateway(directory)))
                .hasMessageEndingWith(":1: is a directory");
        assertThat(catchThrowableOfType(ConfigException.class, () -> Config.gateway(latin)))
                .hasMessageEndingWith("latin.yaml:1: is not UTF-8 text");
    }

    @Test
    void noSecretIsInWhatAConfigurationPrints() throws ConfigException {
        assertThat(read(PEER + "sip: { users: [ { id: a@ims.example.com, password: hidden } ] }\n")
                        .toString())
                .doesNotContain("b-secret")
                .doesNotContain("hidden")
                .contains("***");
    }
}
