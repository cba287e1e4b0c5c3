package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// Passes every report on to two sinks.
///
/// @param first receives it first
/// @param second receives it next
record TeeSink(Sink first, Sink second) implements Sink {
    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        first.affine(block, rows, ws);
        second.affine(block, rows, ws);
    }

    @Override
    public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        first.affine(block, rows, ws);
        second.affine(block, rows, ws);
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        first.direct(slice, gradients, ws);
        second.direct(slice, gradients, ws);
    }

    @Override
    public boolean takesPartsOfCases() {
        return first.takesPartsOfCases() && second.takesPartsOfCases();
    }
}
