package io.quadric.verify;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.BinaryMixture;
import io.quadric.nn.loss.ConvexifiedLoss;
import io.quadric.nn.loss.ConvexifiedLoss.Remedy;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Small random networks with parameters, cases and a loss, each decided by its seed alone: dense layers with and
/// without bias, on features and on sequences, recurrent layers of both kinds and all options, layers of images,
/// normalisation, residual blocks, all activations, all losses, with and without a penalty.
public final class RandomNetworks {
    private static final int LARGEST = 6;
    private static final int LONGEST = 6;
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
        try (Workspace ws = Workspace.serial()) {
            Kinks kinks = new Kinks(KINK_MARGIN, ws);
            for (int i = 0; i < REDRAWS && nearKink(subject, kinks); i++) {
                subject = Subject.random(name, model, cases, random.nextLong());
            }
            return subject;
        }
    }

    private static Loss loss(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0, 1 -> new SquaredError();
            case 2, 3 -> new SigmoidCrossEntropy();
            case 4, 5 -> new SoftmaxCrossEntropy();
            case 6 -> new BinaryMixture();
            default -> new ConvexifiedLoss(new BinaryMixture(), remedy(random));
        };
    }

    private static Remedy remedy(RandomGenerator random) {
        return random.nextBoolean() ? Remedy.PROJECTION : Remedy.SHIFT;
    }

    private static Network network(Loss loss, RandomGenerator random) {
        Shape input = input(random);
        List<Layer> layers = new ArrayList<>();
        if (random.nextInt(6) == 0) {
            layers.add(RandomLayers.activation(random));
        }
        if (input instanceof Shape.Image image) {
            layers.addAll(RandomLayers.fromImage(image, random));
        }
        if (input instanceof Shape.Sequence) {
            addRecurrent(layers, random);
        }
        int hidden = random.nextInt(input instanceof Shape.Image ? 2 : 4);
        for (int i = 0; i < hidden; i++) {
            int units = size(random);
            layers.add(new DenseLayer(units, random.nextInt(4) > 0));
            between(units, layers, random);
            for (int k = random.nextInt(4); k < 3; k += 2) {
                layers.add(RandomLayers.activation(random));
            }
        }
        layers.add(new DenseLayer(loss instanceof BinaryMixture || loss instanceof ConvexifiedLoss ? 3 : size(random),
                random.nextInt(4) > 0));
        if (random.nextInt(4) == 0) {
            layers.add(RandomLayers.activation(random));
        }
        return new Network(input, layers);
    }

    private static Shape input(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> new Shape.Sequence(random.nextInt(1, LONGEST + 1), size(random));
            case 3, 4, 5 -> RandomLayers.image(random);
            default -> new Shape.Features(size(random));
        };
    }

    /// None, one or two recurrent layers, normalisation before some; the last of them may end the sequence.
    private static void addRecurrent(List<Layer> layers, RandomGenerator random) {
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(6) == 0) {
                layers.add(RandomLayers.normalization(random));
            }
            SequenceOutput output = i == count - 1 && random.nextBoolean() ? SequenceOutput.LAST : SequenceOutput.ALL;
            StateMemory memory = random.nextInt(3) == 0 ? StateMemory.CHECKPOINTS : StateMemory.ALL_STEPS;
            layers.add(
                    random.nextBoolean()
                            ? new LstmLayer(size(random), random.nextInt(3) > 0, output, memory)
                            : new RecurrentLayer(
                                    size(random),
                                    RandomLayers.activation(random).function(),
                                    random.nextInt(4) > 0,
                                    output,
                                    memory));
        }
    }

    private static void between(int units, List<Layer> layers, RandomGenerator random) {
        switch (random.nextInt(6)) {
            case 0 -> layers.add(RandomLayers.normalization(random));
            case 1 -> layers.add(RandomLayers.residual(units, random));
            default -> {
                // nothing
            }
        }
    }

    private static int size(RandomGenerator random) {
        return random.nextInt(1, LARGEST + 1);
    }

    /// Whether some unit stands so close to the kink of its activation that differences would step over it.
    private static boolean nearKink(Subject subject, Kinks kinks) {
        return kinks.near(
                subject.model().network(), subject.parameters().values(), subject.batch().inputs());
    }
}
