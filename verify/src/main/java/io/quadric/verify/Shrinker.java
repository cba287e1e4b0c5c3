package io.quadric.verify;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Makes a subject that breaks a law smaller, as long as it breaks the law: fewer cases, of equal length and weight, no
/// penalty, fewer layers, smaller inputs, fewer units. Greedy: the first smaller one that fails is taken, until none is
/// left.
///
/// With another network come other random numbers, so a few draws are tried, away from kinks.
public final class Shrinker {
    private static final int DRAWS = 3;
    private static final double KINK_MARGIN = 1e-3;
    private static final int MOST_STEPS = 200;

    private final Predicate<Subject> fails;
    private final Kinks kinks;

    private Shrinker(Predicate<Subject> fails, Workspace ws) {
        this.fails = fails;
        this.kinks = new Kinks(KINK_MARGIN, ws);
    }

    /// {@return a small subject that breaks the law too}; the given one if there is no smaller one
    ///
    /// @param failing breaks the law
    /// @param law the law
    /// @param seed decides the random numbers of smaller subjects, and was given to the check
    public static Subject shrink(Subject failing, Law law, long seed) {
        return shrink(failing, subject -> !Laws.check(List.of(law), Stream.of(subject), seed).holds());
    }

    /// {@return a small subject that fails too}; the given one if there is no smaller one
    ///
    /// @param failing fails
    /// @param fails what failing means; a smaller subject that throws is taken not to fail
    public static Subject shrink(Subject failing, Predicate<Subject> fails) {
        try (Workspace ws = Workspace.serial()) {
            Shrinker shrinker = new Shrinker(fails, ws);
            Subject smallest = failing;
            for (int i = 0; i < MOST_STEPS; i++) {
                Optional<Subject> smaller = shrinker.step(smallest);
                if (smaller.isEmpty()) {
                    break;
                }
                smallest = smaller.get();
            }
            return smallest;
        }
    }

    private Optional<Subject> step(Subject subject) {
        Stream<Subject> sameNetwork = Stream.of(fewerCases(subject), plainCases(subject), withoutPenalty(subject))
                .flatMap(s -> s);
        Stream<Subject> others = networks(subject.model().network()).flatMap(network -> redrawn(subject, network));
        return Stream.concat(sameNetwork, others).filter(this::stillFails).findFirst();
    }

    private boolean stillFails(Subject subject) {
        try {
            return fails.test(subject);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Stream<Subject> fewerCases(Subject s) {
        int cases = s.batch().cases();
        int half = cases / 2;
        return Stream.of(new int[]{0, half}, new int[]{half, cases}, new int[]{0, cases - 1})
                .filter(range -> range[0] < range[1] && range[1] - range[0] < cases)
                .map(range -> s.batch().chosen(IntStream.range(range[0], range[1]).toArray()))
                .map(batch -> with(s, batch));
    }

    private static Subject with(Subject s, Batch batch) {
        return new Subject(name(s.model()), s.model(), s.parameters(), batch);
    }

    /// All lengths full, all weights equal.
    private static Stream<Subject> plainCases(Subject s) {
        Batch b = s.batch();
        return Stream.of(
                new Batch(b.inputs(), b.targets()),
                new Batch(b.inputs(), b.targets(), Lengths.FULL, b.weights()),
                new Batch(b.inputs(), b.targets(), b.lengths(), Weights.EQUAL))
                .filter(other -> !other.equals(b))
                .map(batch -> with(s, batch));
    }

    private static Stream<Subject> withoutPenalty(Subject s) {
        Model bare = new Model(s.model().network(), s.model().loss());
        return s.model().l2() == 0
                ? Stream.empty()
                : Stream.of(new Subject(name(bare), bare, s.parameters(), s.batch()));
    }

    private static String name(Model model) {
        return model.network() + ", " + model.loss();
    }

    /// The same loss on top of another network, if that is possible.
    private Stream<Subject> redrawn(Subject s, Network network) {
        Precision precision = s.parameters().values().precision();
        try {
            Model model = new Model(network, s.model().loss(), s.model().l2());
            return Stream.iterate(1L, seed -> seed + 1)
                    .limit(DRAWS)
                    .map(seed -> Subject.random(name(model), model, s.batch().cases(), seed))
                    .filter(drawn -> !kinks.near(
                            network, drawn.parameters().values(), drawn.batch().inputs()))
                    .map(drawn -> RandomData.like(s.batch(), drawn, drawn.batch().cases()))
                    .map(drawn -> drawn.in(precision));
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static Stream<Network> networks(Network network) {
        List<Network> smaller = new ArrayList<>();
        List<Layer> layers = network.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            add(smaller, network.input(), replaced(layers, i, List.of()));
        }
        for (int i = 0; i < layers.size(); i++) {
            for (List<Layer> other : SmallerLayers.of(layers.get(i))) {
                add(smaller, network.input(), replaced(layers, i, other));
            }
        }
        for (Shape input : SmallerLayers.shapes(network.input())) {
            add(smaller, input, layers);
        }
        return smaller.stream();
    }

    private static List<Layer> replaced(List<Layer> layers, int i, List<Layer> by) {
        List<Layer> all = new ArrayList<>(layers.subList(0, i));
        all.addAll(by);
        all.addAll(layers.subList(i + 1, layers.size()));
        return all;
    }

    private static void add(List<Network> networks, Shape input, List<Layer> layers) {
        try {
            networks.add(new Network(input, layers));
        } catch (IllegalArgumentException e) {
            // these layers do not fit together
        }
    }
}
