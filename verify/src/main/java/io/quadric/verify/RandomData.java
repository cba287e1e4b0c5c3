package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import io.quadric.nn.loss.SquaredError;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random parameters, inputs and targets of a reasonable scale, FLOAT64.
final class RandomData {
    private static final double LIGHTEST = 0.2;
    private static final double HEAVIEST = 3;

    private RandomData() {}

    static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /// Weights normal with variance 1 / fan-in, so that units see arguments near 1; biases, states and peepholes half
    /// of that; scales around 1.
    static Parameters parameters(ParameterLayout layout, RandomGenerator random) {
        Parameters parameters = Parameters.zeros(layout, Precision.FLOAT64);
        parameters.update(values -> {
            for (ParameterSlice slice : layout.slices()) {
                Matrix array = slice.matrixOf(values);
                switch (slice.spec().role()) {
                    case WEIGHT, RECURRENT -> Sampling.gaussian(0, 1 / Math.sqrt(slice.spec().fanIn()), random, array);
                    case BIAS, STATE, PEEPHOLE -> Sampling.gaussian(0, 0.5, random, array);
                    case SCALE -> Sampling.gaussian(1, 0.3, random, array);
                }
            }
        });
        return parameters;
    }

    /// Normal inputs; targets drawn from the loss's predictive distribution at outputs that are normal too, so that
    /// they are valid for the loss and not what the network says.
    static Batch batch(Model model, Parameters parameters, int cases, RandomGenerator random) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, cases, model.network().input().size());
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, cases, model.targets().size());
        Matrix outputs = Matrix.zeros(Precision.FLOAT64, cases, model.network().output().size());
        Sampling.gaussian(0, 1, random, outputs);
        try (Workspace ws = Workspace.serial()) {
            Matrix z = lossRows(outputs, model.network().output());
            model.loss().sample(z, random, lossRows(targets, model.targets()), ws);
        }
        return new Batch(inputs, targets);
    }

    /// The view in which every row has its own loss: a case, or a time step of a case.
    static Matrix lossRows(Matrix x, Shape shape) {
        return shape instanceof Shape.Sequence s ? x.reshape(x.rows() * s.length(), s.features()) : x;
    }

    static Vector direction(Precision precision, int size, RandomGenerator random) {
        Vector v = Vector.zeros(precision, size);
        Sampling.gaussian(0, 1, random, v.asRow());
        return v;
    }

    /// What the last layer of a network produces: shape and loss.
    static Matrix outputs(Network network, Vector values, Matrix inputs, Workspace ws) {
        Model model = new Model(network, new SquaredError());
        Matrix none = Matrix.zeros(Precision.FLOAT64, inputs.rows(), network.output().size());
        Parameters parameters = new Parameters(network.layout(), values);
        try (var at = Linearization.at(model, parameters, new Batch(inputs, none), ws)) {
            return at.outputs().copy();
        }
    }

    /// The subject with lengths, if its inputs are sequences.
    static Subject withLengths(Subject subject, RandomGenerator random) {
        if (!(subject.model().network().input() instanceof Shape.Sequence sequence)) {
            return subject;
        }
        Batch b = subject.batch();
        Lengths lengths = Lengths.of(random.ints(b.cases(), 1, sequence.length() + 1).toArray());
        return with(subject, new Batch(b.inputs(), b.targets(), lengths, b.weights()));
    }

    /// The subject with weights.
    static Subject withWeights(Subject subject, RandomGenerator random) {
        Batch b = subject.batch();
        Weights weights = Weights.of(random.doubles(b.cases(), LIGHTEST, HEAVIEST).toArray());
        return with(subject, new Batch(b.inputs(), b.targets(), b.lengths(), weights));
    }

    private static Subject with(Subject subject, Batch batch) {
        return new Subject(subject.name(), subject.model(), subject.parameters(), batch);
    }

    /// The subject with lengths and weights where another batch has some.
    static Subject like(Batch other, Subject subject, long seed) {
        RandomGenerator random = RandomData.generator(seed);
        Subject sequences = other.lengths().areFull() ? subject : withLengths(subject, random);
        return other.weights().areEqual() ? sequences : withWeights(sequences, random);
    }
}
