package org.impsiwf.msrp.cpim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3862. */
class CpimMessageTest {
    private static final String IMDN = "urn:ietf:params:imdn";
    private static final String MESSAGE = """
            From: "Winnie the \\u0050ooh" <im:pooh@100akerwood.com>
            To: Piglet <im:piglet@100akerwood.com>
            To: <im:eeyore@100akerwood.com>
            DateTime: 2000-12-13T13:40:00-08:00
            Subject: Honey \\\\ now
            Subject:;lang=fr Du miel
            NS: note <urn:ietf:params:imdn>
            note.Message-ID: 34jk324j
            note.Disposition-Notification: positive-delivery, display

            Content-Type: text/plain; charset=utf-8
            Content-ID: <1234567890@foo.com>

            Who has the honey?
            """;

    private static byte[] wire(String text) {
        return text.replace("\n", "\r\n").getBytes(UTF_8);
    }

    @Test
    void headersAndContentAreRead() throws MalformedCpim {
        CpimMessage message = CpimMessage.parse(wire(MESSAGE));
        assertThat(message.from()).contains(new CpimAddress("Winnie the Pooh", "im:pooh@100akerwood.com"));
        assertThat(message.to())
                .containsExactly(
                        new CpimAddress("Piglet", "im:piglet@100akerwood.com"),
                        new CpimAddress("", "im:eeyore@100akerwood.com"));
        assertThat(message.header("", "DateTime")).contains("2000-12-13T13:40:00-08:00");
        assertThat(message.header("", "Subject")).contains("Honey \\ now");
        assertThat(message.headers()).contains(new CpimHeader("", "Subject", ";lang=fr", "Du miel"));
        assertThat(message.contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(message.mimeHeader("content-id")).contains("<1234567890@foo.com>");
        assertThat(message.content()).asString(UTF_8).isEqualTo("Who has the honey?\r\n");
    }

    @Test
    void namespaceCountsNotItsPrefix_RFC3862_3_4() throws MalformedCpim {
        CpimMessage message = CpimMessage.parse(wire(MESSAGE));
        assertThat(message.header(IMDN, "Message-ID")).contains("34jk324j");
        assertThat(message.header("", "Message-ID")).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() throws MalformedCpim {
        CpimMessage message = CpimMessage.parse(wire(MESSAGE));
        assertThat(CpimMessage.parse(message.octets())).isEqualTo(message);
    }

    @Test
    void namespaceIsDeclaredBeforeItsFirstUse() {
        CpimMessage message = CpimMessage.of(
                        new CpimAddress("Al", "sip:alice@example.com"),
                        new CpimAddress("", "sip:bob@example.com"),
                        "text/plain",
                        "hi".getBytes(UTF_8))
                .with(new CpimHeader(IMDN, "Message-ID", "", "abc"));
        assertThat(message.octets()).asString(UTF_8).isEqualTo(new String(wire("""
                                        From: "Al" <sip:alice@example.com>
                                        To: <sip:bob@example.com>
                                        NS: imdn <urn:ietf:params:imdn>
                                        imdn.Message-ID: abc

                                        Content-Type: text/plain

                                        hi"""), UTF_8));
    }

    @Test
    void contentIsNeverAltered() throws MalformedCpim {
        byte[] content = new byte[10_000];
        new Random(3862).nextBytes(content);
        CpimMessage message = CpimMessage.of(
                new CpimAddress("", "im:a@b"), new CpimAddress("", "im:c@d"), "application/octet-stream", content);
        assertThat(CpimMessage.parse(message.octets()).content()).isEqualTo(content);
    }

    @Test
    void anyHeaderValueSurvivesItsEscapes_RFC3862_2_3() throws MalformedCpim {
        Random random = new Random(23);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder value = new StringBuilder("v");
            for (int i = random.nextInt(20); i > 0; i--) {
                value.append((char) (random.nextBoolean() ? random.nextInt(0x80) : 0xa1 + random.nextInt(0x2000)));
            }
            CpimHeader subject = CpimHeader.of("Subject", value.append("v").toString());
            CpimMessage message = new CpimMessage(
                    List.of(subject), List.of(new CpimMessage.MimeHeader("Content-Type", "a/b")), new byte[0]);
            assertThat(CpimMessage.parse(message.octets()).headers()).containsExactly(subject);
        }
    }

    @Test
    void linesMayEndWithLfAlone() throws MalformedCpim {
        assertThat(CpimMessage.parse(MESSAGE.getBytes(UTF_8)).header(IMDN, "Message-ID"))
                .contains("34jk324j");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n\n",
                "From: <im:a@b>\n",
                "From: <im:a@b>\n\n",
                "From: <im:a@b>\n\nContent-ID: <x>\n\nbody",
                "no colon\n\nContent-Type: text/plain\n\nbody",
                "undeclared.Name: x\n\nContent-Type: text/plain\n\nbody",
                "NS: broken\n\nContent-Type: text/plain\n\nbody",
                "Bad(Name: x\n\nContent-Type: text/plain\n\nbody",
                "From: <im:a@b>\n\n: x\n\nbody"
            })
    void theseAreMalformed(String text) {
        assertThatThrownBy(() -> CpimMessage.parse(wire(text))).isInstanceOf(MalformedCpim.class);
    }

    @Test
    void unreadableAddressIsLeftOutOfTheAddresses() throws MalformedCpim {
        CpimMessage message = CpimMessage.parse(wire("From: nobody\n\nContent-Type: text/plain\n\nx"));
        assertThat(message.from()).isEmpty();
        assertThatThrownBy(() -> new CpimAddress("x", "no uri")).isInstanceOf(IllegalArgumentException.class);
    }
}
