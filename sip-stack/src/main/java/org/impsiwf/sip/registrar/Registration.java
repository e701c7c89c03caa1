package org.impsiwf.sip.registrar;

import java.util.List;

/** All bindings of one address-of-record; what is stored. */
public record Registration(List<Binding> bindings) {

    static final Registration NONE = new Registration(List.of());
}
