package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Activation;
import io.quadric.nn.BinaryMixture;
import io.quadric.nn.DenseLayer;
import io.quadric.nn.Layer;
import io.quadric.nn.Loss;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Shape;
import io.quadric.nn.SigmoidCrossEntropy;
import io.quadric.nn.SoftmaxCrossEntropy;
import io.quadric.nn.SquaredError;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Small random networks with parameters, cases and a loss, each decided by its seed alone: dense layers with and
/// without bias, on features and on sequences, all activations, all losses, with and without a penalty.
public final class RandomNetworks {
    private static final int LARGEST = 6;
    private static final double KINK_MARGIN = 1e-3;
    private static final int REDRAWS = 20;

    private RandomNetworks() {}

    /// {@return subjects 0 … count − 1 of a seed}, made one by one
    ///
    /// @param count how many
    /// @param seed decides all of them
    public static Stream<Subject> many(int count, long seed) {
        RandomGenerator seeds = RandomData.generator(seed);
        return LongStream.generate(seeds::nextLong).limit(count).mapToObj(RandomNetworks::of);
    }

    /// {@return the subject of a seed}
    ///
    /// @param seed decides everything
    public static Subject of(long seed) {
        RandomGenerator random = RandomData.generator(seed);
        Loss loss = loss(random);
        Network network = network(loss, random);
        double l2 = random.nextBoolean() ? 0 : random.nextDouble(0.001, 0.1);
        Model model = new Model(network, loss, l2);
        int cases = random.nextInt(1, 9);
        String name = "seed " + seed + ": " + network + ", " + loss;
        Subject subject = Subject.random(name, model, cases, random.nextLong());
        for (int i = 0; i < REDRAWS && nearKink(subject); i++) {
            subject = Subject.random(name, model, cases, random.nextLong());
        }
        return subject;
    }

    private static Loss loss(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> new SquaredError();
            case 1 -> new SigmoidCrossEntropy();
            case 2 -> new SoftmaxCrossEntropy();
            default -> new BinaryMixture();
        };
    }

    private static Network network(Loss loss, RandomGenerator random) {
        Shape input = random.nextInt(4) == 0
                ? new Shape.Sequence(random.nextInt(1, 5), size(random))
                : new Shape.Features(size(random));
        List<Layer> layers = new ArrayList<>();
        if (random.nextInt(6) == 0) {
            layers.add(activation(random));
        }
        int hidden = random.nextInt(4);
        for (int i = 0; i < hidden; i++) {
            layers.add(new DenseLayer(size(random), random.nextInt(4) > 0));
            for (int k = random.nextInt(4); k < 3; k += 2) {
                layers.add(activation(random));
            }
        }
        layers.add(new DenseLayer(loss instanceof BinaryMixture ? 3 : size(random), random.nextInt(4) > 0));
        if (random.nextInt(4) == 0) {
            layers.add(activation(random));
        }
        return new Network(input, layers);
    }

    private static int size(RandomGenerator random) {
        return random.nextInt(1, LARGEST + 1);
    }

    private static Activation activation(RandomGenerator random) {
        ElementaryFunction[] all = ElementaryFunction.values();
        return new Activation(all[random.nextInt(all.length)]);
    }

    /// Whether some unit stands so close to the kink of its activation that differences would step over it.
    private static boolean nearKink(Subject subject) {
        Network network = subject.model().network();
        for (int i = 0; i < network.layers().size(); i++) {
            if (network.layers().get(i) instanceof Activation(ElementaryFunction f)
                    && (f == ElementaryFunction.RELU || f == ElementaryFunction.LEAKY_RELU)
                    && closest(RandomData.before(i, network, subject.parameters(), subject.batch())) < KINK_MARGIN) {
                return true;
            }
        }
        return false;
    }

    /// A kinked function of a kinked one sees exact zeros, at which nothing happens within a step.
    private static double closest(Matrix x) {
        double closest = Double.POSITIVE_INFINITY;
        for (double value : x.flat().toArray()) {
            closest = value == 0 ? closest : Math.min(closest, Math.abs(value));
        }
        return closest;
    }
}
