package io.quadric.optim.curvature;

import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Sink;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// The Kronecker factors A and G of all blocks as means over the cases, one after another: A of a block, then G. A
/// factor from which something would be left out is NaN.
///
/// @param source where G comes from
/// @param samples passes with drawn targets
/// @param part which factors there are
public record FactorMeans(GradientSource source, int samples, Part part)
        implements Objective.Mean, Objective.Listener {
    /// The factors A alone, from the passes of the true targets.
    public static final FactorMeans INPUTS = new FactorMeans(GradientSource.EMPIRICAL, 1, Part.INPUTS);

    /// Some of the factors.
    public enum Part {
        /// The factors A of the inputs.
        INPUTS,
        /// The factors G of the outputs' gradients.
        OUTPUTS,
        /// Both factors.
        BOTH
    }

    @Override
    public int size(Model model) {
        int size = 0;
        for (AffineBlock block : model.network().layout().blocks()) {
            size += part == Part.OUTPUTS ? 0 : block.augmentedInputs() * block.augmentedInputs();
            size += part == Part.INPUTS ? 0 : block.outputs() * block.outputs();
        }
        return size;
    }

    @Override
    public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
        var observation = new KroneckerFactors.Observation(1, 1, samples);
        KroneckerFactors factors = new KroneckerFactors(at.parameters().layout(), part, mean.fill(0));
        source.report(at, random, samples, List.of(
                new KroneckerSink(factors, observation, part),
                new KroneckerSink(factors, observation, part == Part.BOTH ? Part.OUTPUTS : part)));
        factors.endOrSpoil();
        return 0;
    }

    @Override
    public void listen(Linearization at, Vector mean, Consumer<Sink> pass) {
        KroneckerFactors factors = new KroneckerFactors(at.parameters().layout(), part, mean.fill(0));
        pass.accept(new KroneckerSink(factors, new KroneckerFactors.Observation(1, 1), part));
        factors.endOrSpoil();
    }
}
