package org.impsiwf.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.impsiwf.gateway.config.Config;
import org.impsiwf.gateway.config.ConfigSource;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.gateway.log.LogSetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description = "Runs the gateway in the foreground until SIGTERM or SIGINT.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @ParentCommand
    private Iwf iwf;

    @Spec
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration; without it the embedded defaults.")
    private Path config;

    @Override
    public Integer call() throws Exception {
        ConfigSource source = config == null ? Config::gatewayDefaults : () -> Config.gateway(config);
        GatewayConfig settings = source.read();
        LogSetup.apply(settings.log());
        return Foreground.stay(
                iwf.programs.gateway(settings, source), spec.commandLine().getOut());
    }
}
