package org.impsiwf;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Where a proof is compared with what it ought to be, the time must not tell how much of it was right. No clock of a test can see
 * that; which comparison is called, it can.
 */
class SecretComparisonTest {

    private static final Set<String> HASTY =
            Set.of("equals", "equalsIgnoreCase", "compareTo", "contentEquals", "mismatch");

    @ParameterizedTest
    @CsvSource({
        "org.impsiwf.ssp.session.DigestScheme, verifies",
        "org.impsiwf.ssp.elements.session.UserDigest, same",
        "org.impsiwf.sip.auth.Authenticator, equalInConstantTime",
        "org.impsiwf.sip.auth.Nonces, isFresh"
    })
    void proofsAreComparedInConstantTime(String type, String method) {
        JavaClass checked = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(type.substring(0, type.lastIndexOf('.')))
                .get(type);
        JavaMethod comparison = checked.getMethods().stream()
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow();

        assertThat(comparison.getMethodCallsFromSelf().stream()
                        .map(call -> call.getTargetOwner().getSimpleName() + '.' + call.getName())
                        .collect(toSet()))
                .contains("MessageDigest.isEqual");
        assertThat(comparison.getMethodCallsFromSelf().stream()
                        .map(JavaMethodCall::getName)
                        .collect(toSet()))
                .doesNotContainAnyElementsOf(HASTY);
    }

    /** Who lets somebody in asks one of those. */
    @ParameterizedTest
    @CsvSource({
        "org.impsiwf.ssp.session.Login, verifies",
        "org.impsiwf.ssp.elements.session.LoginRules, same",
        "org.impsiwf.sip.auth.Authenticator, equalInConstantTime"
    })
    void whoChecksAProofAsksForThat(String type, String comparison) {
        JavaClass asking = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(type.substring(0, type.lastIndexOf('.')))
                .get(type);

        assertThat(asking.getMethodCallsFromSelf().stream()
                        .map(JavaMethodCall::getName)
                        .collect(toSet()))
                .contains(comparison);
    }
}
