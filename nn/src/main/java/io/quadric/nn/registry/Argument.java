package io.quadric.nn.registry;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What the type of a record component does not say about it as an argument in a file or on a command line. A component
/// without the annotation is an argument of its own name that must be given.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Argument {
    /// {@return the name of the argument}; that of the component if empty
    String name() default "";

    /// {@return the value of the argument where it is left out, as text}, `[]` for an empty list; empty if the argument
    /// must be given
    String otherwise() default "";
}
