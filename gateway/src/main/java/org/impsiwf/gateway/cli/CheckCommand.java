package org.impsiwf.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Validates a configuration and starts nothing: every mistake with its line.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--domain", description = "The file configures a simulated domain, not a gateway.")
    private boolean domain;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Override
    public Integer call() throws ConfigException {
        if (domain) {
            Config.domain(file);
        } else {
            Config.gateway(file).cluster().caution().ifPresent(this::say);
        }
        say("ok");
        return Iwf.DONE;
    }

    private void say(String what) {
        spec.commandLine().getOut().println(file + ": " + what);
    }
}
