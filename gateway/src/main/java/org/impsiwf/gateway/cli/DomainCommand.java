package org.impsiwf.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.log.LogSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "domain",
        description = "Runs an IMPS domain in the foreground: an SSP server with all services and scripted users.",
        mixinStandardHelpOptions = true)
final class DomainCommand implements Callable<Integer> {

    @ParentCommand
    private Iwf iwf;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration; without it the embedded defaults.")
    private Path config;

    @Override
    public Integer call() throws Exception {
        DomainConfig settings = config == null ? Config.domainDefaults() : Config.domain(config);
        LogSetup.apply(settings.log());
        return Foreground.stay(iwf.programs.domain(settings), spec.commandLine().getOut());
    }
}
