package org.impsiwf.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that shows what the code does; a stale one fails. */
public final class GeneratedPage {

    private GeneratedPage() {}

    /**
     * Compares, or with {@code -Diwf.docs=write} writes.
     *
     * @param page below the folder of the documentation
     */
    public static void check(String page, String content) throws IOException {
        Path file = Path.of(System.getProperty("iwf.root", ".."), "docs").resolve(page);
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file).as("run this test with -Diwf.docs=write").exists().hasContent(content);
    }
}
