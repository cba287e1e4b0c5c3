package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Inputs;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.NamedLoss;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PredictionTest {
    static List<NamedLoss> losses() {
        return Registries.LOSSES.all();
    }

    private static Matrix predict(Subject subject, NormalizationStatistics statistics, Batch batch, Workspace ws) {
        Model model = subject.model();
        Matrix means = Matrix.zeros(batch.inputs().precision(), batch.cases(), model.targets().size());
        Inputs inputs = new Inputs(batch.inputs(), batch.lengths());
        model.predict(subject.parameters(), statistics, inputs, means, ws);
        batch.lengths().clear(means, model.targets());
        return means;
    }

    private static NormalizationStatistics statistics(Subject subject, Workspace ws) {
        return NormalizationStatistics.over(subject.model(), subject.parameters(), List.of(subject.batch()), ws);
    }

    /// A prediction is the loss's mean at the outputs of a linearization, and that of a case does not depend on others.
    @Test
    void aPredictionIsTheMeanAtTheOutputsAndEachCaseIsOnItsOwn() {
        try (Workspace ws = Workspace.serial()) {
            RandomNetworks.many(60, 11).forEach(subject -> {
                NormalizationStatistics statistics = statistics(subject, ws);
                Matrix all = predict(subject, statistics, subject.batch(), ws);
                assertArrayEquals(means(subject, statistics, ws).toArray(), all.flat().toArray(), subject.name());
                for (int i = 0; i < all.rows(); i++) {
                    Matrix one = predict(subject, statistics, subject.batch().rows(i, i + 1), ws);
                    assertArrayEquals(all.row(i).toArray(), one.row(0).toArray(), 1e-12 * Math.max(1, all.maxAbs()));
                }
            });
        }
    }

    private static Vector means(Subject subject, NormalizationStatistics statistics, Workspace ws) {
        Model model = subject.model();
        Batch batch = subject.batch();
        try (var at = Linearization.at(model, subject.parameters(), statistics, batch, ws)) {
            Matrix means = Matrix.zeros(Precision.FLOAT64, batch.cases(), model.targets().size());
            Shape shape = model.network().output();
            int steps = shape instanceof Shape.Sequence s ? s.length() : 1;
            int rows = steps * batch.cases();
            model.loss().mean(
                    at.outputs().reshape(rows, shape.size() / steps),
                    means.reshape(rows, model.targets().size() / steps), ws);
            batch.lengths().clear(means, model.targets());
            return means.flat();
        }
    }

    /// The mean of many drawn targets, up to five standard deviations of it.
    @ParameterizedTest
    @MethodSource("losses")
    void theMeanIsThatOfTheDraws(NamedLoss named) {
        Loss loss = named.loss();
        int draws = 20_000;
        Matrix z = Matrix.zeros(Precision.FLOAT64, draws, 3);
        for (int i = 0; i < draws; i++) {
            z.row(i).copyFrom(Vector.of(0.7, -1.2, 0.4));
        }
        int targets = loss.targets(new Shape.Features(3)).size();
        Matrix drawn = Matrix.zeros(Precision.FLOAT64, draws, targets);
        Matrix mean = Matrix.zeros(Precision.FLOAT64, draws, targets);
        try (Workspace ws = Workspace.serial()) {
            RandomGenerator random = RandomData.generator(3);
            loss.sample(z, random, drawn, ws);
            loss.mean(z, mean, ws);
        }
        for (int j = 0; j < targets; j++) {
            double sum = 0;
            for (int i = 0; i < draws; i++) {
                sum += drawn.get(i, j);
            }
            assertEquals(mean.get(0, j), sum / draws, 5 / Math.sqrt(draws), named.name());
        }
    }

    @Test
    void statisticsGoOutAndComeBack() {
        try (Workspace ws = Workspace.serial()) {
            RandomNetworks.many(40, 5).filter(subject -> subject.model().network().hasStatistics()).forEach(subject -> {
                NormalizationStatistics statistics = statistics(subject, ws);
                NormalizationStatistics again = NormalizationStatistics.of(statistics.values().copy());
                Batch batch = subject.batch();
                assertArrayEquals(predict(subject, statistics, batch, ws).toArray(),
                        predict(subject, again, batch, ws).toArray());
                assertThrows(IllegalArgumentException.class,
                        () -> predict(subject, NormalizationStatistics.OF_BATCH, batch, ws));
            });
        }
        assertThrows(IllegalArgumentException.class,
                () -> NormalizationStatistics.of(Vector.zeros(Precision.FLOAT32, 1)));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Subject subject = RandomNetworks.of(1);
        Network network = subject.model().network();
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, 2, network.input().size());
        Matrix outputs = Matrix.zeros(Precision.FLOAT64, 2, network.output().size() + 1);
        try (Workspace ws = Workspace.serial()) {
            NormalizationStatistics statistics = statistics(subject, ws);
            String message = assertThrows(IllegalArgumentException.class,
                    () -> network.apply(subject.parameters(), statistics, new Inputs(inputs), outputs, ws))
                    .getMessage();
            assertTrue(message.startsWith("inputs " + inputs + " and outputs " + outputs), message);
            Subject other = RandomNetworks.of(2);
            assertThrows(IllegalArgumentException.class, () -> network.apply(
                    other.parameters(), statistics, new Inputs(inputs), outputs, ws));
        }
    }
}
