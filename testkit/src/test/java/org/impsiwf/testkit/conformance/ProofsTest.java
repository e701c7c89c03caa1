package org.impsiwf.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tests count as proof, and of what. */
class ProofsTest {

    @TempDir
    Path root;

    /** Stands for a test of a module. */
    @Tag("SAMPLE-1")
    static class Tagged {
        @Tag("SAMPLE-2")
        @Tag("SAMPLE-3")
        void provesTwo() {}
    }

    /** Stands for a test that needs a real peer. */
    @Tag("peers")
    static class WithAPeer {
        @Tag("SAMPLE-4")
        void provesNothingForEverybody() {}
    }

    @Test
    void tagsOfAClassAndOfItsMethodsAreRead() throws IOException {
        compiled(Tagged.class);
        Proofs proofs = Proofs.below(root);
        assertThat(proofs.of("SAMPLE-1")).containsExactly("ProofsTest.Tagged");
        assertThat(proofs.of("SAMPLE-2")).containsExactly("ProofsTest.Tagged.provesTwo");
        assertThat(proofs.of("SAMPLE-3")).containsExactly("ProofsTest.Tagged.provesTwo");
    }

    @Test
    void testsAgainstRealPeersDoNotCount() throws IOException {
        compiled(WithAPeer.class);
        assertThat(Proofs.below(root).named()).isEmpty();
    }

    @Test
    void theNamesOfCasesInTheReportsCount() throws IOException {
        Path reports = Files.createDirectories(root.resolve("module/target/surefire-reports"));
        Files.writeString(reports.resolve("TEST-x.xml"), """
                <testcase name="answers 814 [tx:JoinGroup] SSP-314" classname="org.impsiwf.OracleTest" time="0"/>
                """);
        Proofs proofs = Proofs.below(root);
        assertThat(proofs.of("tx:JoinGroup")).containsExactly("OracleTest");
        assertThat(proofs.of("SSP-314")).containsExactly("OracleTest");
    }

    @Test
    void everyRequirementOfTheDocumentsHasOneRow() {
        assertThat(Requirements.items()).hasSize(105);
        assertThat(Requirements.transactions()).hasSize(79);
        List<String> rules = Requirements.rules().stream().map(Requirement::id).toList();
        assertThat(rules).hasSize(520).doesNotHaveDuplicates();
    }

    private void compiled(Class<?> type) throws IOException {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        Path folder = Files.createDirectories(root.resolve("module/target/test-classes"));
        try (var in = type.getResourceAsStream(file)) {
            Files.write(folder.resolve(file), in.readAllBytes());
        }
    }
}
