package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// g ← g + scale · (the sum of the reported gradients)
///
/// @param gradient g, a flat vector
/// @param scale 1/N for a mean
public record GradientSink(Vector gradient, double scale) implements Sink {
    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        Matrix weights = block.weight().matrixOf(gradient);
        new Gemm(scale, 1).multiply(rows.gradients().t(), rows.inputs(), weights, ws);
        if (block.bias().isPresent()) {
            Elementwise.sumRows(scale, rows.gradients(), 1, block.bias().get().of(gradient));
        }
    }

    @Override
    public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        rows.addGradient(scale, block.weight().matrixOf(gradient), ws);
        if (block.bias().isPresent()) {
            try (var frame = ws.open()) {
                Elementwise.sumRows(scale, rows.sumsOfCases(frame), 1, block.bias().get().of(gradient));
            }
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        Elementwise.sumRows(scale, gradients, 1, slice.of(gradient));
    }

    @Override
    public boolean takesPartsOfCases() {
        return true;
    }
}
