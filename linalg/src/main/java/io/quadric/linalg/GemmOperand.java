package io.quadric.linalg;

/// A factor of a matrix product: a [Matrix] or its transpose, which is a view made by [Matrix#t()].
public sealed interface GemmOperand permits Matrix, Transpose {
    /// {@return rows of the operand as it enters the product}
    int rows();

    /// {@return columns of the operand as it enters the product}
    int columns();

    /// {@return the stored matrix, whose transpose this operand may be}
    Matrix stored();

    /// {@return whether the operand is the transpose of [#stored()]}
    boolean isTransposed();

    /// {@return the element type}
    default Precision precision() {
        return stored().precision();
    }
}
