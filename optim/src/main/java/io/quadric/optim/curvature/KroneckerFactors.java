package io.quadric.optim.curvature;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.KfraFactors;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Archive;
import io.quadric.optim.curvature.KroneckerSink.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The Kronecker factors of every [AffineBlock] of a network: A = (1/N) Σ ā āᵀ and G = (1/N) Σ g gᵀ, with ā = (a; 1)
/// and g the gradient of one case's loss with respect to the block's output. Over the positions of a case (in a
/// convolution, or time steps) A is a sum and G a mean (Ren 2022, (3.9) and Algorithm 12).
public final class KroneckerFactors {
    private final List<FactorAverage> inputFactors = new ArrayList<>();
    private final List<FactorAverage> outputFactors = new ArrayList<>();

    /// All zero.
    ///
    /// @param layout the network's blocks
    /// @param precision the element type
    public KroneckerFactors(ParameterLayout layout, Precision precision) {
        for (AffineBlock block : layout.blocks()) {
            inputFactors.add(new FactorAverage(precision, block.augmentedInputs()));
            outputFactors.add(new FactorAverage(precision, block.outputs()));
        }
    }

    /// The factor A of a block.
    ///
    /// @param block the index of the block
    /// @return (inputs + 1) × (inputs + 1), without the 1 for a block without bias
    public Matrix input(int block) {
        return inputFactors.get(block).matrix();
    }

    /// The factor G of a block.
    ///
    /// @param block the index of the block
    /// @return outputs × outputs
    public Matrix output(int block) {
        return outputFactors.get(block).matrix();
    }

    FactorAverage inputAverage(int block) {
        return inputFactors.get(block);
    }

    FactorAverage outputAverage(int block) {
        return outputFactors.get(block);
    }

    /// {@return the number of blocks}
    public int count() {
        return inputFactors.size();
    }

    /// Updates the averages: A ← β A + weight · A of the batch, and G likewise.
    ///
    /// @param observation β, where 0 forgets the old factors, and the weight of the batch
    /// @param at the model at θ, on the batch
    /// @param source where G comes from
    /// @param random draws the targets of [GradientSource#SAMPLED]
    /// @return the number of factors from which something was left out because it was not finite; a factor from which
    ///     everything was left out is unchanged
    /// @throws IllegalArgumentException for the exact source on a loss that is not convex, or on a sequence of losses,
    ///     where the square root couples time steps
    public int observe(Observation observation, Linearization at, FactorSource source, RandomGenerator random) {
        begin(observation.decay());
        switch (source) {
            case GradientSource gradients -> gradients.report(at, random, observation.samples(),
                    List.of(sink(Part.BOTH, observation), sink(Part.OUTPUTS, observation)));
            case FactorSource.Recursion recursion -> {
                GradientSource.EMPIRICAL.report(at, random, sink(Part.INPUTS, observation));
                addRecursion(at, observation);
            }
        }
        return end();
    }

    private void begin(double decay) {
        inputFactors.forEach(factor -> factor.begin(decay));
        outputFactors.forEach(factor -> factor.begin(decay));
    }

    private int end() {
        int leftOut = 0;
        for (int i = 0; i < count(); i++) {
            leftOut += inputAverage(i).end() ? 0 : 1;
            leftOut += outputAverage(i).end() ? 0 : 1;
        }
        return leftOut;
    }

    private KroneckerSink sink(Part part, Observation observation) {
        return new KroneckerSink(this, observation, part);
    }

    /// Begins an observation during the backward pass of a gradient, from which A comes, and for
    /// [GradientSource#EMPIRICAL] G too. [#finish] ends it; until then the factors are not to be used.
    ///
    /// @param observation as in [#observe]
    /// @param source where G comes from
    /// @return what listens to the pass
    public Sink begin(Observation observation, FactorSource source) {
        begin(observation.decay());
        return sink(source == GradientSource.EMPIRICAL ? Part.BOTH : Part.INPUTS, observation);
    }

    /// Ends an observation with what the gradient's pass has not told.
    ///
    /// @param observation the same as at its beginning
    /// @param at the model at θ, on the batch of the gradient
    /// @param source the same as at its beginning
    /// @param random draws the targets of [GradientSource#SAMPLED]
    /// @return the number of factors from which something was left out, as in [#observe]
    public int finish(Observation observation, Linearization at, FactorSource source, RandomGenerator random) {
        switch (source) {
            case GradientSource.EMPIRICAL -> {
                // the gradient's pass was the only one
            }
            case GradientSource gradients -> gradients.report(
                    at, random, observation.samples(), List.of(sink(Part.OUTPUTS, observation)));
            case FactorSource.Recursion recursion -> addRecursion(at, observation);
        }
        return end();
    }

    private void addRecursion(Linearization at, Observation observation) {
        List<Matrix> recursion = KfraFactors.outputFactors(at);
        for (int i = 0; i < count(); i++) {
            outputAverage(i).addMoments(observation.weight(), recursion.get(i));
        }
    }

    /// How a batch enters the averages.
    ///
    /// @param decay the factor on the old average
    /// @param weight the factor on the batch
    /// @param samples passes with drawn targets whose mean is G, for [GradientSource#SAMPLED]; otherwise 1
    public record Observation(double decay, double weight, int samples) {
        /// With at most one draw for each case.
        ///
        /// @param decay the factor on the old average
        /// @param weight the factor on the batch
        public Observation(double decay, double weight) {
            this(decay, weight, 1);
        }
    }

    /// Stores the factors, or reads them back.
    ///
    /// @param archive stores or reads what it is given
    /// @throws IllegalArgumentException if the archive has no such factors
    public void serialize(Archive archive) {
        for (int i = 0; i < count(); i++) {
            archive.array("input." + i, input(i));
            archive.array("output." + i, output(i));
        }
    }
}
