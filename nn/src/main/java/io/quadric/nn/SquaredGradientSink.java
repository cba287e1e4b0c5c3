package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// d ← d + scale · Σ over cases of the squared per-case gradient.
///
/// With one position per case the gradient of a weight is the outer product y xᵀ, and its square (y ∘ y)(x ∘ x)ᵀ, so
/// the sum is one matrix product of squares. With several positions the gradients of a case are summed first
/// (Martens & Sutskever 2012, §11.3).
///
/// @param diagonal d, a flat vector
/// @param scale 1/N for a mean
record SquaredGradientSink(Vector diagonal, double scale) implements Sink {
    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        if (rows.positions() == 1) {
            productOfSquares(block, rows, ws);
        } else {
            caseByCase(block, rows, ws);
        }
    }

    private void productOfSquares(AffineBlock block, Rows rows, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix x = squared(rows.inputs(), frame);
            Matrix y = squared(rows.gradients(), frame);
            new Gemm(scale, 1).multiply(y.t(), x, block.weight().matrixOf(diagonal), ws);
            if (block.bias().isPresent()) {
                Elementwise.sumRows(scale, y, 1, block.bias().get().of(diagonal));
            }
        }
    }

    private void caseByCase(AffineBlock block, Rows rows, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix weight = frame.matrix(diagonal.precision(), block.outputs(), block.inputs());
            Vector bias = frame.vector(diagonal.precision(), block.outputs());
            for (int n = 0; n < rows.cases(); n++) {
                int from = n * rows.positions();
                int to = from + rows.positions();
                Matrix y = rows.gradients().rows(from, to);
                Gemm.SET.multiply(y.t(), rows.inputs().rows(from, to), weight, ws);
                addSquare(weight, block.weight().matrixOf(diagonal), ws);
                if (block.bias().isPresent()) {
                    Elementwise.sumRows(1, y, 0, bias);
                    addSquare(bias.asRow(), block.bias().get().of(diagonal).asRow(), ws);
                }
            }
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        try (var frame = ws.open()) {
            Elementwise.sumRows(scale, squared(gradients, frame), 1, slice.of(diagonal));
        }
    }

    private static Matrix squared(Matrix x, Workspace.Frame frame) {
        Matrix square = frame.matrix(x.precision(), x.rows(), x.columns());
        Elementwise.multiply(1, new Pair(x, x), 0, square, frame.workspace());
        return square;
    }

    private void addSquare(Matrix x, Matrix sum, Workspace ws) {
        Elementwise.multiply(scale, new Pair(x, x), 1, sum, ws);
    }
}
