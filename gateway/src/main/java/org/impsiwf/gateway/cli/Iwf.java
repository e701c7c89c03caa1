package org.impsiwf.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.impsiwf.gateway.config.ConfigException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/**
 * The command line. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. An error is one line on the error output
 * that says what and where.
 */
@Command(
        name = "iwf",
        description = "SIP/SIMPLE-to-IMPS interworking gateway",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            RunCommand.class,
            DomainCommand.class,
            CheckCommand.class,
            DemoCommand.class,
            SessionsCommand.class,
            PeersCommand.class,
            ClusterCommand.class,
            TraceCommand.class,
            ReloadCommand.class,
            ConformanceCommand.class
        },
        footer = {
            "",
            "The launcher ./iwf adds:",
            "  test [--peers]   all tests; --peers with real software from the distribution too",
            "  bench [NAME]     the benchmarks",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or configuration."
        })
public final class Iwf {

    static final int DONE = CommandLine.ExitCode.OK;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    final Programs programs;

    private Iwf(Programs programs) {
        this.programs = programs;
    }

    /** Runs one command and returns its exit code. */
    public static int execute(Programs programs, PrintWriter out, PrintWriter err, String... args) {
        int code = new CommandLine(new Iwf(programs))
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, words) -> usage(wrong))
                .setExecutionExceptionHandler((failure, command, words) -> failed(failure, command))
                .setExecutionStrategy(new CommandLine.RunLast())
                .execute(args.length == 0 ? new String[] {"--help"} : args);
        out.flush();
        err.flush();
        return code;
    }

    private static int usage(ParameterException wrong) {
        String message = wrong.getMessage().lines().findFirst().orElse("wrong usage");
        CommandLine command = wrong.getCommandLine();
        String suggestion = wrong instanceof CommandLine.UnmatchedArgumentException unmatched
                ? String.join(", ", unmatched.getSuggestions())
                : "";
        command.getErr()
                .println("iwf: " + message + (suggestion.isEmpty() ? "" : "; did you mean " + suggestion + "?")
                        + " (see " + command.getCommandSpec().qualifiedName() + " --help)");
        return WRONG_USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        return switch (failure) {
            case ConfigException wrong -> {
                wrong.getMessage().lines().forEach(err::println);
                yield WRONG_USAGE;
            }
            case IOException failed -> {
                err.println("iwf: " + failed.getMessage());
                yield FAILED;
            }
            default -> {
                err.println("iwf: internal error: " + failure);
                LoggerFactory.getLogger(Iwf.class).debug("internal error", failure);
                yield FAILED;
            }
        };
    }
}
