package org.impsiwf.gateway.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads configurations: of the gateway, and of the simulated domain. */
public final class Config {

    private static final String EMBEDDED = "embedded defaults";

    private Config() {}

    /** @throws ConfigException with every mistake in the file */
    public static GatewayConfig gateway(Path file) throws ConfigException {
        return parse(GatewayConfig.class, file.toString(), text(file), directory(file));
    }

    /**
     * A configuration that is in no file.
     *
     * @throws ConfigException with every mistake in the text
     */
    public static GatewayConfig gatewayOf(String text) throws ConfigException {
        return parse(GatewayConfig.class, "configuration", text, Path.of(""));
    }

    /** What is used when there is no file. */
    public static GatewayConfig gatewayDefaults() {
        return defaults(GatewayConfig.class);
    }

    /** @throws ConfigException with every mistake in the file */
    public static DomainConfig domain(Path file) throws ConfigException {
        return parse(DomainConfig.class, file.toString(), text(file), directory(file));
    }

    /** What is used when there is no file. */
    public static DomainConfig domainDefaults() {
        return defaults(DomainConfig.class);
    }

    private static <T extends Checked> T defaults(Class<T> type) {
        try {
            return parse(type, EMBEDDED, "", Path.of(""));
        } catch (ConfigException ours) {
            throw new IllegalStateException(ours);
        }
    }

    private static Path directory(Path file) {
        return Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    }

    private static String text(Path file) throws ConfigException {
        if (Files.isDirectory(file)) {
            throw new ConfigException(file.toString(), List.of(new Problem(1, "is a directory")));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new ConfigException(file.toString(), List.of(new Problem(1, "is not UTF-8 text")));
        } catch (IOException unreadable) {
            String why = Files.exists(file) ? "cannot be read" : "does not exist";
            throw new ConfigException(file.toString(), List.of(new Problem(1, why)));
        }
    }

    static <T extends Checked> T parse(Class<T> type, String file, String text, Path base) throws ConfigException {
        var findings = new Findings();
        Node root = YamlDocument.parse(text, findings);
        Object read = new SectionReader(type, base, findings).section(type, root, null, "");
        if (read != null) {
            type.cast(read).check(findings);
        }
        if (!findings.sorted().isEmpty()) {
            throw new ConfigException(file, findings.sorted());
        }
        return type.cast(read);
    }
}
