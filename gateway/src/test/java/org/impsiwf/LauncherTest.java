package org.impsiwf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code ./iwf} itself, in a tree of its own with a JDK and a Maven that only note what is asked of them. */
class LauncherTest {

    private static final Path ROOT = Path.of(System.getProperty("iwf.root"));

    @TempDir
    private Path tree;

    private Path jdk;
    private Path tools;
    private final List<String> output = new ArrayList<>();

    @BeforeEach
    void makeTree() throws IOException {
        Files.copy(ROOT.resolve("iwf"), tree.resolve("iwf"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        Files.createDirectories(tree.resolve(".mvn"));
        Files.createDirectories(tree.resolve("benchmarks/target"));
        Files.createDirectories(tree.resolve("benchmarks/src/main"));
        Files.writeString(tree.resolve("benchmarks/pom.xml"), "<project/>");
        Files.writeString(tree.resolve("benchmarks/target/benchmarks-1.jar"), "");
        jdk = Files.createDirectories(tree.resolve("jdk"));
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/javac"), "exit 0");
        script(jdk.resolve("bin/java"), "echo \"java $*\"; exit ${JAVA_EXIT:-0}");
        tools = Files.createDirectories(tree.resolve("tools"));
        script(tools.resolve("sipp"), "exit 0");
        mavenThat("exit 0");
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /** Notes its words, leaves the folder of jars if it was told one, and then does the rest. */
    private void mavenThat(String rest) throws IOException {
        script(tools.resolve("mvn"), """
                echo "$*" >> %s/maven-calls
                for word; do case $word in -DoutputDirectory=*) mkdir -p "${word#*=}"; esac; done
                """.formatted(tree) + rest);
    }

    private Process start(String... words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("bash", tree.resolve("iwf").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
        return builder.start();
    }

    private int iwf(String... words) throws Exception {
        return finish(start(words));
    }

    private int finish(Process process) throws Exception {
        process.inputReader().lines().forEach(output::add);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<String> mavenCalls() throws IOException {
        Path calls = tree.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    @Test
    void buildsOnceAndThenStartsWithoutABuild() throws Exception {
        assertThat(iwf("check", "a file.yaml")).isZero();
        assertThat(iwf("peers")).isZero();

        assertThat(mavenCalls()).singleElement().asString().contains("package");
        assertThat(output.getLast())
                .contains("-cp " + tree.resolve(".iwf/app") + "/*")
                .endsWith("org.impsiwf.gateway.Main peers");
        assertThat(output).anyMatch(line -> line.endsWith("org.impsiwf.gateway.Main check a file.yaml"));
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        iwf("check", "x");
        Path source = Files.writeString(tree.resolve("benchmarks/src/main/New.java"), "class New {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));

        iwf("check", "x");

        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void twoStartsAtOnceBuildOnce() throws Exception {
        Process one = start("check", "x");
        Process other = start("check", "y");

        assertThat(finish(one)).isZero();
        assertThat(finish(other)).isZero();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void failedBuildIsShownAndTriedAgain() throws Exception {
        mavenThat("echo '[ERROR] Main.java:[1,1] broken'; exit 1");

        assertThat(iwf("check", "x")).isEqualTo(1);
        assertThat(output)
                .contains("[ERROR] Main.java:[1,1] broken")
                .last()
                .asString()
                .contains("build.log");

        mavenThat("exit 0");
        assertThat(iwf("check", "x")).isZero();
    }

    @Test
    void exitCodeIsTheProgrammes() throws Exception {
        script(jdk.resolve("bin/java"), "exit 2");

        assertThat(iwf("check", "x")).isEqualTo(2);
    }

    @Test
    void signalReachesTheJvmItself() throws Exception {
        script(
                jdk.resolve("bin/java"),
                "trap 'echo drained; exit 0' TERM; echo running; while :; do read -t 1 <> <(:); done");
        Process process = start("run");
        var reader = process.inputReader();
        for (String line = reader.readLine(); line != null && !line.equals("running"); line = reader.readLine()) {
            output.add(line);
        }

        assertThat(process.toHandle().destroy()).isTrue(); // SIGTERM, and the output stays open

        assertThat(reader.lines()).contains("drained");
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void withoutAJdkThatIsNewEnoughSaysSoInOneLine_2() throws Exception {
        String launcher = Files.readString(tree.resolve("iwf"));
        Files.writeString(tree.resolve("iwf"), launcher.replace("oldest_java=25", "oldest_java=999"));

        assertThat(iwf("run")).isEqualTo(2);
        assertThat(output).singleElement().asString().startsWith("iwf: no JDK 999 or newer found");
    }

    @Test
    void jdkThatIsTooOldIsPassedOver() throws Exception {
        Path newer = Files.createDirectories(tree.resolve("home/.jdks/newer"));
        Files.createDirectories(newer.resolve("bin"));
        Files.writeString(newer.resolve("release"), "JAVA_VERSION=\"998\"\n");
        script(newer.resolve("bin/javac"), "exit 0");
        script(newer.resolve("bin/java"), "echo \"the newer java\"");
        String launcher = Files.readString(tree.resolve("iwf"));
        Files.writeString(
                tree.resolve("iwf"),
                launcher.replace("oldest_java=25", "oldest_java=998\nHOME=" + tree.resolve("home")));

        assertThat(iwf("peers")).isZero();
        assertThat(output).last().isEqualTo("the newer java");
    }

    private static final String REPORT = """
            mkdir -p %1$s/cluster/target/surefire-reports
            cat > %1$s/cluster/target/surefire-reports/TEST-a.xml <<'END'
            <testsuite name="a" tests="%2$d" errors="0" skipped="1" failures="%3$d" flakes="0">
              <testcase name="needs it" classname="org.x.A">
                <skipped message="sipp is not installed"/>
              </testcase>
            </testsuite>
            END
            """;

    @Test
    void testCountsWhatRanAndNamesWhatWasSkipped() throws Exception {
        mavenThat(REPORT.formatted(tree, 13, 0));

        assertThat(iwf("test")).isZero();
        assertThat(output)
                .contains("skipped: org.x.A.needs it: sipp is not installed")
                .anyMatch(line -> line.contains("./iwf test --peers"))
                .last()
                .isEqualTo("12 passed, 0 failed, 1 skipped");
        assertThat(mavenCalls())
                .singleElement()
                .asString()
                .contains("-Diwf.excluded-tests=peers")
                .contains("clean verify");
    }

    @Test
    void testFailsWhenATestFailed() throws Exception {
        mavenThat(REPORT.formatted(tree, 13, 2) + "exit 1");

        assertThat(iwf("test")).isEqualTo(1);
        assertThat(output).last().isEqualTo("10 passed, 2 failed, 1 skipped");
    }

    @Test
    void testFailsWhenTheBuildFailedOrNothingRan() throws Exception {
        mavenThat("exit 1");
        assertThat(iwf("test")).isEqualTo(1);
        mavenThat("exit 0");
        assertThat(iwf("test")).isEqualTo(1);
        assertThat(output).last().isEqualTo("0 passed, 0 failed, 0 skipped");
    }

    @Test
    void testKnowsNoOtherOption_2() throws Exception {
        assertThat(iwf("test", "--peer")).isEqualTo(2);
        assertThat(output).containsExactly("iwf: usage: ./iwf test [--peers]");
    }
}
