package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;

/// Where a parameter array lies in the flat vector of a network.
///
/// @param spec the array; its name is the full name, such as `2.weight`
/// @param offset the index of its first element
public record ParameterSlice(ParameterSpec spec, int offset) {
    /// {@return the full name}
    public String name() {
        return spec.name();
    }

    /// {@return the number of elements}
    public int size() {
        return spec.size();
    }

    /// {@return the part of a flat vector that belongs to this array}
    ///
    /// @param flat a flat vector of the whole network
    public Vector of(Vector flat) {
        return flat.slice(offset, offset + size());
    }

    /// {@return the part of a flat vector as a matrix}: the first axis down, all others across.
    ///
    /// @param flat a flat vector of the whole network
    public Matrix matrixOf(Vector flat) {
        int rows = spec.dimensions().getFirst();
        return of(flat).asMatrix(rows, size() / rows);
    }
}
