package org.impsiwf.bench;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.impsiwf.gateway.log.LogSetup;

/** {@code ./iwf bench [NAME …]}: runs the named benchmarks, or all of them in turn. Exit code 0 once they ran, 2 for a name that is none. */
public final class Bench {

    private static final List<Benchmark> ALL = List.of(
            new CodecBenchmark(),
            new MsrpBenchmark(),
            new SspBenchmark(),
            new PagerBenchmark(),
            new OverloadBenchmark(),
            new SessionBenchmark(),
            new ClusterBenchmark(),
            new ElementsBenchmark(),
            new GroupBenchmark());

    private Bench() {}

    public static void main(String[] names) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String name : names) {
            if (ALL.stream().noneMatch(b -> b.name().equals(name))) {
                System.err.println("iwf bench: no benchmark '" + name + "'; there are "
                        + String.join(", ", ALL.stream().map(Benchmark::name).toList()));
                System.exit(2);
            }
        }
        LogSetup.warningsOnly();
        Report report = new Report(out);
        for (Benchmark benchmark : ALL) {
            if (names.length == 0 || List.of(names).contains(benchmark.name())) {
                report.heading(benchmark.name() + ": " + benchmark.summary());
                benchmark.run(report);
            }
        }
        out.println();
        out.println(
                report.missed().isEmpty()
                        ? "every target met"
                        : "targets missed: " + String.join("; ", report.missed()));
    }
}
