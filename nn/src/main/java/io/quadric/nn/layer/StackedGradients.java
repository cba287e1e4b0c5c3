package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// Receives what a backward pass of k cotangents per case learns about the parameters, and sums it to k gradients. The
/// inputs of a block are the same for all of them, so that the k gradients of a small weight are one matrix product.
public final class StackedGradients {
    private final Matrix gradients;
    private final double scale;

    /// Creates a receiver that adds to the rows of a matrix.
    ///
    /// @param gradients one flat vector per row, accumulated
    /// @param scale 1/N for a mean
    public StackedGradients(Matrix gradients, double scale) {
        this.gradients = gradients;
        this.scale = scale;
    }

    /// {@return k, the number of cotangents of a case}
    public int directions() {
        return gradients.rows();
    }

    /// {@return the sink of one cotangent}
    ///
    /// @param d which one, from 0
    public Sink of(int d) {
        return new GradientSink(gradients.row(d), scale);
    }

    /// Adds Yᵀ X and the sums of the rows of Y, split by cotangents.
    ///
    /// @param block the block
    /// @param rows X, and in Y the k cotangents of a row of X one after another: k times the outputs of the block
    /// @param ws threads and scratch
    public void affine(AffineBlock block, Sink.Rows rows, Workspace ws) {
        Matrix y = rows.gradients();
        if (!TangentStacks.areWorthJoining(y.rows(), block.outputs())) {
            for (int d = 0; d < directions(); d++) {
                Matrix own = TangentStacks.of(d, directions(), y);
                of(d).affine(block, new Sink.Rows(rows.inputs(), own, rows.cases()), ws);
            }
            return;
        }
        try (var frame = ws.open()) {
            Matrix weights = frame.matrix(y.precision(), y.columns(), block.inputs());
            new Gemm(scale, 0).multiply(y.t(), rows.inputs(), weights, ws);
            add(block.weight(), weights);
            if (block.bias().isPresent()) {
                Vector sums = frame.vector(y.precision(), y.columns());
                Elementwise.sumRows(scale, y, 0, sums);
                add(block.bias().get(), sums.asRow());
            }
        }
    }

    /// The same for rows that are made on demand.
    ///
    /// @param block the block
    /// @param rows X, and in Y the k cotangents of a row of X one after another: k times the outputs of the block
    /// @param ws threads and scratch
    public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        int outputs = directions() * block.outputs();
        try (var frame = ws.open()) {
            Matrix weights = frame.matrix(gradients.precision(), outputs, block.inputs()).fill(0);
            Vector sums = frame.vector(gradients.precision(), outputs).fill(0);
            Vector part = frame.vector(gradients.precision(), outputs);
            rows.forEach(
                    (first, x, y, scratch) -> {
                        new Gemm(scale, 1).multiply(y, x.t(), weights, scratch);
                        Elementwise.rowSums(y, part);
                        sums.axpy(scale, part);
                    },
                    ws);
            add(block.weight(), weights);
            block.bias().ifPresent(bias -> add(bias, sums.asRow()));
        }
    }

    private void add(ParameterSlice slice, Matrix stacked) {
        Matrix part = gradients.columns(slice.offset(), slice.offset() + slice.size());
        part.axpby(1, stacked.reshape(directions(), slice.size()), 1);
    }
}
