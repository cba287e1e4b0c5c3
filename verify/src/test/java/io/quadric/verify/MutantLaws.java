package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Window;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Whether all laws hold of the library that this class is loaded with: of every layer, of every loss behind a few
/// layers, and of some random networks. In the short form those with the changed class, if there are some, are all.
public final class MutantLaws implements BooleanSupplier {
    private static final boolean LONG = Boolean.getBoolean("quadric.torture");

    /// How many random networks; a mutant that survives the layers and losses has met all of them.
    private static final int NETWORKS = Integer.getInteger("quadric.mutants.networks", LONG ? 300 : 1);

    private final String changed;

    /// @param changed the full name of the class that is changed, or of one that uses it; layers and losses of this
    ///     class come first, then those of its package
    public MutantLaws(String changed) {
        this.changed = changed;
    }

    @Override
    public boolean getAsBoolean() {
        List<Subject> single = Stream.concat(layers(), losses())
                .sorted(Comparator.comparing(this::isInPackage).thenComparing(this::isChanged).reversed()).toList();
        List<Subject> own = single.stream().filter(this::isChanged).toList();
        return Stream.concat((LONG || own.isEmpty() ? single : own).stream(), RandomNetworks.many(NETWORKS, 1))
                .allMatch(Obedience::of);
    }

    private boolean isChanged(Subject subject) {
        return parts(subject).anyMatch(part -> part.getName().equals(changed));
    }

    private boolean isInPackage(Subject subject) {
        return parts(subject).anyMatch(part -> changed.startsWith(part.getPackageName() + "."));
    }

    private static Stream<Class<?>> parts(Subject subject) {
        Model model = subject.model();
        return Stream.concat(model.network().layers().stream(), Stream.of(model.loss())).map(Object::getClass);
    }

    private static Stream<Subject> losses() {
        return PlantedFaultsTest.losses().flatMap(loss -> Stream.of(1, 2).map(seed -> chain(loss, seed)));
    }

    private static Subject chain(Loss loss, long seed) {
        List<Layer> layers = List.of(
                new DenseLayer(4, true), new Activation(ElementaryFunction.TANH), new DenseLayer(3, true));
        return Subject.random("", new Model(new Network(new Shape.Features(4), layers), loss, 0.01), 6, seed);
    }

    private static Stream<Subject> layers() {
        Stream<Subject> whole = PlantedFaultsTest.layersWithInputs().flatMap(row -> ((List<?>) row.get()[1]).stream()
                .flatMap(input -> ofLayer((Layer) row.get()[0], (Shape) input)));
        return LONG
                ? Stream.concat(whole, Stream.of(normalizedSequences(), manyPatches(), logisticUnits(),
                        elementwiseAtABranch()))
                        .flatMap(MutantLaws::withLengthsAndWeights)
                : whole;
    }

    /// Between others, and as the first one, which no tangents reach.
    private static Stream<Subject> ofLayer(Layer layer, Shape input) {
        Network first = new Network(input, List.of(layer, new ScaleLayer()));
        Stream<Subject> between = Stream.of(Subject.ofLayer(layer, input, 1));
        return LONG
                ? Stream.concat(between, Stream.of(
                        Subject.random("first " + layer, new Model(first, new SquaredError(), 0.01), 5, 1)))
                : between;
    }

    private static Subject normalizedSequences() {
        return Subject.ofLayer(new BatchNormalizationLayer(0.2), new Shape.Sequence(4, 3), 1);
    }

    /// Along several directions at once, no tangents reach it.
    private static Subject elementwiseAtABranch() {
        List<Layer> layers = List.of(
                new ResidualLayer(List.of(PlantedFaultsTest.SINE, new DenseLayer(4, true)), List.of()),
                new DenseLayer(2, true));
        return Subject.random("", new Model(new Network(new Shape.Features(4), layers), new SquaredError(), 0.01), 6,
                1);
    }

    /// The only units of which structural damping has cross-entropies.
    private static Subject logisticUnits() {
        Layer layer = new RecurrentLayer(3, ElementaryFunction.LOGISTIC, SequenceOutput.ALL);
        return Subject.ofLayer(layer, new Shape.Sequence(4, 3), 1);
    }

    /// More patches than a convolution reports in one chunk.
    private static Subject manyPatches() {
        List<Layer> layers = List.of(new ConvolutionLayer(1, new Window(5, 5, 1, 2), true),
                new Activation(ElementaryFunction.TANH), new GlobalAveragePoolingLayer(), new DenseLayer(2, true));
        return Subject.random(
                "", new Model(new Network(new Shape.Image(4, 24, 24), layers), new SquaredError(), 0.01), 24, 1);
    }

    private static Stream<Subject> withLengthsAndWeights(Subject subject) {
        if (!(subject.model().network().input() instanceof Shape.Sequence)) {
            return Stream.of(subject);
        }
        RandomGenerator random = RandomData.generator(1);
        return Stream.of(
                subject, RandomData.withWeights(RandomData.withLengths(subject, random), random));
    }
}
