package org.impsiwf.ssp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that is observed, not drawn: stale, it fails the build; {@code -Diwf.docs=write} renews it. */
public final class GeneratedPage {

    private GeneratedPage() {}

    /** @param page below the folder of the documentation */
    public static void check(String page, String content) throws IOException {
        Path file = Path.of(System.getProperty("iwf.root", ".."), "docs").resolve(page);
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file).as("run the build once with -Diwf.docs=write").hasContent(content);
    }
}
