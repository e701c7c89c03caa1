package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The generated pages of the documentation; {@code -Diwf.docs=write} brings them up to date. */
class PrimitivesPageTest {

    private static final Path DOCS = Path.of(System.getProperty("iwf.root", ".."), "docs");

    @Test
    void thePrimitivesPageSaysWhatTheRecordsSay() throws Exception {
        assertUpToDate("ssp-primitives.md", PrimitivesPage.text());
    }

    @Test
    void theDialectsPageSaysWhatTheDialectsSay() throws Exception {
        assertUpToDate("ssp-dialects.md", DialectsPage.text());
    }

    private static void assertUpToDate(String page, String text) throws IOException {
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.writeString(DOCS.resolve(page), text);
        }
        assertThat(DOCS.resolve(page)).hasContent(text);
    }
}
