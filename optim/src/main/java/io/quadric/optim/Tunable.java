package io.quadric.optim;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a record component as a hyper-parameter: a number, a truth value, a text, a constant of an enum, or an
/// implementation of an interface. [HyperParameters] reads and replaces it by its key.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Tunable {
    /// {@return its name on command lines and in files, where it must differ from all others of the optimizer}; the
    /// component's own name if empty
    String key() default "";

    /// {@return what it is, in a few words, with its symbol}
    String value();

    /// {@return from which multiple of its value on a search looks for a better one}: that of a rate or a damping,
    /// whose best value depends on the problem; 1, as [#searchTo()], for what is left alone
    double searchFrom() default 1;

    /// {@return up to which multiple of its value a search looks for a better one}
    double searchTo() default 1;
}
