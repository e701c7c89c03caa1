package org.impsiwf.gateway.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import org.impsiwf.gateway.log.LogSetup;

/** Keeps a program running until the process is told to end. */
final class Foreground {

    private Foreground() {}

    /** Does not return: SIGTERM or SIGINT stops the program, and the process ends with 0. */
    static int stay(Programs.Running program, PrintWriter out) throws InterruptedException {
        out.println(program.listening());
        out.flush();
        // After a signal the JVM would end with 128 + its number; halting in the hook, once all is stopped, ends it
        // with 0.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("iwf-stop").unstarted(() -> {
                    int code = Iwf.FAILED;
                    try {
                        program.stop();
                        code = Iwf.DONE;
                    } finally {
                        LogSetup.flush();
                        Runtime.getRuntime().halt(code);
                    }
                }));
        new CountDownLatch(1).await();
        return Iwf.DONE;
    }
}
