package org.impsiwf.mapping.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.impsiwf.msrp.cpim.CpimAddress;
import org.impsiwf.msrp.cpim.CpimMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("RFC 5438 §6.1: the IMDN prefix is the sender's choice")
    void findsImdnHeadersUnderAnyPrefix() throws ContentException {
        CpimMessage message = Cpim.open(bytes("""
                From: <im:bob@example.com>
                To: "Alice" <im:alice@example.com>
                NS: note <urn:ietf:params:imdn>
                note.Message-ID: 34jk324j
                note.Disposition-Notification: positive-delivery, Display

                Content-type: text/plain

                hello""".replace("\n", "\r\n")));
        assertThat(Cpim.imdn(message, "Message-ID")).contains("34jk324j");
        assertThat(Cpim.asksFor(message, "positive-delivery")).isTrue();
        assertThat(Cpim.asksFor(message, "display")).isTrue();
        assertThat(Cpim.asksFor(message, "negative-delivery")).isFalse();
        assertThat(message.to()).extracting(CpimAddress::uri).containsExactly("im:alice@example.com");
        assertThat(message.content()).isEqualTo(bytes("hello"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "From: a",
                "From a\r\n\r\n\r\n",
                "\r\n\r\nhello",
                "From: <a@b>\r\n\r\nContent-Type: x"
            })
    void refusesWhatIsNoCpim(String body) {
        assertThatThrownBy(() -> Cpim.open(bytes(body)))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    @DisplayName("RFC 3862 §4.7: an unknown required header fails the message")
    void refusesARequirementThatIsNotKnown() {
        assertThatThrownBy(() ->
                        Cpim.open(bytes("Require: MyFeatures.VitalOption\r\n\r\nContent-Type: text/plain\r\n\r\nhi")))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.status()).isEqualTo(415));
    }

    @Test
    void refusesAHeadWithoutEnd() {
        assertThatThrownBy(() -> Cpim.open(bytes("A: b\r\n".repeat(301) + "\r\n\r\n")))
                .isInstanceOf(ContentException.class);
        assertThatThrownBy(() -> Cpim.open(bytes("A: " + "b".repeat(20_000) + "\r\n\r\n\r\n")))
                .isInstanceOf(ContentException.class);
    }

    @ParameterizedTest
    @CsvSource({"delivered,200", "failed,410", "forbidden,403", "error,500"})
    @DisplayName("RFC 5438 §7.1.2: a delivery notification is a result")
    void readsADeliveryNotification(String status, int code) throws ContentException {
        Imdn imdn = Imdn.decode(bytes("""
                <?xml version="1.0" encoding="UTF-8"?>
                <imdn xmlns="urn:ietf:params:xml:ns:imdn">
                  <message-id>34jk324j</message-id>
                  <datetime>2008-04-04T12:16:49-05:00</datetime>
                  <recipient-uri>im:bob@example.com</recipient-uri>
                  <delivery-notification><status><%s/></status></delivery-notification>
                </imdn>""".formatted(status)));
        assertThat(imdn.messageId()).isEqualTo("34jk324j");
        assertThat(imdn.deliveryCode()).contains(code);
    }

    @ParameterizedTest
    @CsvSource({"display,displayed", "processing,processed", "processing,stored"})
    void hearsNothingFinalInOtherNotifications(String kind, String status) throws ContentException {
        Imdn imdn = Imdn.decode(bytes(
                "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>1</message-id><%s-notification>".formatted(kind)
                        + "<status><%s/></status></%s-notification></imdn>".formatted(status, kind)));
        assertThat(imdn.deliveryCode()).isEmpty();
    }

    @Test
    void readsBackTheNotificationThatItWrites() throws ContentException {
        Imdn imdn = Imdn.delivery("a<b&c", "2026-01-01T00:00:00Z", "sip:bob@imps.example.com", false);
        assertThat(Imdn.decode(imdn.encode())).isEqualTo(imdn);
        assertThat(new String(imdn.encode(), StandardCharsets.UTF_8)).contains("urn:ietf:params:xml:ns:imdn");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE imdn [<!ENTITY a 'b'>]><imdn><message-id>&a;</message-id></imdn>",
                "<!DOCTYPE imdn SYSTEM 'file:///etc/hostname'><imdn/>",
                "<imdn><message-id>1</message-id></imdn>",
                "<imdn><message-id>1</message-id>",
                "not xml",
                "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a/></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a></a>"
            })
    void refusesHostileAndBrokenXml(String document) {
        assertThatThrownBy(() -> Imdn.decode(bytes(document)))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void refusesXmlOverTheLimit() {
        assertThatThrownBy(() -> Imdn.decode(new byte[70_000]))
                .isInstanceOfSatisfying(
                        ContentException.class, e -> assertThat(e.status()).isEqualTo(413));
    }

    @Test
    @DisplayName("RFC 3994, RFC 7573 §6.1: only 'gone' says something")
    void hearsThatAUserHasGone() {
        String document = "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><state>%s</state></isComposing>";
        assertThat(IsComposing.saysGone(bytes(document.formatted("gone")))).isTrue();
        assertThat(IsComposing.saysGone(bytes(document.formatted("active")))).isFalse();
        assertThat(IsComposing.saysGone(bytes("<broken"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain,text/plain;charset=utf-8,true",
        "*,image/png,true",
        "text/*,TEXT/HTML,true",
        "text/plain,text/html,false",
        "text/*,image/png,false"
    })
    void comparesTypesAsRfc2045Does(String accepted, String type, boolean takes) {
        assertThat(MediaType.accepts(List.of(accepted), type)).isEqualTo(takes);
    }

    @Test
    void decodesAnyBytesOrSaysWhyNot() {
        Random random = new Random(9);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(120)];
            random.nextBytes(body);
            for (int j = 0; j < body.length; j++) {
                body[j] = (byte) (random.nextInt(3) == 0 ? "\r\n: <>a".charAt(random.nextInt(7)) : body[j]);
            }
            try {
                assertThat(Cpim.open(body).headers()).isNotEmpty();
            } catch (ContentException e) {
                assertThat(e.status()).isIn(400, 415);
            }
        }
    }
}
