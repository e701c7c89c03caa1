package org.impsiwf.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.impsiwf.gateway.PostgresDatabase;
import org.impsiwf.gateway.domain.DomainProcess.Guest;
import org.impsiwf.ssp.primitives.ContactListPrimitive.ContactListMemberResponse;
import org.impsiwf.ssp.primitives.ContactListPrimitive.GetListMemberRequest;
import org.impsiwf.ssp.primitives.GroupId;
import org.impsiwf.ssp.primitives.PresenceAttribute;
import org.impsiwf.ssp.primitives.PresencePrimitive.PresenceNotification;
import org.impsiwf.ssp.primitives.User;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two connected domains, with nothing in common: one is killed (SIGKILL) while the users of the other go on, then the other one.
 * Nothing that was answered positively is lost.
 */
class KilledDomainTest {

    /** No more than an inbox remembers. */
    private static final int MESSAGES = 80;

    private static final int BEFORE_THE_KILL = 20;

    @TempDir
    private Path directory;

    enum Engine {
        EMBEDDED,
        POSTGRESQL
    }

    @ParameterizedTest
    @EnumSource
    void whatADomainHasAnsweredPositivelySurvivesItsDeath(Engine engine) throws Exception {
        switch (engine) {
            case EMBEDDED ->
                survives(
                        "directory: " + directory.resolve("east-data"), "directory: " + directory.resolve("west-data"));
            case POSTGRESQL -> {
                Optional<Path> programs = PostgresDatabase.programs();
                assumeTrue(programs.isPresent(), "needs PostgreSQL, which is not installed");
                try (PostgresDatabase east = new PostgresDatabase(programs.get());
                        PostgresDatabase west = new PostgresDatabase(programs.get())) {
                    survives("url: \"" + east.url() + '"', "url: \"" + west.url() + '"');
                }
            }
        }
    }

    private void survives(String eastStorage, String westStorage) throws Exception {
        try (TwoDomains domains = TwoDomains.start(
                directory,
                new TwoDomains.Side("connections-per-session: 1", "groups: { history: 20 }", eastStorage, """
                        - { id: "wv:owner@east.example", answer: accept }
                        - { id: "wv:sleeper@east.example", answer: accept }
                        - { id: "wv:presentity@east.example", answer: accept }
                        """),
                // What was in flight is given up after a few seconds.
                new TwoDomains.Side(
                        "processing: 2s",
                        "messages: { store-for-silent-domains: true, retry-max: 1s, retry-min: 500ms }",
                        westStorage,
                        """
                        - { id: "wv:member@west.example", answer: accept }
                        - { id: "wv:sender@west.example", answer: accept }
                        - { id: "wv:watcher@west.example", answer: accept }
                        - { id: "wv:traveller@west.example", answer: accept }
                        """))) {
            Guest owner = domains.east().user("wv:owner@east.example");
            Guest sleeper = domains.east().user("wv:sleeper@east.example");
            Guest presentity = domains.east().user("wv:presentity@east.example");
            Guest member = domains.west().user("wv:member@west.example");
            Guest sender = domains.west().user("wv:sender@west.example");
            Guest watcher = domains.west().user("wv:watcher@west.example");
            GroupId club = new GroupId("wv:owner/club@east.example");
            assertThat(owner.does().creates(club, "Owner")).isEqualTo(200);
            assertThat(member.does().joins(club, "Member")).isEqualTo(200);
            assertThat(owner.does().keepsList("friends", member.id(), sender.id()))
                    .isEqualTo(200);
            assertThat(presentity.does().shows(PresenceAttribute.ONLINE_STATUS)).isEqualTo(200);
            assertThat(watcher.does().watches(presentity.id())).isEqualTo(200);
            sleeper.logsOut();

            Queue<String> taken = new ConcurrentLinkedQueue<>();
            CountDownLatch some = new CountDownLatch(BEFORE_THE_KILL);
            Thread sending = Thread.ofVirtual().start(() -> {
                for (int i = 1; i <= MESSAGES; i++) {
                    if (sender.does().says("message " + i, User.of(sleeper.id())) == 200) {
                        taken.add("message " + i);
                    }
                    some.countDown();
                }
            });
            assertThat(some.await(DomainProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            domains.east().kill();
            assertThat(sending.join(DomainProcess.PATIENCE))
                    .as("the other domain goes on")
                    .isTrue();
            int watched = watcher.got(PresenceNotification.class).size();
            domains.east().start();
            domains.awaitUp();

            // Scripted users log in at the start, so what waited for them comes now.
            assertThat(taken).hasSizeGreaterThanOrEqualTo(BEFORE_THE_KILL);
            sleeper.getsAllTexts(List.copyOf(taken));
            assertThat(member.does().says("still here?", club)).isEqualTo(200);
            owner.getsText("still here?");
            var members = (ContactListMemberResponse) owner.does()
                    .asks(new GetListMemberRequest(
                            owner.does().meta(), owner.does().list("friends")));
            assertThat(members.userList()).contains(member.id(), sender.id());
            presentity.logsOut();
            watcher.getsMoreThan(watched, PresenceNotification.class);

            Guest traveller = domains.west().user("wv:traveller@west.example");
            traveller.logsOut();
            assertThat(owner.does().says("for when you are back", User.of(traveller.id())))
                    .isEqualTo(200);
            domains.west().kill();
            domains.west().start();
            domains.awaitUp();

            traveller.getsText("for when you are back");
            assertThat(owner.does().says("and here?", club)).isEqualTo(200);
            member.getsText("and here?");
        }
    }
}
