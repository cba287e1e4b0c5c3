package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// Where a parameter array lies in the flat vector of a network.
///
/// @param spec the array; its name is the full name, such as `2.weight`
/// @param offset the index of its first element
public record ParameterSlice(ParameterSpec spec, int offset) {
    /// The full name.
    public String name() {
        return spec.name();
    }

    /// The number of elements.
    public int size() {
        return spec.size();
    }

    /// The part of a flat vector that belongs to this array.
    public Vector of(Vector flat) {
        return flat.slice(offset, offset + size());
    }

    /// The part of a flat vector as a matrix: the first axis down, all others across.
    public Matrix matrixOf(Vector flat) {
        int rows = spec.dimensions().getFirst();
        return of(flat).asMatrix(rows, size() / rows);
    }
}
