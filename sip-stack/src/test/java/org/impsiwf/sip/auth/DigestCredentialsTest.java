package org.impsiwf.sip.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.impsiwf.sip.header.HeaderException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigestCredentialsTest {

    private static final byte[] NO_BODY = new byte[0];

    private static String response(String header, String password) throws HeaderException {
        var credentials = DigestCredentials.parse(header).orElseThrow();
        String ha1 = credentials.algorithm().hex(credentials.username() + ":" + credentials.realm() + ":" + password);
        return credentials.expectedResponse(ha1, "GET", NO_BODY);
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, 8ca523f5e9506fed4657c9700eebdbec",
        "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
    })
    @DisplayName("RFC 7616 §3.9.1: the digests of the example")
    void computesTheExampleOfRfc7616(String algorithm, String response) throws Exception {
        assertThat(response(
                        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\","
                                + " algorithm=" + algorithm
                                + ", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001,"
                                + " cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, response=\"\"",
                        "Circle of Life"))
                .isEqualTo(response);
    }

    @Test
    @DisplayName("RFC 2617 §3.5: the digest of the example")
    void computesTheExampleOfRfc2617() throws Exception {
        assertThat(response(
                        "Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", qop=auth,"
                                + " nc=00000001, cnonce=\"0a4f113b\", response=\"\","
                                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
                        "Circle Of Life"))
                .isEqualTo("6629fae49393a05397450978507c4ef1");
    }

    @Test
    @DisplayName("RFC 2069 errata 749: the digest without qop")
    void computesTheLegacyFormWithoutQop() throws Exception {
        assertThat(response(
                        "Digest username=\"Mufasa\", realm=\"testrealm@host.com\","
                                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", response=\"\"",
                        "CircleOfLife"))
                .isEqualTo("1949323746fe6a43ef61f9606e7febea");
    }

    @ParameterizedTest
    @CsvSource({"MD5-sess, MD5", "SHA-256-sess, SHA_256"})
    @DisplayName("RFC 7616 §3.4.2, §3.4.3: session key and body enter the digest")
    void computesSessionVariantsWithIntegrity(String token, DigestAlgorithm plain) throws Exception {
        var credentials = DigestCredentials.parse(
                        "digest username=u,realm=r,nonce=n,uri=\"sip:d\",response=x,qop=auth-int,nc=0000000a,cnonce=c,algorithm="
                                + token)
                .orElseThrow();
        byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
        String key = plain.hex("H:n:c");
        String expected = plain.hex(key + ":n:0000000a:c:auth-int:" + plain.hex("MESSAGE:sip:d:" + plain.hex("hello")));
        assertThat(credentials.expectedResponse("H", "MESSAGE", body)).isEqualTo(expected);
        assertThat(credentials.nonceCount()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Digest",
                "Digest username=u",
                "Digest username=\"u",
                "Digest username=u,realm=r,nonce=n,uri=x,response=y,qop=auth",
                "Digest username=u,realm=r,nonce=n,uri=x,response=y,qop=auth,nc=1,cnonce=c",
                "Digest username=u,realm=r,nonce=n,uri=x,response=y,qop=auth,nc=zzzzzzzz,cnonce=c",
                "Digest username=u,username=v,realm=r,nonce=n,uri=x,response=y"
            })
    @DisplayName("RFC 7616 §3.4: credentials that break the grammar are refused")
    void refusesMalformedCredentials(String header) {
        assertThatThrownBy(() -> DigestCredentials.parse(header + (header.equals("Digest") ? " x=" : "")))
                .isInstanceOf(HeaderException.class);
    }

    @Test
    void otherSchemesAndUnknownAlgorithmsProveNothing() throws Exception {
        assertThat(DigestCredentials.parse("Basic dTpw")).isEmpty();
        assertThat(DigestCredentials.parse("Digest username=u,realm=r,nonce=n,uri=x,response=y,algorithm=AKAv1-MD5"))
                .isEmpty();
    }
}
