package org.impsiwf.ssp.codec;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.impsiwf.ssp.primitives.Added;
import org.impsiwf.ssp.primitives.Catalogue;
import org.impsiwf.ssp.primitives.Conditional;
import org.impsiwf.ssp.primitives.From;
import org.impsiwf.ssp.primitives.Mandatory;
import org.impsiwf.ssp.primitives.MetaInformation;
import org.impsiwf.ssp.primitives.Section;
import org.impsiwf.ssp.primitives.Use;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records against the document's tables. Neither is made from the other, so that a slip on either side shows. */
class SchemaTest {

    /** Where we read a table differently, and why. */
    private static final Map<String, String> OTHER_REQUIREMENT = Map.of(
            "GetAcceptedContentTypesResponse.Meta-Information", "C", // D-09: printed instead of a Status
            "GetPublicProfileResponse.Meta-Information", "C", // D-09, E-30: printed beside a Status
            "UserLoginRequest.Supported-Digest-Schema", "C");

    static Stream<Class<?>> records() {
        return Stream.concat(Stream.of(MetaInformation.class), Catalogue.primitives().stream());
    }

    private static String documentName(Class<?> type) {
        return type == MetaInformation.class ? "Meta-Information" : type.getSimpleName();
    }

    /** SSP 12.1.1: it stays in the home domain. */
    @Test
    @Tag("SSP-237")
    void noPrimitiveHasAPlaceForASessionCookie() {
        assertThat(Shapes.all())
                .flatExtracting(RecordShape::slots)
                .hasSizeGreaterThan(500)
                .noneMatch(slot -> slot.name().toLowerCase(Locale.ROOT).contains("cookie"));
    }

    @Test
    void everyPrimitiveOfTheDocumentIsARecordAndTheOtherWayRound() {
        assertThat(records().map(SchemaTest::documentName))
                .containsExactlyInAnyOrderElementsOf(
                        SpecData.tables().stream().map(SpecData.Table::name).toList())
                .hasSize(116);
    }

    @ParameterizedTest
    @MethodSource("records")
    void hasTheElementsOfItsTableUnderTheirNamesInTheirOrder(Class<?> type) {
        List<String> expected = SpecData.table(documentName(type)).rows().stream()
                .map(row -> Names.plain(row.name()))
                .toList();
        assertThat(components(type).map(component -> component.getName().toLowerCase(Locale.ROOT)))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("records")
    void itsTypesSayMandatoryOptionalAndConditionalAsTheTableDoes(Class<?> type) {
        SpecData.Table table = SpecData.table(documentName(type));
        assertThat(components(type).map(SchemaTest::requirement))
                .containsExactlyElementsOf(table.rows().stream()
                        .map(row -> OTHER_REQUIREMENT.getOrDefault(
                                table.name() + "." + row.name(),
                                row.requirement().substring(0, 1)))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("records")
    void namesItsSection(Class<?> type) {
        assertThat(type.getAnnotation(Section.class).value())
                .isEqualTo(SpecData.table(documentName(type)).section());
    }

    @Test
    void everyPrimitiveSaysWhoSendsItAndWhatItIs() {
        for (Class<?> type : Catalogue.primitives()) {
            SpecData.Table table = SpecData.table(documentName(type));
            assertThat(names(type.getAnnotation(From.class).value()))
                    .describedAs("who sends %s", type.getSimpleName())
                    .isEqualTo(table.from());
            assertThat(names(type.getAnnotation(Use.class).value()))
                    .describedAs("what %s is", type.getSimpleName())
                    .isEqualTo(table.kinds().stream()
                            .map(kind -> kind.replace("-", ""))
                            .collect(toSet()));
        }
    }

    @Test
    void anElementThatTheTableLacksSaysWhyItIsThere() {
        for (Class<?> type : Catalogue.primitives()) {
            for (RecordComponent component : type.getRecordComponents()) {
                Added added = component.getAnnotation(Added.class);
                assertThat(added == null || !added.value().isBlank())
                        .describedAs("%s", component)
                        .isTrue();
            }
        }
    }

    private static Set<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(constant -> constant.name().replace("_", "").toLowerCase(Locale.ROOT))
                .collect(toSet());
    }

    private static Stream<RecordComponent> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> !component.isAnnotationPresent(Added.class));
    }

    private static String requirement(RecordComponent component) {
        if (component.isAnnotationPresent(Conditional.class)) {
            return "C";
        }
        return switch (SlotType.of(component).cardinality()) {
            case ONE -> "M";
            case OPTIONAL -> "O";
            case LIST -> component.isAnnotationPresent(Mandatory.class) ? "M" : "O";
        };
    }
}
