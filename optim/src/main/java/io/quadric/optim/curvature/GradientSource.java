package io.quadric.optim.curvature;

import io.quadric.linalg.Matrix;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import java.util.List;
import java.util.random.RandomGenerator;

/// The backward passes whose gradients represent the curvature.
public enum GradientSource implements FactorSource {
    /// Targets drawn from the model's predictive distribution: an unbiased estimate of the Fisher matrix.
    SAMPLED,
    /// The expectation over that distribution, by back-propagating the columns of the loss Hessian's square root: KFLR
    /// (Botev et al. 2017, §3.4). Where layers normalise by the batch it is not the expectation: that takes a pass for
    /// each column and case, since every output depends on every case, and here a column is that of all cases at once.
    EXACT,
    /// The true targets: the empirical Fisher matrix.
    EMPIRICAL;

    @Override
    public void requireFor(Model model) {
        if (this == EXACT && !model.loss().isConvex()) {
            throw new IllegalArgumentException("the exact source needs a convex loss, got " + model.loss()
                    + ", whose Hessian has no real square root");
        }
        if (this == EXACT && model.network().output() instanceof Shape.Sequence s && s.length() > 1) {
            throw new IllegalArgumentException(
                    "the exact source needs one loss for each case, the network's output is " + s);
        }
    }

    /// Runs the backward passes.
    ///
    /// @param at the model at θ
    /// @param random draws the targets of [#SAMPLED]
    /// @param sink receives the reports of all passes
    /// @throws IllegalArgumentException if the model has no such gradients
    public void report(Linearization at, RandomGenerator random, Sink sink) {
        report(at, random, 1, List.of(sink));
    }

    /// Does the same with a sink for the first pass and another one for all further passes, since all report the same
    /// inputs.
    ///
    /// @param samples the number of draws
    /// @param sinks one for all passes, or two
    void report(Linearization at, RandomGenerator random, int samples, List<Sink> sinks) {
        requireFor(at.model());
        if (this == EXACT) {
            at.backwardHessianRoots(pass -> sink(pass, sinks));
            return;
        }
        Matrix outputs = at.outputs();
        try (var frame = at.workspace().open()) {
            Matrix dz = frame.matrix(outputs.precision(), outputs.rows(), outputs.columns());
            for (int pass = 0; pass < samples; pass++) {
                if (this == SAMPLED) {
                    at.sampledLossGradient(random, dz);
                } else {
                    at.lossGradient(dz);
                }
                at.backward(dz, sink(pass, sinks));
            }
        }
    }

    private static Sink sink(int pass, List<Sink> sinks) {
        return pass == 0 ? sinks.getFirst() : sinks.getLast();
    }
}
