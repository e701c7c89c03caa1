package org.impsiwf.ssp.primitives;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Who sends this primitive, in the roles of the transaction it belongs to (SSP 6.1.1). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface From {
    Role[] value();
}
