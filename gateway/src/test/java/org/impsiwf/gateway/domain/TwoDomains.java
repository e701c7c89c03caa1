package org.impsiwf.gateway.domain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.impsiwf.gateway.FreePorts;

/** Two processes of {@code ./iwf domain} with different configurations, connected over loopback. */
record TwoDomains(DomainProcess east, DomainProcess west) implements AutoCloseable {

    /** What is not the same in every pair. */
    record Side(String ssp, String services, String storage, String users) {}

    static TwoDomains start(Path directory, Side east, Side west) throws IOException {
        int[] ports = FreePorts.choose(2);
        Path eastFile = Files.writeString(directory.resolve("east.yaml"), """
                service-id: wv:@east.example
                storage: { %s }
                ssp:
                  listen: "127.0.0.1:%d"
                  time-to-live: 30s
                  reconnect-min: 100ms
                  reconnect-max: 1s
                %s
                  peers:
                    - service-id: wv:@west.example
                      url: http://127.0.0.1:%d/
                      our-password: from the east
                      peer-password: from the west
                      digest: MD5
                      negotiate-services: true
                admin: { listen: "127.0.0.1:0" }
                agreements: [ { domain: east.example, provider: west.example, services: [ user-session ] } ]
                services:
                %s
                users:
                %s""".formatted(
                        east.storage(),
                        ports[0],
                        indented(east.ssp()),
                        ports[1],
                        indented(east.services()),
                        indented(east.users())));
        Path westFile = Files.writeString(directory.resolve("west.yaml"), """
                service-id: wv:@west.example
                storage: { %s }
                ssp:
                  listen: "127.0.0.1:%d"
                %s
                  peers:
                    - service-id: wv:@east.example
                      url: http://127.0.0.1:%d/
                      our-password: from the west
                      peer-password: from the east
                      digest: MD5
                      connect: false
                      negotiate-services: true
                admin: { listen: "127.0.0.1:0" }
                agreements: [ { domain: east.example, provider: west.example, services: [ user-session ] } ]
                services:
                %s
                users:
                %s""".formatted(
                        west.storage(),
                        ports[1],
                        indented(west.ssp()),
                        ports[0],
                        indented(west.services()),
                        indented(west.users())));
        DomainProcess first = DomainProcess.start(westFile);
        try {
            TwoDomains both = new TwoDomains(DomainProcess.start(eastFile), first);
            both.awaitUp();
            return both;
        } catch (AssertionError ended) {
            first.close();
            throw ended;
        }
    }

    private static String indented(String lines) {
        return lines.indent(2);
    }

    void awaitUp() {
        east.awaitPeerUp();
        west.awaitPeerUp();
    }

    @Override
    public void close() {
        east.close();
        west.close();
    }
}
