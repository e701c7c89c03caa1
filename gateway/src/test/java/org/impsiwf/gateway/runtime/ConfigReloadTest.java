package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.impsiwf.gateway.admin.Reload.Outcome;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import org.impsiwf.gateway.config.PeerConfig;
import org.impsiwf.gateway.config.SspConfig;
import org.impsiwf.ssp.primitives.ServiceId;
import org.junit.jupiter.api.Test;

/** What a running gateway takes over from a configuration that has changed. */
class ConfigReloadTest {

    private static final String BEFORE = """
            ssp:
              peers:
                - { service-id: "wv:@one.example", url: "http://127.0.0.1:1/", our-password: a, peer-password: b }
                - { service-id: "wv:@two.example", url: "http://127.0.0.1:2/", our-password: a, peer-password: b }
            """;

    private final List<String> told = new ArrayList<>();
    private final ConfigReload.Peers peers = new ConfigReload.Peers() {
        @Override
        public void add(PeerConfig peer, SspConfig all) {
            told.add("add " + peer.serviceId());
        }

        @Override
        public void replace(PeerConfig peer, SspConfig all) {
            told.add("replace " + peer.serviceId());
        }

        @Override
        public void remove(ServiceId peer) {
            told.add("remove " + peer);
        }
    };
    private PeerDomains domains;

    private Outcome reload(String next) throws ConfigException {
        var before = Config.gatewayOf(BEFORE);
        domains = new PeerDomains(before.ssp());
        domains.up(new ServiceId("wv:@one.example"), List.of(), Optional.empty());
        domains.up(new ServiceId("wv:@two.example"), List.of(), Optional.empty());
        return new ConfigReload(before, () -> Config.gatewayOf(next), peers, domains).reload();
    }

    private boolean isUp(String domain) {
        return domains.serving(domain).orElseThrow().up();
    }

    @Test
    void nothingHappensWhenNothingHasChanged() throws ConfigException {
        assertThat(reload(BEFORE)).isEqualTo(new Outcome.Done(List.of(), List.of()));
        assertThat(told).isEmpty();
        assertThat(isUp("one.example")).isTrue();
    }

    @Test
    void aPeerIsAddedOneIsRemovedAndTheOtherDoesNotNotice() throws ConfigException {
        Outcome outcome = reload(BEFORE.replace("two.example", "three.example"));
        assertThat(outcome)
                .isEqualTo(new Outcome.Done(
                        List.of("peer wv:@two.example removed", "peer wv:@three.example added"), List.of()));
        assertThat(told).containsExactly("remove wv:@two.example", "add wv:@three.example");
        assertThat(isUp("one.example")).isTrue();
        assertThat(isUp("three.example")).isFalse();
        assertThat(domains.serving("two.example")).isEmpty();
    }

    @Test
    void aPeerWithAnotherAddressOrSecretStartsAnew() throws ConfigException {
        reload(BEFORE.replace("http://127.0.0.1:2/", "http://127.0.0.1:22/"));
        assertThat(told).containsExactly("replace wv:@two.example");
        assertThat(isUp("two.example")).isFalse();
    }

    @Test
    void aRouteThroughAPeerIsAChangeOfThatPeer() throws ConfigException {
        reload(BEFORE + "  routes: { far.example: \"wv:@one.example\" }\n");
        assertThat(told).containsExactly("replace wv:@one.example");
        assertThat(domains.serving("far.example").orElseThrow().id()).isEqualTo(new ServiceId("wv:@one.example"));
    }

    @Test
    void whatNeedsARestartIsNamedAndLeft() throws ConfigException {
        Outcome outcome = reload(BEFORE + "  max-queue: 7\nservice-id: wv:@other.example\n");
        assertThat(outcome).isEqualTo(new Outcome.Done(List.of(), List.of("service-id", "ssp.max-queue")));
        assertThat(told).isEmpty();
    }

    @Test
    void aFileWithMistakesChangesNothing() throws ConfigException {
        Outcome outcome = reload(BEFORE + "sipp: {}\n");
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.problems())
                                .singleElement()
                                .asString()
                                .contains("unknown key \"sipp\""));
        assertThat(told).isEmpty();
        assertThat(isUp("two.example")).isTrue();
    }
}
