package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Precision;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

class LawsProperties {
    @Provide
    Arbitrary<Subject> subjects() {
        return Arbitraries.longs().map(RandomNetworks::of);
    }

    @Property(tries = 150, seed = "1", shrinking = ShrinkingMode.OFF)
    void everyRandomNetworkObeys(@ForAll("subjects") Subject subject) {
        LawReport report = Laws.check(subject, 1);
        assertTrue(report.holds(), report::toString);
    }

    @Property(tries = 60, seed = "2", shrinking = ShrinkingMode.OFF)
    void everyRandomNetworkObeysInSinglePrecision(@ForAll("subjects") Subject subject) {
        LawReport report = Laws.check(subject.in(Precision.FLOAT32), 1);
        assertTrue(report.holds(), report::toString);
    }

    /// The curvature of this network's loss is its Hessian but for one direction, which a block of parameters picks.
    @Example
    void aCurvatureThatDiffersInOneDirectionIsTheLosssOwn() {
        Subject subject = RandomNetworks.of(4498766220086844779L).in(Precision.FLOAT32);
        LawReport report = Laws.check(subject, 1);
        assertTrue(report.holds(), report::toString);
    }

    @Example
    void everyLawIsMet() {
        LawReport report = Laws.check(RandomNetworks.many(60, 3), 3);
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
    void theGeneratorNeverFails() {
        RandomNetworks.many(5_000, 1).forEach(subject -> assertTrue(subject.model().network().output().size() > 0));
    }

    @Example
    void theGeneratorReachesEverything() {
        List<Subject> subjects = RandomNetworks.many(400, 4).toList();
        Set<String> layers = subjects.stream()
                .flatMap(s -> s.model().network().layers().stream())
                .flatMap(LawsProperties::withInner)
                .map(LawsProperties::kind)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(
                Set.of("AveragePoolingLayer", "BatchNormalizationLayer", "FlattenLayer", "GlobalAveragePoolingLayer",
                        "LEAKY_RELU", "LINEAR", "LOGISTIC", "MaxPoolingLayer", "PadChannelsLayer", "RELU",
                        "ResidualLayer", "SOFTPLUS", "TANH", "convolution false", "convolution true", "dense false",
                        "dense true", "lstm false ALL", "lstm false LAST", "lstm true ALL", "lstm true LAST",
                        "recurrent ALL", "recurrent LAST"),
                layers);
        assertEquals(6, subjects.stream().map(s -> s.model().loss()).distinct().count());
        assertTrue(subjects.stream().anyMatch(s -> s.model().network().input() instanceof Shape.Sequence));
        assertTrue(subjects.stream().map(s -> s.model().network()).anyMatch(LawsProperties::normalisesSequences));
        assertTrue(subjects.stream().anyMatch(s -> s.model().l2() == 0));
        assertTrue(subjects.stream().anyMatch(s -> s.model().l2() > 0));
    }

    private static boolean normalisesSequences(Network network) {
        return IntStream.range(0, network.layers().size())
                .anyMatch(i -> network.layers().get(i) instanceof BatchNormalizationLayer
                        && network.shape(i) instanceof Shape.Sequence);
    }

    private static Stream<Layer> withInner(Layer layer) {
        return layer instanceof ResidualLayer(List<Layer> body, List<Layer> shortcut)
                ? Stream.of(Stream.of(layer), body.stream(), shortcut.stream()).flatMap(s -> s)
                : Stream.of(layer);
    }

    private static String kind(Layer layer) {
        return switch (layer) {
            case DenseLayer d -> "dense " + d.bias();
            case Activation a -> a.function().name();
            case RecurrentLayer r -> "recurrent " + r.output();
            case LstmLayer l -> "lstm " + l.peepholes() + " " + l.output();
            case ConvolutionLayer c -> "convolution " + c.bias();
            default -> layer.getClass().getSimpleName();
        };
    }

    @Property(tries = 20, seed = "5", shrinking = ShrinkingMode.OFF)
    void aSeedDecidesEverything(@ForAll long seed) {
        Subject first = RandomNetworks.of(seed);
        Subject second = RandomNetworks.of(seed);
        assertEquals(first.name(), second.name());
        assertEquals(Laws.check(first, seed).toString(), Laws.check(second, seed).toString());
    }

    @Example
    void threadsDoNotChangeTheReport() {
        LawReport alone = Laws.check(Laws.all(), RandomNetworks.many(20, 6), 6, 1);
        LawReport together = Laws.check(Laws.all(), RandomNetworks.many(20, 6), 6, 3);
        assertEquals(alone.toString(), together.toString());
    }
}
