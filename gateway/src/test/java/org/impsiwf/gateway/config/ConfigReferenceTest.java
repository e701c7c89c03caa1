package org.impsiwf.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

    private static final Path DOCS = Path.of(System.getProperty("iwf.root")).resolve("docs");

    private static final String INTRODUCTION = """
            # Configuration

            Generated from the code that reads it (`org.impsiwf.gateway.config`); `mvn test -pl gateway -am
            -Dtest=ConfigReferenceTest -Diwf.docs=write -Dsurefire.failIfNoSpecifiedTests=false` writes it again.

            One YAML file, for `./iwf run --config FILE`. Everything has a default unless it says *needed*. An unknown key is an
            error; `./iwf check FILE` reports every mistake with its line. [iwf.example.yaml](iwf.example.yaml) is a whole file.

            # Gateway: `./iwf run`
            """;

    private static final String DOMAIN = """

            # IMPS domain: `./iwf domain`

            [domain.example.yaml](domain.example.yaml) is a whole file.
            """;

    @Test
    void pageOfTheDocumentationSaysWhatTheCodeReads() throws IOException {
        String page = INTRODUCTION
                + ConfigReference.of(GatewayConfig.class)
                + DOMAIN
                + ConfigReference.of(DomainConfig.class);
        Path file = DOCS.resolve("configuration.md");
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.writeString(file, page);
        }
        assertThat(file).as("write it again with -Diwf.docs=write").content().isEqualTo(page);
    }
}
