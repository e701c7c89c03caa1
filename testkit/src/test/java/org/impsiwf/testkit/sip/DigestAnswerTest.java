package org.impsiwf.testkit.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DigestAnswerTest {

    /** RFC 2069 §2.4 as corrected by its erratum: no qop, so the answer is fixed. */
    @Test
    void answersAChallengeWithoutQopAsTheRfcExampleDoes() {
        String answer = DigestAnswer.to(
                List.of(
                        "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""),
                "MD5",
                "Mufasa",
                "CircleOfLife",
                "GET",
                "/dir/index.html");
        assertThat(answer)
                .contains("response=\"1949323746fe6a43ef61f9606e7febea\"")
                .contains("opaque=\"5ccc069c");
    }

    @Test
    void picksTheChallengeOfItsAlgorithm() {
        List<String> challenges = List.of(
                "Digest realm=\"r\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"",
                "Digest realm=\"r\", nonce=\"n2\", algorithm=MD5, qop=\"auth\"");
        assertThat(DigestAnswer.to(challenges, "MD5", "u", "p", "REGISTER", "sip:x"))
                .contains("nonce=\"n2\"");
        assertThat(DigestAnswer.parameters(DigestAnswer.to(challenges, "SHA-256", "u", "p", "REGISTER", "sip:x"))
                        .get("response"))
                .hasSize(64);
    }
}
