package org.impsiwf.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.mapping.event.Policy;
import org.impsiwf.mapping.event.Policy.Conferences.Replacing;
import org.impsiwf.ssp.primitives.ServiceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an operator writes is what the mapping decides by. */
class InterworkingPolicyTest {

    private static Policy.Conferences conferences(String groups) throws Exception {
        return InterworkingPolicy.of(Config.gatewayOf("""
                        service-id: wv:@iwf.example.com
                        sip: { domains: [ ims.example.com ] }
                        ssp:
                          peers:
                            - { service-id: "wv:@imps.example.com", url: "http://127.0.0.1:1/", our-password: a, peer-password: b }
                        groups: { %s }
                        """.formatted(groups))).conferences();
    }

    @ParameterizedTest
    @CsvSource({"by-client, BY_CLIENT", "replaces, REPLACES", "session-replaces, SESSION_REPLACES"})
    void anInvitationNamesTheTalkThatItReplacesAsTheOperatorSays(String written, Replacing meant) throws Exception {
        assertThat(conferences("replacing: " + written).replacing()).isEqualTo(meant);
    }

    @Test
    void withoutAWordTheClientDecides() throws Exception {
        assertThat(conferences("").replacing()).isEqualTo(Replacing.BY_CLIENT);
    }

    @Test
    void conferencesAreHostedAndSupervisedAsTheOperatorSays() throws Exception {
        Policy.Conferences conferences =
                conferences("hosted-by: \"wv:@imps.example.com\", extension-timeout: 30s, roster-for-all: true");
        assertThat(conferences.hostedBy()).contains(new ServiceId("wv:@imps.example.com"));
        assertThat(conferences.extensionWait()).isEqualTo(Duration.ofSeconds(30));
        assertThat(conferences.rosterForAll()).isTrue();
    }
}
