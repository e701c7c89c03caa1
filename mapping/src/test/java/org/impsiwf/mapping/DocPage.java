package org.impsiwf.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is written from the code; a stale one fails. */
public final class DocPage {

    private DocPage() {}

    /** Compares, or with {@code -Diwf.docs=write} writes. */
    public static void check(String name, String page) throws IOException {
        Path file = Path.of(System.getProperty("iwf.root"), "docs", name);
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        }
        assertThat(file).as("write it again with -Diwf.docs=write").content().isEqualTo(page);
    }
}
