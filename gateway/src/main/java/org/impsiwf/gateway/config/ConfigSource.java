package org.impsiwf.gateway.config;

/** Where a configuration comes from, to be read again. */
@FunctionalInterface
public interface ConfigSource {

    /** @throws ConfigException every mistake with its line */
    GatewayConfig read() throws ConfigException;
}
