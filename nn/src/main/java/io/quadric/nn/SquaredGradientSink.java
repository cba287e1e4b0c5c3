package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.RowChunks;
import io.quadric.nn.layer.Sink;

/// d ← d + (1/N) Σ over cases of ρᵢ times the squared per-case gradient: the empirical Fisher diagonal (Martens &
/// Sutskever 2012, Algorithm 6), as the observer of a backward pass.
///
/// @param diagonal d, a flat vector of all parameters
/// @param cases N, and the weights ρᵢ
public record SquaredGradientSink(Vector diagonal, Cases cases) implements Sink {
    /// {@return the sink for the cases of a linearization}
    ///
    /// @param at the linearization whose pass is observed
    /// @param diagonal d
    public static SquaredGradientSink of(Linearization at, Vector diagonal) {
        return new SquaredGradientSink(diagonal, at.batchCases());
    }

    private double scale() {
        return 1.0 / cases.count();
    }

    /// A bias is a weight of an input that is always 1.
    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        rows.addSquaredGradients(scale(), block.weight().matrixOf(diagonal), ws);
        if (block.bias().isPresent()) {
            try (var frame = ws.open()) {
                Matrix ones = frame.matrix(diagonal.precision(), rows.inputs().rows(), 1).fill(1);
                Matrix bias = block.bias().get().of(diagonal).asMatrix(block.outputs(), 1);
                new Rows(ones, rows.gradients(), rows.cases()).addSquaredGradients(scale(), bias, ws);
            }
        }
    }

    @Override
    public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        rows.addSquaredGradients(scale(), block.weight().matrixOf(diagonal), ws);
        if (block.bias().isPresent()) {
            try (var frame = ws.open()) {
                direct(block.bias().get(), rows.sumsOfCases(frame), ws);
            }
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix square = frame.matrix(gradients.precision(), gradients.rows(), gradients.columns());
            Hadamard.SET.multiply(cases.weighed(gradients, 1, frame), gradients, square, ws);
            Elementwise.sumRows(scale(), square, 1, slice.of(diagonal));
        }
    }
}
