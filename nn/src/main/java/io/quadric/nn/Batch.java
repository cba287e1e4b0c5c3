package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import java.util.Optional;
import java.util.stream.IntStream;

/// N cases with their targets. Cases that are sequences may have different lengths, and a case may have a weight. A
/// case of weight 0 is left out as if it had not been given.
///
/// @param inputs one row per case
/// @param targets one row per case
/// @param lengths how many time steps each case has; what a row holds after them enters nothing
/// @param weights how much each case counts: every mean over the cases has them
public record Batch(Matrix inputs, Matrix targets, Lengths lengths, Weights weights) implements CaseSet {
    /// Checks the shapes, and leaves out cases of weight 0.
    ///
    /// @throws IllegalArgumentException if there is no case, if rows or precisions differ, or if there is another
    ///     number of lengths or weights
    public Batch {
        int cases = inputs.rows();
        if (cases != targets.rows() || cases == 0 || inputs.precision() != targets.precision()) {
            throw new IllegalArgumentException("inputs " + inputs + " and targets " + targets
                    + ": as many rows, at least one, of one precision expected");
        }
        lengths.requireCases(cases);
        int[] positive = weights.positive(cases);
        if (positive.length < cases) {
            boolean same = inputs == targets;
            inputs = gathered(inputs, positive);
            targets = same ? inputs : gathered(targets, positive);
            lengths = lengths.chosen(positive);
            weights = weights.chosen(positive);
        }
    }

    private static Matrix gathered(Matrix rows, int[] cases) {
        Matrix some = Matrix.zeros(rows.precision(), cases.length, rows.columns());
        Elementwise.gatherRows(rows, cases, some);
        return some;
    }

    /// Equal cases.
    ///
    /// @param inputs one row per case
    /// @param targets one row per case
    /// @throws IllegalArgumentException if there is no case, or rows or precisions differ
    public Batch(Matrix inputs, Matrix targets) {
        this(inputs, targets, Lengths.FULL, Weights.EQUAL);
    }

    @Override
    public int cases() {
        return inputs.rows();
    }

    /// {@return the sum of the weights}: N unless cases have weights of their own. Means over several batches weigh
    /// each one by it.
    @Override
    public double weight() {
        return weights.sum(cases());
    }

    @Override
    public Linearization at(Model model, Parameters parameters, Workspace ws) {
        return Linearization.at(model, parameters, this, ws);
    }

    @Override
    public Batch first(int cases) {
        return rows(0, cases);
    }

    @Override
    public Optional<String> notFinite(Model model, Workspace ws) {
        if (!isFinite(inputs, model.network().input(), ws)) {
            return Optional.of("inputs");
        }
        return isFinite(targets, model.targets(), ws) ? Optional.empty() : Optional.of("targets");
    }

    private boolean isFinite(Matrix rows, Shape shape, Workspace ws) {
        try (var frame = ws.open()) {
            return lengths.cleared(rows, shape, frame).isFinite();
        }
    }

    /// {@return copies of some of the cases}
    ///
    /// @param numbers which ones, from 0, in their order in the new batch
    public Batch chosen(int[] numbers) {
        Matrix x = gathered(inputs, numbers);
        Matrix t = targets == inputs ? x : gathered(targets, numbers);
        return new Batch(x, t, lengths.chosen(numbers), weights.chosen(numbers));
    }

    /// {@return some neighbouring cases, in views}
    ///
    /// @param from the first one
    /// @param to the one after the last
    public Batch rows(int from, int to) {
        int[] range = IntStream.range(from, to).toArray();
        Matrix x = inputs.rows(from, to);
        Matrix t = targets == inputs ? x : targets.rows(from, to);
        return new Batch(x, t, lengths.chosen(range), weights.chosen(range));
    }

    /// {@return the same cases in other matrices}, such as copies in another precision
    ///
    /// @param otherInputs one row per case
    /// @param otherTargets one row per case
    public Batch with(Matrix otherInputs, Matrix otherTargets) {
        return new Batch(otherInputs, otherTargets, lengths, weights);
    }
}
