package io.quadric.engine.cases;

import io.quadric.linalg.Matrix;

/// What is made of the inputs of cases, each by itself.
public interface InputMap {
    /// {@return how many numbers come of a case}
    int width();

    /// Maps inputs.
    ///
    /// @param from a case in each row
    /// @param to as many rows of [#width] numbers, overwritten
    void apply(Matrix from, Matrix to);
}
