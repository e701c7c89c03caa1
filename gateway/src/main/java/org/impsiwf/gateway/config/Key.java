package org.impsiwf.gateway.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One key of the configuration. Its name is the record component's, {@code like-this}. An {@code Optional}, a list, a map
 * and a section may always be left out, anything else only if it has a default.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Key {

    /** Stands for "no default". */
    String NONE = "\0";

    /** What it means to an operator: the text of the reference. */
    String value();

    /** As it would be written in the file. */
    String byDefault() default NONE;

    /** The smallest value, as it would be written. */
    String min() default NONE;

    /** The largest value, as it would be written. */
    String max() default NONE;
}
