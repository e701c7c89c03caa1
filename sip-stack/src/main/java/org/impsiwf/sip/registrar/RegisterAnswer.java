package org.impsiwf.sip.registrar;

import java.util.List;
import org.impsiwf.sip.header.Header;

/** The response to a REGISTER: what it carries beyond the headers of every response. */
public record RegisterAnswer(int status, String reason, List<Header> headers) {

    static RegisterAnswer of(int status, String reason) {
        return new RegisterAnswer(status, reason, List.of());
    }
}
