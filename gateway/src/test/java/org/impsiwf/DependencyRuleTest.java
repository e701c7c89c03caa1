package org.impsiwf;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may use whom. The three tables below are the rule; the rest reads them. */
class DependencyRuleTest {

    /** A part of the house and the parts that it may use besides itself. The longest name that fits a class is its part. */
    private static final List<Row> HOUSE = List.of(
            row("store"),
            row("sip", "store"),
            row("msrp", "store"),
            row("ssp", "store"),
            row(
                    "mapping",
                    "sip.event",
                    "sip.header",
                    "sip.list",
                    "msrp.event",
                    "msrp.cpim",
                    "ssp.event",
                    "ssp.primitives",
                    "store"),
            row("testkit", "mapping", "sip", "msrp", "ssp", "store"),
            row("gateway", "testkit", "mapping", "sip", "msrp", "ssp", "store"),
            row("gateway.admin", "gateway.trace"),
            row(
                    "gateway.cli",
                    "gateway.config",
                    "gateway.log",
                    "gateway.trace",
                    "ssp.primitives",
                    "testkit.conformance"),
            row("gateway.config", "sip.event", "sip.header", "ssp.primitives"),
            row("gateway.groups", "ssp", "store"),
            row("gateway.log", "gateway.config"),
            row("gateway.metrics", "gateway.admin"),
            row("gateway.trace"),
            // Within the edges: what is decided knows neither the network nor the library that reads it.
            row("sip.event"),
            row("sip.header", "sip.event"),
            row("sip.list", "sip.event", "sip.header"),
            row("sip.conference", "sip.event"),
            row("sip.subscription", "sip.event", "sip.header", "sip.dialog", "store"),
            row("sip.sdp", "sip.event", "sip.header"),
            row("sip.body", "sip.event", "sip.header"),
            row("sip.auth", "sip.header", "sip.event", "store"),
            row("sip.registrar", "sip.header", "sip.event", "store"),
            row("sip.dialog", "sip.header", "sip.event", "sip.sdp", "sip.body", "store"),
            row("msrp.event"),
            row("msrp.cpim", "msrp.event"),
            row("msrp.message", "msrp.event"),
            row("msrp.codec", "msrp.event", "msrp.message"),
            row("msrp.session", "msrp.event", "msrp.message", "msrp.codec", "msrp.cpim"),
            row("ssp.primitives"),
            row("ssp.event", "ssp.primitives"),
            row("ssp.codec", "ssp.primitives"),
            row("ssp.session", "ssp.primitives", "ssp.codec", "ssp.event", "store"),
            row("ssp.transaction", "ssp.primitives", "ssp.codec", "ssp.event", "store"),
            row("ssp.elements", "ssp.primitives"),
            row("ssp.routing", "ssp.primitives", "ssp.event"),
            row("ssp.storage", "ssp.primitives", "ssp.codec", "ssp.elements"),
            row("store.local", "store"),
            row("store.hazelcast", "store"));

    /** A library and the only parts that know it. */
    private static final List<Row> LIBRARIES = List.of(
            library("javax.sip", "sip.stack"),
            library("gov.nist", "sip.stack"),
            library("io.netty", "msrp", "ssp.transport", "ssp.server"),
            library("com.hazelcast", "store.hazelcast"),
            library(
                    "com.fasterxml.jackson",
                    "store.codec",
                    "ssp.codec",
                    "gateway.admin",
                    "gateway.cli",
                    "gateway.domain"),
            library("org.xbill", "sip.resolve", "ssp.transport"),
            library("java.sql", "ssp.storage"),
            library("javax.sql", "ssp.storage"),
            library("org.jdbi", "ssp.storage"),
            library("com.zaxxer", "ssp.storage"),
            library("org.flywaydb", "ssp.storage"),
            library("org.h2", "ssp.storage"),
            library("org.postgresql", "ssp.storage"),
            library("org.yaml", "gateway.config"),
            library("picocli", "gateway.cli"),
            library("org.pcollections", "mapping.conference", "mapping.participation"),
            library("io.micrometer", "gateway.metrics"),
            library("ch.qos.logback", "gateway.log"),
            library("com.sun.net.httpserver", "gateway.admin", "testkit"));

    /** Parts that decide: no socket, no thread, and no time but what they are told. */
    private static final List<String> PURE = List.of(
            "mapping",
            "sip.event",
            "sip.header",
            "sip.list",
            "sip.conference",
            "sip.sdp",
            "sip.body",
            "sip.dialog",
            "sip.subscription",
            "msrp.event",
            "msrp.cpim",
            "msrp.message",
            "msrp.codec",
            "msrp.session",
            "ssp.event",
            "ssp.primitives",
            "ssp.codec",
            "ssp.session",
            "ssp.transaction",
            "ssp.routing",
            "gateway.trace");

    private static final Set<String> IMPURE_CALLS = Set.of(
            "java.time.Instant.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system",
            "java.time.LocalDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.start",
            "java.lang.Thread.sleep",
            "java.lang.Thread.startVirtualThread");

    private static final List<String> IMPURE_TYPES = List.of(
            "java.net.Socket",
            "java.net.ServerSocket",
            "java.net.DatagramSocket",
            "java.net.http.",
            "java.nio.channels.",
            "java.util.concurrent.Executor",
            "java.util.concurrent.Scheduled",
            "java.util.Timer");

    private static final String ROOT = "org.impsiwf.";

    private record Row(String name, List<String> others) {
        boolean covers(String packageName) {
            return packageName.equals(name) || packageName.startsWith(name + ".");
        }
    }

    private static Row row(String part, String... mayUse) {
        return new Row(ROOT + part, rooted(mayUse));
    }

    private static Row library(String packages, String... users) {
        return new Row(packages, rooted(users));
    }

    private static List<String> rooted(String... parts) {
        return Arrays.stream(parts).map(part -> ROOT + part).toList();
    }

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.impsiwf");

    private static Stream<Dependency> dependencies() {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static Optional<Row> partOf(String packageName) {
        return HOUSE.stream()
                .filter(row -> row.covers(packageName))
                .max(Comparator.comparingInt(row -> row.name.length()));
    }

    private static boolean isIn(String packageName, List<String> parts) {
        return parts.stream().anyMatch(part -> new Row(part, List.of()).covers(packageName));
    }

    private static boolean mayUse(String user, String used) {
        if (!used.startsWith(ROOT) || user.equals(used)) {
            return true;
        }
        Row part = partOf(user).orElseThrow();
        return part.covers(used) || isIn(used, part.others);
    }

    private static boolean mayUseLibrary(String user, String used) {
        return LIBRARIES.stream()
                .filter(library -> library.covers(used))
                .allMatch(library -> isIn(user, library.others));
    }

    private static String packageOf(JavaClass type) {
        return type.getBaseComponentType().getPackageName();
    }

    @Test
    void everyClassKeepsToItsPartOfTheHouse() {
        assertThat(dependencies()
                        .filter(d -> !mayUse(packageOf(d.getOriginClass()), packageOf(d.getTargetClass())))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void everyLibraryIsKnownToFewOnly() {
        assertThat(dependencies()
                        .filter(d -> !mayUseLibrary(packageOf(d.getOriginClass()), packageOf(d.getTargetClass())))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"store", "sip", "msrp", "ssp", "mapping", "testkit", "gateway"})
    void packagesOfAModuleDoNotGoRoundInCircles(String module) {
        SlicesRuleDefinition.slices()
                .matching(ROOT + module + ".(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void whatDecidesHasNoSocketNoThreadAndNoClock() {
        List<JavaClass> pure = CLASSES.stream()
                .filter(type -> isIn(
                        type.getPackageName(),
                        PURE.stream().map(part -> ROOT + part).toList()))
                .toList();

        assertThat(pure.stream()
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> IMPURE_CALLS.contains(called(call)))
                        .map(JavaMethodCall::getDescription))
                .isEmpty();
        assertThat(pure.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(d -> IMPURE_TYPES.stream()
                                .anyMatch(d.getTargetClass().getFullName()::startsWith))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    private static String called(JavaMethodCall call) {
        return call.getTargetOwner().getFullName() + "." + call.getName();
    }

    @Test
    void everyModuleIsLookedAt() {
        for (String part :
                List.of("store", "sip.event", "msrp.transport", "ssp.codec", "mapping", "testkit", "gateway")) {
            assertThat(CLASSES.stream().filter(type -> isIn(type.getPackageName(), List.of(ROOT + part))))
                    .as(part)
                    .isNotEmpty();
        }
        assertThat(CLASSES.stream().filter(type -> partOf(type.getPackageName()).isEmpty()))
                .as("classes outside every part")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "sip.stack, msrp.event, false",
        "ssp.codec, ssp.transport, false",
        "mapping.conversation, sip.stack, false",
        "mapping.conversation, ssp.primitives, true",
        "store.local, sip.event, false",
        "gateway.runtime, mapping, true",
        "testkit.user, gateway.config, false"
    })
    void tableSaysWhatItSeemsToSay(String user, String used, boolean allowed) {
        assertThat(mayUse(ROOT + user, ROOT + used)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "mapping.content, io.netty.buffer, false",
        "msrp.transport, io.netty.buffer, true",
        "sip.auth, javax.sip.message, false"
    })
    void librariesAreKeptApart(String user, String used, boolean allowed) {
        assertThat(mayUseLibrary(ROOT + user, used)).isEqualTo(allowed);
    }
}
