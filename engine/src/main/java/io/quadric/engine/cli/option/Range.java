package io.quadric.engine.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The numbers that an option takes, which are finite. Every option that is a number says so, and the command line
/// checks what was given before the command begins.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Range {
    /// {@return the least number}
    double from();

    /// {@return the largest number}; the largest of the option's type if infinite
    double to() default Double.POSITIVE_INFINITY;

    /// {@return whether neither end is within the range}
    boolean open() default false;
}
