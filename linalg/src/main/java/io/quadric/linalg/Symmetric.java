package io.quadric.linalg;

import io.quadric.linalg.internal.product.SymmetricFill;

/// A symmetric matrix S of which one triangle is stored; the other one is not read.
///
/// @param matrix n × n, of which one triangle is read
/// @param stored which triangle
public record Symmetric(Matrix matrix, Stored stored) {
    /// Which elements of the matrix are read; both choices include the diagonal.
    public enum Stored {
        /// On and below the diagonal.
        LOWER,
        /// On and above the diagonal.
        UPPER
    }

    /// Checks that the matrix is square.
    ///
    /// @throws IllegalArgumentException if it is not
    public Symmetric {
        if (matrix.rows() != matrix.columns()) {
            throw new IllegalArgumentException("Symmetric: a square matrix expected, got " + matrix.shape());
        }
    }

    /// {@return S with its lower triangle stored}
    ///
    /// @param matrix n × n
    /// @throws IllegalArgumentException if it is not square
    public static Symmetric lower(Matrix matrix) {
        return new Symmetric(matrix, Stored.LOWER);
    }

    /// {@return S with its upper triangle stored}
    ///
    /// @param matrix n × n
    /// @throws IllegalArgumentException if it is not square
    public static Symmetric upper(Matrix matrix) {
        return new Symmetric(matrix, Stored.UPPER);
    }

    /// {@return n}
    public int order() {
        return matrix.rows();
    }

    /// {@return the element type}
    public Precision precision() {
        return matrix.precision();
    }

    /// Writes S with both triangles.
    ///
    /// @param out n × n, overwritten, not sharing elements with the matrix
    /// @param ws threads
    /// @throws IllegalArgumentException if shapes or precisions disagree, or `out` shares elements with the matrix
    public void full(Matrix out, Workspace ws) {
        Shapes.requireLike("full", matrix, out);
        Shapes.requireDisjoint("full", matrix, out);
        SymmetricFill.write(matrix, stored == Stored.LOWER, out, ws);
    }
}
