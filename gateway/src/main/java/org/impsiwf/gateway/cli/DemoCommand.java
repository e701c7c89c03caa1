package org.impsiwf.gateway.cli;

import java.util.concurrent.Callable;
import org.impsiwf.gateway.log.LogSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = "Plays the main job on loopback: a gateway, a simulated IMPS domain, SIP and MSRP users.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @ParentCommand
    private Iwf iwf;

    @Spec
    private CommandSpec spec;

    @Option(names = "--verbose", description = "Shows the log as well.")
    private boolean verbose;

    @Override
    public Integer call() throws Exception {
        if (!verbose) {
            LogSetup.warningsOnly();
        }
        return iwf.programs.demo(spec.commandLine().getOut()) ? Iwf.DONE : Iwf.FAILED;
    }
}
