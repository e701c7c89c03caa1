package org.impsiwf.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.impsiwf.gateway.config.Secret;
import org.junit.jupiter.api.Test;

class LogSetupTest {

    private final LoggerContext context = new LoggerContext();

    private String line(Encoder<ILoggingEvent> encoder, String message, Object... arguments) {
        var event = new LoggingEvent(
                LogSetupTest.class.getName(),
                context.getLogger("org.impsiwf.Some"),
                Level.INFO,
                message,
                null,
                arguments);
        event.setMDCPropertyMap(Map.of("conversation", "C:alice|bob"));
        return new String(encoder.encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void textCarriesTheConversationAndStaysOnOneLine() {
        String line = line(LogLines.text(context), "refused {}", "evil\r\n2026 ERROR forged");

        assertThat(line)
                .contains("[C:alice|bob]")
                .contains("refused evil 2026 ERROR forged")
                .endsWith("\n");
        assertThat(line.lines()).hasSize(1);
    }

    @Test
    void jsonIsOneObjectPerLineWithTheConversation() throws Exception {
        String line = line(LogLines.json(context), "refused {}", "evil\r\n{}");
        JsonNode object = new JsonMapper().readTree(line);

        assertThat(line.lines()).hasSize(1);
        assertThat(object.path("conversation").asText()).isEqualTo("C:alice|bob");
        assertThat(object.path("message").asText()).isEqualTo("refused evil\r\n{}");
        assertThat(object.path("level").asText()).isEqualTo("INFO");
    }

    @Test
    void secretsPrintAsStarsWhereverTheyAreHeld() {
        record Holder(Optional<Secret> password) {}

        String line = line(
                LogLines.text(context), "{} {}", new Secret("hidden"), new Holder(Optional.of(new Secret("hidden"))));

        assertThat(line).doesNotContain("hidden").contains("***");
    }
}
