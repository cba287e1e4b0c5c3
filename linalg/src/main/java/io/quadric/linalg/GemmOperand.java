package io.quadric.linalg;

/// A factor of a matrix product: a [Matrix] or its transpose, which is a view made by [Matrix#t()].
public sealed interface GemmOperand permits Matrix, Transpose {
    /// Rows of the operand as it enters the product.
    int rows();

    /// Columns of the operand as it enters the product.
    int columns();

    /// The stored matrix, whose transpose this operand may be.
    Matrix stored();

    /// Whether the operand is the transpose of [#stored()].
    boolean isTransposed();

    /// The element type.
    default Precision precision() {
        return stored().precision();
    }
}
