package io.quadric.linalg.operator;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.kernel.Sharing;

/// A [#rows()] × [#columns()] matrix A, known by its products with vectors.
public interface LinearOperator {
    /// {@return the number of elements of a product Ax}
    int rows();

    /// {@return the number of elements of an argument x}
    int columns();

    /// {@return the element type of arguments and products}
    Precision precision();

    /// y ← A x
    ///
    /// @param x [#columns()] elements
    /// @param y [#rows()] elements, overwritten, not sharing elements with x or with what the operator holds
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a size or a precision disagrees, or y shares elements with x
    void apply(Vector x, Vector y, Workspace ws);

    /// Row i of y ← A times row i of x, for all i: one row after the other, unless the operator can do several at once
    /// for less.
    ///
    /// @param x [#columns()] elements in each row
    /// @param y as many rows of [#rows()] elements, overwritten, not sharing elements with x or with
    ///     what the operator holds
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a size or a precision disagrees, or y shares elements with x
    default void applyRows(Matrix x, Matrix y, Workspace ws) {
        checkRows(x, y);
        for (int i = 0; i < x.rows(); i++) {
            apply(x.row(i), y.row(i), ws);
        }
    }

    /// {@return A as a new dense matrix, computed by one product for each column}
    ///
    /// @param ws threads and scratch
    default Matrix toDense(Workspace ws) {
        Matrix dense = Matrix.zeros(precision(), rows(), columns());
        Vector unit = Vector.zeros(precision(), columns());
        Vector column = Vector.zeros(precision(), rows());
        for (int j = 0; j < columns(); j++) {
            unit.set(j, 1);
            apply(unit, column, ws);
            unit.set(j, 0);
            dense.columns(j, j + 1).copyFrom(column.asMatrix(rows(), 1));
        }
        return dense;
    }

    /// Checks the arguments of [#apply].
    ///
    /// @param x [#columns()] elements
    /// @param y [#rows()] elements
    /// @throws IllegalArgumentException if a size or a precision disagrees, or y shares elements with x
    default void check(Vector x, Vector y) {
        if (x.size() != columns() || y.size() != rows()) {
            throw new IllegalArgumentException("a " + rows() + " × " + columns() + " operator cannot take " + x.size()
                    + " elements to " + y.size());
        }
        if (x.precision() != precision() || y.precision() != precision()) {
            throw new IllegalArgumentException("a " + precision() + " operator cannot take " + x.precision() + " to "
                    + y.precision());
        }
        Sharing.requireDisjoint("apply", x.asRow(), y.asRow());
    }

    /// Checks the arguments of [#applyRows].
    ///
    /// @param x [#columns()] elements in each row
    /// @param y as many rows of [#rows()] elements
    /// @throws IllegalArgumentException if a size or a precision disagrees, or y shares elements with x
    default void checkRows(Matrix x, Matrix y) {
        if (x.rows() != y.rows()) {
            throw new IllegalArgumentException("products of " + x.rows() + " rows do not fit into " + y.rows());
        }
        if (x.rows() > 0) {
            check(x.row(0), y.row(0));
        }
        Sharing.requireDisjoint("applyRows", x, y);
    }
}
