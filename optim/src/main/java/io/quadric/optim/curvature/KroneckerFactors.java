package io.quadric.optim.curvature;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Draws;
import io.quadric.nn.KfraFactors;
import io.quadric.nn.Linearization;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Archive;
import io.quadric.optim.curvature.FactorMeans.Part;
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

    /// Those of a chunk, in a vector of [FactorMeans#size]; what is not wanted is empty.
    ///
    /// @param flat the factors one after another
    KroneckerFactors(ParameterLayout layout, Part part, Vector flat) {
        int from = 0;
        for (AffineBlock block : layout.blocks()) {
            int inputs = part == Part.OUTPUTS ? 0 : block.augmentedInputs();
            int outputs = part == Part.INPUTS ? 0 : block.outputs();
            inputFactors.add(new FactorAverage(square(flat, from, inputs)));
            from += inputs * inputs;
            outputFactors.add(new FactorAverage(square(flat, from, outputs)));
            from += outputs * outputs;
        }
    }

    private static Matrix square(Vector flat, int from, int order) {
        return flat.slice(from, from + order * order).asMatrix(order, order);
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

    /// Does the same where the cases may be in chunks.
    ///
    /// @param observation β, where 0 forgets the old factors, and the weight of the batch
    /// @param at the objective at θ
    /// @param source where G comes from
    /// @param draws the targets of [GradientSource#SAMPLED]
    /// @return the number of factors from which something was left out
    /// @throws IllegalArgumentException as the other one does, and for KFRA on chunks
    public int observe(Observation observation, Objective at, FactorSource source, Draws draws) {
        if (at instanceof Linearization whole) {
            return observe(observation, whole, source, draws.whole());
        }
        begin(observation.decay());
        addMeans(observation, at, new FactorMeans(source.divisible(), observation.samples(), Part.BOTH), draws);
        return end();
    }

    /// Adds means that were made in chunks.
    private void addMeans(Observation observation, Objective at, FactorMeans quantity, Draws draws) {
        try (var frame = at.workspace().open()) {
            Vector theta = at.parameters().values();
            Vector means = frame.vector(theta.precision(), quantity.size(at.model()));
            at.mean(quantity, theta.slice(0, 0), draws, means);
            addMeans(observation.weight(), at.parameters().layout(), quantity.part(), means);
        }
    }

    private void addMeans(double weight, ParameterLayout layout, Part part, Vector means) {
        KroneckerFactors all = new KroneckerFactors(layout, part, means);
        for (int i = 0; i < count(); i++) {
            if (part != Part.OUTPUTS) {
                inputAverage(i).addMoments(weight, all.input(i));
            }
            if (part != Part.INPUTS) {
                outputAverage(i).addMoments(weight, all.output(i));
            }
        }
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

    /// Ends an observation; what something was left out from becomes NaN.
    void endOrSpoil() {
        for (int i = 0; i < count(); i++) {
            if (!inputAverage(i).end()) {
                input(i).fill(Double.NaN);
            }
            if (!outputAverage(i).end()) {
                output(i).fill(Double.NaN);
            }
        }
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
    public Objective.Observer begin(Observation observation, FactorSource source) {
        begin(observation.decay());
        Part part = source == GradientSource.EMPIRICAL ? Part.BOTH : Part.INPUTS;
        return new Objective.Observer() {
            @Override
            public Sink sink() {
                return KroneckerFactors.this.sink(part, observation);
            }

            @Override
            public Objective.Listener listener() {
                return new FactorMeans(GradientSource.EMPIRICAL, 1, part);
            }

            @Override
            public void take(Objective at, Vector means) {
                addMeans(observation.weight(), at.parameters().layout(), part, means);
            }
        };
    }

    /// Ends an observation with what the gradient's pass has not told.
    ///
    /// @param observation the same as at its beginning
    /// @param at the objective at θ, on the batch of the gradient
    /// @param source the same as at its beginning
    /// @param draws the targets of [GradientSource#SAMPLED]
    /// @return the number of factors from which something was left out, as in [#observe]
    /// @throws IllegalArgumentException for KFRA on chunks
    public int finish(Observation observation, Objective at, FactorSource source, Draws draws) {
        if (source == GradientSource.EMPIRICAL) {
            return end();
        }
        if (!(at instanceof Linearization whole)) {
            addMeans(observation, at,
                    new FactorMeans(source.divisible(), observation.samples(), Part.OUTPUTS), draws);
            return end();
        }
        switch (source) {
            case GradientSource gradients -> gradients.report(
                    whole, draws.whole(), observation.samples(), List.of(sink(Part.OUTPUTS, observation)));
            case FactorSource.Recursion recursion -> addRecursion(whole, observation);
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
