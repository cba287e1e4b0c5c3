package io.quadric.verify;

import java.util.OptionalDouble;

/// Something that must hold for every correct model.
///
/// @param name a short name, such as `jvp-vjp-adjoint`
/// @param statement the formula
/// @param bound how large the error may be
/// @param check measures the error
public record Law(String name, String statement, Bound bound, Check check) {
    /// Measures a law.
    @FunctionalInterface
    public interface Check {
        /// {@return the error, relative to the numbers that take part}; empty if the law does not apply to this subject
        ///
        /// @param probe the subject at its point
        OptionalDouble error(Probe probe);
    }
}
