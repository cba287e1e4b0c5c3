package io.quadric.linalg;

/// The transpose of a matrix as an operand of [Gemm]; no element is moved.
///
/// @param stored the matrix whose transpose this is
public record Transpose(Matrix stored) implements GemmOperand {
    @Override
    public int rows() {
        return stored.columns();
    }

    @Override
    public int columns() {
        return stored.rows();
    }

    @Override
    public boolean isTransposed() {
        return true;
    }
}
