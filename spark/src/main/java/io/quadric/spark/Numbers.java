package io.quadric.spark;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.io.Serializable;

/// The numbers of a matrix in an array, to be sent.
///
/// @param rows the number of rows
/// @param columns the number of columns
/// @param floats the numbers row by row, empty for FLOAT64
/// @param doubles the numbers row by row, empty for FLOAT32
record Numbers(int rows, int columns, float[] floats, double[] doubles) implements Serializable {
    static Numbers of(Matrix matrix) {
        return of(matrix.copy().flat(), matrix.rows(), matrix.columns());
    }

    static Numbers of(Vector vector) {
        return of(vector, 1, vector.size());
    }

    private static Numbers of(Vector flat, int rows, int columns) {
        return flat.precision() == Precision.FLOAT32
                ? new Numbers(rows, columns, flat.toFloatArray(), new double[0])
                : new Numbers(rows, columns, new float[0], flat.toArray());
    }

    /// A view of FLOAT32 where there are floats, or where it is empty and the other form is empty too.
    Vector vector() {
        return floats.length > 0 ? Vector.of(floats) : Vector.of(doubles);
    }

    /// A view of the given precision, which an empty vector does not know.
    Vector vector(Precision precision) {
        return precision == Precision.FLOAT32 ? Vector.of(floats) : Vector.of(doubles);
    }

    Matrix matrix() {
        return vector().asMatrix(rows, columns);
    }
}
