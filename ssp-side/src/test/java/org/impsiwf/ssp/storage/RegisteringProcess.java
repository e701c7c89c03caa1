package org.impsiwf.ssp.storage;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.impsiwf.ssp.elements.profile.Registration;
import org.impsiwf.ssp.primitives.UserId;

/** A process of {@link KillTest}: registers users, from several threads, and says each one once that is done. */
final class RegisteringProcess {

    private static final int THREADS = 4;

    private RegisteringProcess() {}

    public static void main(String[] arguments) {
        DatabaseConfig config = arguments[0].startsWith("jdbc:")
                ? DatabaseConfig.postgresql(arguments[0], Optional.of("iwf"), Optional.of(""))
                : DatabaseConfig.embedded(Path.of(arguments[0]));
        JdbcUserStore users = new JdbcUserStore(Database.open(config));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = "wv:" + arguments[1] + "-" + thread + "-";
            Thread.ofPlatform().start(() -> {
                for (int i = 0; ; i++) {
                    String user = prefix + i + "@home.example.com";
                    users.register(Registration.of(new UserId(user)), Instant.EPOCH);
                    out.println(user);
                    out.flush();
                }
            });
        }
    }
}
