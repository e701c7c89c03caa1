package org.impsiwf.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in the section {@code services} of a domain's configuration. */
class ServicesConfigTest {

    private static List<String> problems(String text) {
        ConfigException thrown = catchThrowableOfType(
                ConfigException.class, () -> Config.parse(DomainConfig.class, "domain.yaml", text, Path.of("")));
        assertThat(thrown).as("mistakes in: " + text).isNotNull();
        return thrown.getMessage().lines().toList();
    }

    @Test
    void everyMistakeIsToldWithItsLineAndWhatWasMeant() {
        assertThat(problems("""
                        services:
                          groups:
                            most-per-usr: 3
                          messages:
                            quota: 0
                            validity: a week
                          maps:
                            url: "http://maps.example.com/?q={latitude}"
                        """))
                .containsExactly(
                        "domain.yaml:3: services.groups: unknown key \"most-per-usr\"; did you mean \"most-per-user\"?",
                        "domain.yaml:5: services.messages.quota: is less than 1",
                        "domain.yaml:6: services.messages.validity: \"a week\" is not a duration such as 500ms, 30s, 10m, 1h or 2d",
                        "domain.yaml:8: services.maps.url: \"http://maps.example.com/?q={latitude}\" is not a URL with"
                                + " {latitude} and {longitude}, such as"
                                + " http://maps.example.com/?q={latitude},{longitude}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search: { page-size: 200 }                  | search.page-size: is more than most-per-page",
                "messages: { validity: 31d }                 | messages.validity: is more than longest-validity",
                "messages: { retry-min: 5m }                 | messages.retry-min: is more than retry-max",
                "invitations: { longest-validity: 1h }       | invitations.validity: is more than longest-validity",
                "groups: { most-known: 9000 }                | groups.most-joined: is more than most-known",
                "maps: { widths: [ 0 ] }                     | maps.widths[0]: is less than 1"
            })
    void whatContradictsItselfIsRefused(String section, String problem) {
        assertThat(problems("services:\n  " + section)).containsExactly("domain.yaml:2: services." + problem);
    }

    @Test
    void picturesNeedAWidthAndOneUrlEach() {
        assertThat(problems("""
                        services:
                          maps:
                            pictures:
                              - { type: image/png, url: "http://m.example/{latitude},{longitude}?w={width}" }
                              - { type: image/png, url: "http://n.example/{latitude},{longitude}?w={width}" }
                        """))
                .hasSize(2)
                .anyMatch(line -> line.endsWith("services.maps.pictures: needs widths"))
                .anyMatch(line -> line.contains("image/png is there already"));
    }
}
