package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.NamedLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Small random networks with parameters, cases and a loss, each decided by its seed alone: all registered layers with
/// all their options, on features, sequences and images, all registered losses, with and without a penalty; some with
/// sequences of different lengths, some with weights of the cases.
public final class RandomNetworks {
    private static final int LARGEST = 6;
    private static final int MOST_LAYERS = 6;
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
        int cases = Math.max(random.nextInt(1, 9), network.hasStatistics() ? 2 : 1);
        String name = "seed " + seed + ": " + network + ", " + loss;
        Subject subject = Subject.random(name, model, cases, random.nextLong());
        try (Workspace ws = Workspace.serial()) {
            Kinks kinks = new Kinks(KINK_MARGIN, ws);
            for (int i = 0; i < REDRAWS && nearKink(subject, kinks); i++) {
                subject = Subject.random(name, model, cases, random.nextLong());
            }
            Subject sequences = random.nextBoolean() ? subject : RandomData.withLengths(subject, random);
            return random.nextInt(3) > 0 ? sequences : RandomData.withWeights(sequences, random);
        }
    }

    private static Loss loss(RandomGenerator random) {
        List<NamedLoss> all = Registries.LOSSES.all();
        return all.get(random.nextInt(all.size())).loss();
    }

    /// Some layers, many of them dense where there are features, as in most networks; what is left of an image is
    /// flattened; last a dense layer of a size that the loss takes.
    private static Network network(Loss loss, RandomGenerator random) {
        RandomLayers draw = new RandomLayers(random);
        Shape input = draw.input();
        List<Layer> layers = new ArrayList<>();
        Shape shape = input;
        for (int i = random.nextInt(MOST_LAYERS); i > 0; i--) {
            Layer layer = shape instanceof Shape.Features && random.nextBoolean() ? dense(random) : draw.on(shape);
            while (repeats(layers, layer, shape)) {
                layer = draw.on(shape);
            }
            layers.add(layer);
            shape = layer.output(shape);
        }
        if (shape instanceof Shape.Image) {
            layers.add(new FlattenLayer());
        }
        layers.add(last(loss, random));
        if (random.nextInt(4) == 0) {
            ElementaryFunction[] all = ElementaryFunction.values();
            layers.add(new Activation(all[random.nextInt(all.length)]));
        }
        return new Network(input, layers);
    }

    /// A second normalisation, for one, would hide what the first one does.
    private static boolean repeats(List<Layer> layers, Layer next, Shape shape) {
        return !layers.isEmpty() && next.getClass() == layers.getLast().getClass() && next.blocks(shape).isEmpty();
    }

    private static DenseLayer dense(RandomGenerator random) {
        return new DenseLayer(random.nextInt(1, LARGEST + 1), random.nextInt(4) > 0);
    }

    private static DenseLayer last(Loss loss, RandomGenerator random) {
        int[] sizes = IntStream.rangeClosed(1, LARGEST).filter(size -> takes(loss, size)).toArray();
        return new DenseLayer(sizes[random.nextInt(sizes.length)], random.nextInt(4) > 0);
    }

    private static boolean takes(Loss loss, int outputs) {
        try {
            return loss.targets(new Shape.Features(outputs)).size() > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether the derivative of some layer jumps so near that differences would step over it.
    private static boolean nearKink(Subject subject, Kinks kinks) {
        return kinks.near(
                subject.model().network(), subject.parameters().values(), subject.batch().inputs());
    }
}
