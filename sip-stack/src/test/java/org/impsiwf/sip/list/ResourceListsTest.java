package org.impsiwf.sip.list;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.impsiwf.sip.event.SipUri;
import org.impsiwf.sip.event.UriList;
import org.impsiwf.sip.event.UriList.CopyControl;
import org.impsiwf.sip.event.UriList.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceListsTest {

    private static UriList read(String list) throws UriListException {
        String document = """
                <?xml version="1.0" encoding="UTF-8"?>
                <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"
                    xmlns:cp="urn:ietf:params:xml:ns:copyControl">%s</resource-lists>
                """.formatted(list).strip();
        return ResourceLists.read(document.getBytes(UTF_8));
    }

    @Test
    void copyControlAndAnonymityAreRead_RFC5364_4() throws UriListException {
        UriList list = read("""
                <list>
                  <entry uri="sip:bill@example.com" cp:copyControl="to"><display-name>Bill</display-name></entry>
                  <entry uri="sip:joe@example.org" cp:copyControl="cc" cp:anonymize="true"/>
                  <entry uri="sip:ted@example.net" cp:copyControl="bcc"/>
                </list>""");
        assertThat(list.entries())
                .containsExactly(
                        new Entry(new SipUri("sip:bill@example.com"), Optional.of("Bill"), CopyControl.TO, false),
                        new Entry(new SipUri("sip:joe@example.org"), Optional.empty(), CopyControl.CC, true),
                        new Entry(new SipUri("sip:ted@example.net"), Optional.empty(), CopyControl.BCC, false));
    }

    @Test
    void anEntryWithoutCopyControlIsBcc_RFC5364_4_1() throws UriListException {
        assertThat(read("<list><entry uri='sip:a@b'/></list>").entries())
                .extracting(Entry::copyControl)
                .containsExactly(CopyControl.BCC);
    }

    @Test
    void aUriThatIsThereTwiceIsOneEntry_namedAsOpenlyAsAnywhere_RFC5366_5_1() throws UriListException {
        UriList list = read("""
                <list><entry uri="sip:a@b" cp:copyControl="bcc"/><entry uri="sip:c@d" cp:copyControl="to"/></list>
                <list><entry uri="sip:a@b" cp:copyControl="cc"/></list>""");
        assertThat(list.entries()).extracting(Entry::uri).containsExactly(new SipUri("sip:a@b"), new SipUri("sip:c@d"));
        assertThat(list.entries().getFirst().copyControl()).isEqualTo(CopyControl.CC);
    }

    @Test
    void urisThatAreTheSameByTheirRulesAreOneEntry_RFC5363_4_1() throws UriListException {
        UriList list = read("""
                <list><entry uri="sip:a%62c@Example.com"/><entry uri="SIP:abc@example.com" cp:copyControl="to"/>
                <entry uri="sip:abc@example.com;method=INVITE"/></list>""");
        assertThat(list.entries())
                .extracting(e -> e.uri().value())
                .containsExactly("SIP:abc@example.com", "sip:abc@example.com;method=INVITE");
    }

    @Test
    void theNamespaceOfTheFieldIsReadAsTheRegisteredOne_RFC5364_5() throws UriListException {
        UriList list = ResourceLists.read("""
                <resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"
                    xmlns:cp="urn:ietf:params:xml:ns:copycontrol"><list>
                  <entry uri="sip:a@b" cp:copyControl="to" cp:anonymize="true"/></list></resource-lists>
                """.getBytes(UTF_8));
        assertThat(list.entries().getFirst().copyControl()).isEqualTo(CopyControl.TO);
        assertThat(list.entries().getFirst().anonymize()).isTrue();
    }

    @Test
    void listsWithinListsAreFlattened_andReferencesNotFollowed() throws UriListException {
        UriList list = read("""
                <list name="friends"><list><entry uri="sip:a@b"/></list>
                  <entry-ref ref="resource-lists/users/sip:bill"/><external anchor="http://example.com/x"/></list>""");
        assertThat(list.entries()).extracting(Entry::uri).containsExactly(new SipUri("sip:a@b"));
    }

    @Test
    void uriHeadersStayInTheUri_RFC4579_5_10() throws UriListException {
        UriList list = read("<list><entry uri='sip:bob@x?Replaces=1%402%3Bto-tag%3D3%3Bfrom-tag%3D4&amp;a=b'/></list>");
        assertThat(list.entries().getFirst().uri().value())
                .isEqualTo("sip:bob@x?Replaces=1%402%3Bto-tag%3D3%3Bfrom-tag%3D4&a=b");
    }

    @Test
    void theHistoryShowsNoBccAndNoAnonymousName_RFC5364_5() throws UriListException {
        UriList list = new UriList(List.of(
                Entry.to(new SipUri("sip:open@a")),
                new Entry(new SipUri("sip:hidden@a"), Optional.empty(), CopyControl.BCC, false),
                new Entry(new SipUri("sip:nameless@a"), Optional.empty(), CopyControl.CC, true)));
        UriList shown = ResourceLists.read(ResourceLists.history(list));
        assertThat(shown.entries())
                .extracting(e -> e.uri().value())
                .containsExactly("sip:open@a", "sip:anonymous@anonymous.invalid");
    }

    @Test
    void whatIsWrittenIsReadBack() throws UriListException {
        Random random = new Random(4826);
        for (int round = 0; round < 200; round++) {
            List<Entry> entries = random.ints(1 + random.nextInt(20), 0, 1_000_000)
                    .distinct()
                    .mapToObj(i -> new Entry(
                            new SipUri("sip:u" + i + "@x?h=a&b='\"<"),
                            i % 3 == 0 ? Optional.of("Nämé & <" + i + ">") : Optional.empty(),
                            List.copyOf(EnumSet.allOf(CopyControl.class)).get(i % 3),
                            i % 5 == 0))
                    .toList();
            UriList list = new UriList(entries);
            assertThat(ResourceLists.read(ResourceLists.write(list))).isEqualTo(list);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<list/>",
                "<list><entry/></list>",
                "<list><entry uri=' '/></list>",
                "<list><entry uri='sip:a@b'></list>",
                "<list><entry uri='sip:a@b'/></list></resource-lists><resource-lists>"
            })
    void whatNamesNobodyOrIsNoXmlIs400(String list) {
        assertThatThrownBy(() -> read(list))
                .isInstanceOfSatisfying(
                        UriListException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<lists xmlns='urn:ietf:params:xml:ns:resource-lists'><list><entry uri='sip:a@b'/></list></lists>",
                "<resource-lists><list><entry uri='sip:a@b'/></list></resource-lists>",
                "<!DOCTYPE r [<!ENTITY a 'aaaa'>]><resource-lists xmlns='urn:ietf:params:xml:ns:resource-lists'/>",
                "v=0"
            })
    void anotherDocumentIs400(String document) {
        assertThatThrownBy(() -> ResourceLists.read(document.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        UriListException.class, e -> assertThat(e.status()).isEqualTo(400));
    }

    @Test
    void aListThatExplodesIs413() {
        StringBuilder many = new StringBuilder("<list>");
        for (int i = 0; i < 10_000; i++) {
            many.append("<entry uri='sip:").append(i).append("@x'/>");
        }
        assertThatThrownBy(() -> read(many + "</list>"))
                .isInstanceOfSatisfying(
                        UriListException.class, e -> assertThat(e.status()).isEqualTo(413));
        assertThatThrownBy(() -> read("<list>".repeat(100) + "</list>".repeat(100)))
                .isInstanceOfSatisfying(
                        UriListException.class, e -> assertThat(e.status()).isEqualTo(413));
        assertThatThrownBy(() -> ResourceLists.read(new byte[600 * 1024]))
                .isInstanceOfSatisfying(
                        UriListException.class, e -> assertThat(e.status()).isEqualTo(413));
    }
}
