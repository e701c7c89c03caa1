package org.impsiwf.gateway.cli;

import java.io.IOException;
import java.io.PrintWriter;
import org.impsiwf.gateway.config.ConfigSource;
import org.impsiwf.gateway.config.DomainConfig;
import org.impsiwf.gateway.config.GatewayConfig;
import org.impsiwf.testkit.conformance.PeerConformance;

/** What the commands start. An {@link IOException}'s message is the one line that a person sees: what failed, and where. */
public interface Programs {

    /**
     * Starts the gateway and returns once it listens.
     *
     * @param again where the configuration is read again when an operator asks for it
     */
    Running gateway(GatewayConfig config, ConfigSource again) throws IOException;

    /** Starts the simulated IMPS domain and returns once it listens. */
    Running domain(DomainConfig config) throws IOException;

    /** Plays the demo; true if every step of it happened. */
    boolean demo(PrintWriter out) throws IOException;

    /** Checks an SSP server from the outside and prints what it found; true if nothing failed. */
    boolean conformance(PeerConformance.Target target, PrintWriter out) throws IOException;

    /** Something that runs until it is told to stop. */
    interface Running {

        /** Where it listens, one line for the person who started it. */
        String listening();

        /** Drains and ends; returns when nothing is left to lose or the time for it is over. Called once. */
        void stop();
    }
}
