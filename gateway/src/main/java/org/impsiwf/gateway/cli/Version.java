package org.impsiwf.gateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven built. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"iwf " + number() + ", Java " + Runtime.version()};
    }

    /** Such as {@code 0.1.0}. */
    public static String number() {
        var properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/iwf-version.properties")) {
            properties.load(in);
        } catch (IOException ours) {
            throw new IllegalStateException("the build left no version", ours);
        }
        return properties.getProperty("version");
    }
}
