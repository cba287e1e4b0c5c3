package io.quadric.optim.curvature;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.RowChunks;
import io.quadric.nn.layer.Sink;

/// Adds to Kronecker factors what a backward pass reports: A ← A + (w/N) X̄ᵀX̄ and G ← G + (w/(N T)) YᵀY.
///
/// @param factors the factors
/// @param weight w
/// @param part which of them are wanted
record KroneckerSink(KroneckerFactors factors, double weight, Part part) implements Sink {
    /// Which factors a pass adds to.
    enum Part {
        /// The factors A of the inputs.
        INPUTS,
        /// The factors G of the outputs' gradients.
        OUTPUTS,
        /// Both factors.
        BOTH
    }

    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        double scale = weight / rows.cases();
        if (part != Part.OUTPUTS) {
            factors.inputAverage(block.index()).add(scale, rows.inputs(), ws);
        }
        if (part != Part.INPUTS) {
            factors.outputAverage(block.index()).add(scale / rows.positions(), rows.gradients(), ws);
        }
    }

    /// Sums over the blocks first, since only all of them together can be left out.
    @Override
    public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        FactorAverage input = factors.inputAverage(block.index());
        FactorAverage output = factors.outputAverage(block.index());
        int inputs = part == Part.OUTPUTS ? 0 : block.augmentedInputs();
        int outputs = part == Part.INPUTS ? 0 : block.outputs();
        try (var frame = ws.open()) {
            Matrix a = frame.matrix(input.matrix().precision(), inputs, inputs).fill(0);
            Matrix g = frame.matrix(output.matrix().precision(), outputs, outputs).fill(0);
            rows.forEach((x, y, scratch) -> {
                if (!a.isEmpty()) {
                    FactorAverage.addMoments(1, 1, x.t(), a, scratch);
                }
                if (!g.isEmpty()) {
                    FactorAverage.addMoments(1, 1, y.t(), g, scratch);
                }
            }, ws);
            double scale = weight / rows.cases();
            if (part != Part.OUTPUTS) {
                input.addMoments(scale, a);
            }
            if (part != Part.INPUTS) {
                output.addMoments(scale / rows.positions(), g);
            }
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        // parameters outside a weight-and-bias block have no Kronecker factors
    }
}
