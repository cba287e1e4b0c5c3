package io.quadric.nn.layer;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SquaredError;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// A channel that a batch has only once cannot be normalised by that batch.
class BatchNormalizationTest {
    private static final Layer NORM = new BatchNormalizationLayer(1e-5);

    @AutoClose
    private final Workspace ws = Workspace.serial();

    private static Model model(Shape input, Layer... layers) {
        return new Model(new Network(input, List.of(layers)), new SquaredError());
    }

    private static Batch batch(Model model, int cases, Lengths lengths) {
        Matrix x = Matrix.zeros(Precision.FLOAT64, cases, model.network().input().size());
        Sampling.gaussian(0, 1, new Random(1), x);
        Matrix t = Matrix.zeros(Precision.FLOAT64, cases, model.network().output().size());
        return new Batch(x, t, lengths, Weights.EQUAL);
    }

    private static Parameters parameters(Model model) {
        return model.network().initialize(Initializer.glorot(), Precision.FLOAT64, new Random(2));
    }

    private double largestOutput(Model model, NormalizationStatistics statistics, Batch batch) {
        try (var at = Linearization.at(model, parameters(model), statistics, batch, ws)) {
            return at.outputs().flat().maxAbs();
        }
    }

    private void assertRefused(String layer, Model model, Batch batch) {
        String message = assertThrows(IllegalArgumentException.class,
                () -> largestOutput(model, NormalizationStatistics.OF_BATCH, batch)).getMessage();
        assertTrue(message.startsWith(layer + ": batch-norm") && message.contains("at least 2"), message);
    }

    @Test
    void oneCaseWithOnePlaceIsRefusedByTheNameOfTheLayer() {
        Model dense = model(new Shape.Features(3), new DenseLayer(4, true), NORM);
        assertRefused("layer 1", dense, batch(dense, 1, Lengths.FULL));
        Model nested = model(new Shape.Features(3), new ResidualLayer(List.of(NORM), List.of()));
        assertRefused("layer 0: body.0", nested, batch(nested, 1, Lengths.FULL));
        Model sequence = model(new Shape.Sequence(3, 2), NORM);
        assertRefused("layer 0", sequence, batch(sequence, 1, Lengths.of(1)));
    }

    @Test
    void twoCasesOrTwoPlacesAreNot() {
        Model dense = model(new Shape.Features(3), NORM);
        assertTrue(largestOutput(dense, NormalizationStatistics.OF_BATCH, batch(dense, 2, Lengths.FULL)) > 0.1);
        Model image = model(new Shape.Image(2, 2, 2), NORM);
        assertTrue(largestOutput(image, NormalizationStatistics.OF_BATCH, batch(image, 1, Lengths.FULL)) > 0.1);
        Model sequence = model(new Shape.Sequence(3, 2), NORM);
        assertTrue(largestOutput(sequence, NormalizationStatistics.OF_BATCH, batch(sequence, 1, Lengths.of(2))) > 0.1);
    }

    @Test
    void givenStatisticsServeForOneCase() {
        Model dense = model(new Shape.Features(3), NORM);
        NormalizationStatistics given = NormalizationStatistics.over(
                dense, parameters(dense), List.of(batch(dense, 5, Lengths.FULL)), ws);
        assertTrue(largestOutput(dense, given, batch(dense, 1, Lengths.FULL)) > 0.1);
    }
}
