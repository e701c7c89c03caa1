package org.impsiwf.ssp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PrimitivesPageTest {

    private static final Path PAGE = Path.of(System.getProperty("iwf.root", ".."), "docs", "ssp-primitives.md");

    /** {@code -Diwf.docs=write} brings it up to date. */
    @Test
    void thePrimitivesPageSaysWhatTheRecordsSay() throws Exception {
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, PrimitivesPage.text());
        }
        assertThat(PAGE).hasContent(PrimitivesPage.text());
    }
}
