package org.impsiwf.gateway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoTest {

    @Test
    void everyStepHappensAndTheLadderShowsBothSides() throws Exception {
        StringWriter printed = new StringWriter();
        boolean happened = Demo.play(new PrintWriter(printed));
        assertThat(happened).as(printed.toString()).isTrue();
        assertThat(printed.toString())
                .contains("INVITE sip:bob@imps.example.com", "SEND", "SendMessageRequest", "DeliveryStatusReport")
                .contains("ExtendConversationRequest", "InviteUserRequest", "JoinGroupRequest", "GroupChangeNotice");
    }
}
