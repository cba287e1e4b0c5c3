package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.BinaryMixture;
import io.quadric.nn.loss.ConvexifiedLoss;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.registry.RecordType.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class LawsProperties {
    private static final int THREADS = 2;

    /// And so many that each law has subjects.
    @Example
    void everyRandomNetworkObeys() {
        LawReport report = Laws.check(Laws.all(), RandomNetworks.many(90, 3), 3, THREADS);
        assertTrue(report.holds(), report::toString);
        List<String> notMet = report.results().stream()
                .filter(r -> r.cases() < 5)
                .map(r -> r.law().name())
                .toList();
        assertEquals(List.of(), notMet);
        assertEquals(Laws.all().size(), report.results().stream()
                .map(r -> r.law().name())
                .distinct()
                .count());
    }

    @Example
    void everyRandomNetworkObeysInSinglePrecision() {
        Stream<Subject> subjects = RandomNetworks.many(36, 2).map(subject -> subject.in(Precision.FLOAT32));
        LawReport report = Laws.check(Laws.all(), subjects, 1, THREADS);
        assertTrue(report.holds(), report::toString);
    }

    /// The curvature of this network's loss is its Hessian but for one direction, which a block of parameters picks.
    @Example
    void aCurvatureThatDiffersInOneDirectionIsTheLosssOwn() {
        Network network = new Network(
                new Shape.Image(3, 5, 3),
                List.of(new PadChannelsLayer(4), new FlattenLayer(), new DenseLayer(3, true)));
        Loss loss = new ConvexifiedLoss(new BinaryMixture(), ConvexifiedLoss.Remedy.PROJECTION);
        Subject subject = Subject.random("", new Model(network, loss), 1, 4038971022459186335L).in(Precision.FLOAT32);
        LawReport report = Laws.check(subject, 1);
        assertTrue(report.holds(), report::toString);
    }

    @Example
    void theGeneratorNeverFails() {
        RandomNetworks.many(2_000, 1).forEach(subject -> assertTrue(subject.model().network().output().size() > 0));
    }

    @Example
    void theGeneratorReachesEverything() {
        List<Subject> subjects = RandomNetworks.many(400, 4).toList();
        Set<String> layers = subjects.stream()
                .flatMap(s -> s.model().network().layers().stream())
                .flatMap(LawsProperties::withInner)
                .flatMap(LawsProperties::choices)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(allChoices(), layers);
        assertEquals(Registries.LOSSES.all().size(), subjects.stream().map(s -> s.model().loss()).distinct().count());
        assertTrue(subjects.stream().anyMatch(s -> s.model().network().input() instanceof Shape.Sequence));
        assertTrue(subjects.stream().map(s -> s.model().network()).anyMatch(LawsProperties::normalisesSequences));
        assertTrue(subjects.stream().anyMatch(s -> s.model().l2() == 0));
        assertTrue(subjects.stream().anyMatch(s -> s.model().l2() > 0));
        assertTrue(subjects.stream().anyMatch(s -> !s.batch().lengths().areFull()));
        assertTrue(subjects.stream().anyMatch(s -> !s.batch().weights().areEqual()));
        assertTrue(subjects.stream().anyMatch(s -> s.batch().lengths().areFull() && s.batch().weights().areEqual()));
    }

    private static boolean normalisesSequences(Network network) {
        return IntStream.range(0, network.layers().size())
                .anyMatch(i -> network.layers().get(i) instanceof BatchNormalizationLayer
                        && network.shape(i) instanceof Shape.Sequence);
    }

    private static Stream<Layer> withInner(Layer layer) {
        return Stream.concat(Stream.of(layer), layer.paths().stream().flatMap(List::stream));
    }

    /// Every registered layer, with every value of an argument that has few.
    private static Set<String> allChoices() {
        Set<String> all = new TreeSet<>();
        for (LayerKind kind : Registries.LAYERS.all()) {
            all.add(kind.name());
            for (Field field : kind.type().fields()) {
                List<?> values = field.type() == boolean.class
                        ? List.of(true, false)
                        : field.type().isEnum() ? List.of(field.type().getEnumConstants()) : List.of();
                values.forEach(value -> all.add(kind.name() + " " + field.name() + " " + value));
            }
        }
        return all;
    }

    private static Stream<String> choices(Layer layer) {
        LayerKind kind = Registries.LAYERS.all().stream()
                .filter(one -> one.type().type().isInstance(layer))
                .findFirst()
                .orElseThrow();
        return Stream.concat(
                Stream.of(kind.name()),
                kind.type().fields().stream()
                        .filter(field -> field.type() == boolean.class || field.type().isEnum())
                        .map(field -> kind.name() + " " + field.name() + " " + field.of(layer)));
    }

    @Property(tries = 5, seed = "5", shrinking = ShrinkingMode.OFF)
    void aSeedDecidesEverything(@ForAll long seed) {
        Subject first = RandomNetworks.of(seed);
        Subject second = RandomNetworks.of(seed);
        assertEquals(first.name(), second.name());
        assertEquals(Laws.check(first, seed).toString(), Laws.check(second, seed).toString());
    }

    @Example
    void threadsDoNotChangeTheReport() {
        LawReport alone = Laws.check(Laws.all(), RandomNetworks.many(8, 6), 6, 1);
        LawReport together = Laws.check(Laws.all(), RandomNetworks.many(8, 6), 6, 3);
        assertEquals(alone.toString(), together.toString());
    }
}
