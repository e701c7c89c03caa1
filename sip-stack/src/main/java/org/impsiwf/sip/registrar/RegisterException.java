package org.impsiwf.sip.registrar;

/** A REGISTER that is refused as a whole (RFC 3261 §10.3: all bindings change or none). */
final class RegisterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient RegisterAnswer answer;

    RegisterException(RegisterAnswer answer) {
        super(answer.status() + " " + answer.reason());
        this.answer = answer;
    }

    RegisterException(int status, String reason) {
        this(RegisterAnswer.of(status, reason));
    }

    RegisterAnswer answer() {
        return answer;
    }
}
