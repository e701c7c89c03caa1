package org.impsiwf.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FlowsPageTest {

    private static final Path ROOT = Path.of(System.getProperty("iwf.root"));

    @Test
    void pageOfTheDocumentationShowsTheFlowsThatAreTested() throws IOException {
        Path file = ROOT.resolve("docs").resolve("flows.md");
        String page = FlowRenderer.page(Flows.all());
        if ("write".equals(System.getProperty("iwf.docs"))) {
            Files.writeString(file, page);
        }
        assertThat(file).as("write it again with -Diwf.docs=write").content().isEqualTo(page);
    }

    @Test
    void everyFlowFileIsInTheIndex() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("testkit/src/main/resources/flows"))) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".flow"))
                    .map(name -> name.substring(0, name.length() - ".flow".length()))
                    .toList();
            assertThat(Flows.names()).containsExactlyInAnyOrderElementsOf(names);
        }
    }
}
