package org.impsiwf.testkit.conformance;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which tests name which requirement: by JUnit tags on a method or its class, read from the compiled tests, and by the
 * names of the cases of parameterised tests, read from the reports of the run. Tests against real peers do not count: not
 * everybody can run them.
 */
final class Proofs {

    private static final String TAG = "Lorg/junit/jupiter/api/Tag;";
    private static final String TAGS = "Lorg/junit/jupiter/api/Tags;";
    private static final Pattern CASE = Pattern.compile("<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"");
    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:SSP|CSPX|SIPX|CHAT)-\\d{2,3}\\b|\\btx:\\w+|\\bstatus:\\d{3}\\b|\\bIMPS-SSP-\\w+-S-\\d{3}\\b");

    private final Map<String, SortedSet<String>> tests = new TreeMap<>();

    private Proofs() {}

    /** Reads the class files and reports of all modules below {@code root}. */
    static Proofs below(Path root) throws IOException {
        Proofs proofs = new Proofs();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.sorted().toList()) {
                proofs.readClasses(module.resolve("target/test-classes"));
                proofs.readReports(module.resolve("target/surefire-reports"));
            }
        }
        return proofs;
    }

    /** The tests that name it, sorted; empty when there is none. */
    SortedSet<String> of(String requirement) {
        return tests.getOrDefault(requirement, new TreeSet<>());
    }

    /** All that is named by any test. */
    Set<String> named() {
        return tests.keySet();
    }

    private void readClasses(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                readClass(ClassFile.of().parse(file));
            }
        }
    }

    private void readClass(ClassModel type) {
        String internal = type.thisClass().asInternalName();
        String name = internal.substring(internal.lastIndexOf('/') + 1).replace('$', '.');
        Set<String> ofClass = tags(type);
        if (ofClass.contains("peers")) {
            return;
        }
        ofClass.forEach(tag -> add(tag, name));
        for (MethodModel method : type.methods()) {
            Set<String> ofMethod = tags(method);
            if (!ofMethod.contains("peers")) {
                ofMethod.forEach(
                        tag -> add(tag, name + "." + method.methodName().stringValue()));
            }
        }
    }

    private static Set<String> tags(AttributedElement element) {
        Set<String> tags = new HashSet<>();
        element.findAttribute(Attributes.runtimeVisibleAnnotations())
                .ifPresent(found -> found.annotations().forEach(annotation -> collect(annotation, tags)));
        return tags;
    }

    private static void collect(Annotation annotation, Set<String> tags) {
        List<AnnotationValue> values =
                annotation.elements().stream().map(AnnotationElement::value).toList();
        switch (annotation.className().stringValue()) {
            case TAG -> values.forEach(value -> tags.add(((AnnotationValue.OfString) value).stringValue()));
            case TAGS ->
                values.forEach(value -> ((AnnotationValue.OfArray) value)
                        .values()
                        .forEach(one -> collect(((AnnotationValue.OfAnnotation) one).annotation(), tags)));
            default -> {
                // not about tags
            }
        }
    }

    private void readReports(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml"))
                    .toList()) {
                Matcher cases = CASE.matcher(Files.readString(file));
                while (cases.find()) {
                    readCase(cases.group(1), cases.group(2));
                }
            }
        }
    }

    private void readCase(String name, String className) {
        Matcher named = NAMED.matcher(name);
        while (named.find()) {
            add(named.group(), className.substring(className.lastIndexOf('.') + 1));
        }
    }

    private void add(String requirement, String test) {
        tests.computeIfAbsent(requirement, id -> new TreeSet<>()).add(test);
    }
}
