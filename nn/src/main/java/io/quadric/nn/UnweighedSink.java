package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.RowChunks;
import io.quadric.nn.layer.Sink;

/// Takes the weights of the cases out of what a backward pass of weighed cotangents reports to another sink.
///
/// @param inner receives reports of cotangents without weights
/// @param cases with their weights
record UnweighedSink(Sink inner, Cases cases) implements Sink {
    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix gradients = rows.cases().weighed(rows.gradients(), -1, frame);
            inner.affine(block, new Rows(rows.inputs(), gradients, rows.cases()), ws);
        }
    }

    @Override
    public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        try (var frame = ws.open()) {
            inner.affine(block, rows.weighed(-1, frame), ws);
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        try (var frame = ws.open()) {
            inner.direct(slice, cases.weighed(gradients, -1, frame), ws);
        }
    }

    @Override
    public boolean takesPartsOfCases() {
        return inner.takesPartsOfCases();
    }
}
