package io.quadric.optim.curvature;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.RowChunks;
import io.quadric.nn.layer.Sink;

/// Adds to Kronecker factors what a backward pass reports: A ← A + (w/N) X̄ᵀX̄ and G ← G + (w/(N T)) YᵀY, each case
/// with its weight and its own number T of positions.
///
/// @param factors the factors
/// @param observation w, and the number of passes among which that of G is shared
/// @param part which of them are wanted
record KroneckerSink(KroneckerFactors factors, KroneckerFactors.Observation observation, FactorMeans.Part part)
        implements Sink {
    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        if (part != FactorMeans.Part.OUTPUTS) {
            factors.inputAverage(block.index()).addInputs(observation.weight(), rows, ws);
        }
        if (part != FactorMeans.Part.INPUTS) {
            factors.outputAverage(block.index()).addGradients(outputWeight(), rows, ws);
        }
    }

    private double outputWeight() {
        return observation.weight() / observation.samples();
    }

    /// Sums over the chunks first, since they can only be left out all together.
    @Override
    public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        FactorAverage input = factors.inputAverage(block.index());
        FactorAverage output = factors.outputAverage(block.index());
        int inputs = part == FactorMeans.Part.OUTPUTS ? 0 : block.augmentedInputs();
        int outputs = part == FactorMeans.Part.INPUTS ? 0 : block.outputs();
        try (var frame = ws.open()) {
            Matrix a = frame.matrix(input.matrix().precision(), inputs, inputs).fill(0);
            Matrix g = frame.matrix(output.matrix().precision(), outputs, outputs).fill(0);
            rows.forEach(new Moments(rows.cases(), a, g)::addChunk, ws);
            int cases = rows.cases().count();
            if (part != FactorMeans.Part.OUTPUTS) {
                input.addMoments(observation.weight() / cases, a);
            }
            if (part != FactorMeans.Part.INPUTS) {
                output.addMoments(outputWeight() / cases / rows.cases().positions(), g);
            }
        }
    }

    /// Sums of products of columns; empty if they are not wanted.
    ///
    /// @param cases what the columns belong to
    /// @param a of inputs
    /// @param g of gradients
    private record Moments(CaseRows cases, Matrix a, Matrix g) {
        /// All cases of a chunk at once, or each with its weight.
        void addChunk(int first, Matrix x, Matrix y, Workspace ws) {
            int width = cases.areEqual() ? x.columns() : cases.positions();
            for (int from = 0; from < x.columns(); from += width) {
                double weight = cases.areEqual() ? 1 : cases.weight(first + from / width);
                add(weight, x.columns(from, from + width), a, ws);
                add(weight, y.columns(from, from + width), g, ws);
            }
        }

        private static void add(double scale, Matrix columns, Matrix sum, Workspace ws) {
            if (!sum.isEmpty()) {
                FactorAverage.addMoments(scale, 1, columns.t(), sum, ws);
            }
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        // parameters outside a weight-and-bias block have no Kronecker factors
    }
}
