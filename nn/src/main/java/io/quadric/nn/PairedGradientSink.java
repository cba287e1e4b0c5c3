package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import java.util.ArrayList;
import java.util.List;

/// d ← d + scale · Σ over cases of a ∘ b, where a and b are the per-case gradients of two backward passes from
/// different cotangents at the same linearization: first the one that reports to [#record()], then the one that reports
/// to this sink.
final class PairedGradientSink implements Sink {
    private final Vector diagonal;
    private final double scale;
    private final List<Matrix> recorded = new ArrayList<>();
    private int next;

    /// @param diagonal d, a flat vector
    /// @param scale 1/N for a mean
    PairedGradientSink(Vector diagonal, double scale) {
        this.diagonal = diagonal;
        this.scale = scale;
    }

    /// The sink of the first pass.
    Sink record() {
        recorded.clear();
        next = 0;
        return new Sink() {
            @Override
            public void affine(AffineBlock block, Rows rows, Workspace ws) {
                recorded.add(rows.gradients().copy());
            }

            @Override
            public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
                recorded.add(gradients.copy());
            }
        };
    }

    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        Matrix first = recorded.get(next++);
        if (rows.positions() == 1) {
            productOfRows(block, rows, first, ws);
        } else {
            caseByCase(block, rows, first, ws);
        }
    }

    private void productOfRows(AffineBlock block, Rows rows, Matrix first, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix x = product(rows.inputs(), rows.inputs(), frame);
            Matrix y = product(first, rows.gradients(), frame);
            new Gemm(scale, 1).multiply(y.t(), x, block.weight().matrixOf(diagonal), ws);
            if (block.bias().isPresent()) {
                Elementwise.sumRows(scale, y, 1, block.bias().get().of(diagonal));
            }
        }
    }

    private void caseByCase(AffineBlock block, Rows rows, Matrix first, Workspace ws) {
        for (int n = 0; n < rows.cases().count(); n++) {
            int from = rows.cases().from(n);
            int to = rows.cases().to(n);
            Matrix x = rows.inputs().rows(from, to);
            addCase(block, x, first.rows(from, to), rows.gradients().rows(from, to), ws);
        }
    }

    private void addCase(AffineBlock block, Matrix x, Matrix one, Matrix other, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix a = frame.matrix(diagonal.precision(), block.outputs(), block.inputs());
            Matrix b = frame.matrix(diagonal.precision(), block.outputs(), block.inputs());
            Gemm.SET.multiply(one.t(), x, a, ws);
            Gemm.SET.multiply(other.t(), x, b, ws);
            new Hadamard(scale, 1).multiply(a, b, block.weight().matrixOf(diagonal), ws);
            if (block.bias().isPresent()) {
                Vector sumA = frame.vector(diagonal.precision(), block.outputs());
                Vector sumB = frame.vector(diagonal.precision(), block.outputs());
                Elementwise.sumRows(1, one, 0, sumA);
                Elementwise.sumRows(1, other, 0, sumB);
                Matrix bias = block.bias().get().of(diagonal).asRow();
                new Hadamard(scale, 1).multiply(sumA.asRow(), sumB.asRow(), bias, ws);
            }
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix y = product(recorded.get(next++), gradients, frame);
            Elementwise.sumRows(scale, y, 1, slice.of(diagonal));
        }
    }

    private static Matrix product(Matrix a, Matrix b, Workspace.Frame frame) {
        Matrix product = frame.matrix(a.precision(), a.rows(), a.columns());
        Hadamard.SET.multiply(a, b, product, frame.workspace());
        return product;
    }
}
