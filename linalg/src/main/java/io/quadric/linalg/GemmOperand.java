package io.quadric.linalg;

/// A factor of a matrix product: a [Matrix] or its transpose, which is a view made by [Matrix#t()].
public sealed interface GemmOperand permits Matrix, Transpose {
    /// {@return the number of rows of the operand as it takes part in the product}
    int rows();

    /// {@return the number of columns of the operand as it takes part in the product}
    int columns();

    /// {@return the stored matrix: the operand or its transpose}
    Matrix stored();

    /// {@return whether the operand is the transpose of [#stored()]}
    boolean isTransposed();

    /// {@return the element type}
    default Precision precision() {
        return stored().precision();
    }
}
