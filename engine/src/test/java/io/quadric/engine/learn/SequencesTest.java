package io.quadric.engine.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.PreparedTable;
import io.quadric.engine.data.TableRules;
import io.quadric.engine.data.Task;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.Models;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.RowMapping;
import io.quadric.engine.table.SequenceRows;
import io.quadric.engine.table.SequenceTable;
import io.quadric.engine.table.Table;
import io.quadric.engine.train.NetworkPlan;
import io.quadric.engine.train.Stop;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Inputs;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesTest {
    /// Sequences of 1 to 6 rows; the target is whether their sum is positive.
    private static Table table(long seed, int sequences) {
        Random random = new Random(seed);
        List<double[]> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int k = 0; k < sequences; k++) {
            int length = 1 + random.nextInt(6);
            double[][] steps = random.doubles(length, -1, 1).mapToObj(x -> new double[]{x, 100})
                    .toArray(double[][]::new);
            double sum = 0;
            for (double[] step : steps) {
                sum += step[0];
                rows.add(step);
                names.add("s" + k);
                labels.add(sum > 0 ? "up" : "down");
            }
        }
        return Table.of(rows.toArray(double[][]::new))
                .with("series", ColumnRole.SEQUENCE, CategoricalColumn.of(names))
                .with("trend", ColumnRole.TARGET, CategoricalColumn.of(labels));
    }

    @Test
    void aSequenceIsACaseOfItsOwnLength() {
        Table table = table(1, 40);
        PreparedTable prepared = PreparedTable.of("t", table, TableRules.defaults(), Scaling.NONE);
        Dataset data = prepared.dataset(new Task.Given(), new Shape.Features(2), Precision.FLOAT64);
        assertEquals(new Shape.Sequence(6, 2), data.shape());
        assertEquals(32, data.train().cases());
        assertEquals(8, data.test().orElseThrow().cases());
        SequenceRows sequences = SequenceRows.of(prepared.train(), "series");
        for (int k = 0; k < sequences.count(); k++) {
            assertEquals(sequences.length(k), data.train().batch().lengths().at(k, 6));
            for (int t = 0; t < 6; t++) {
                double expected = t < sequences.length(k)
                        ? prepared.train().numeric("x1").get(sequences.start(k) + t)
                        : 0;
                assertEquals(expected, data.train().batch().inputs().get(k, 2 * t));
            }
            int last = sequences.last()[k];
            boolean up = prepared.train().column("trend").text(last).equals("up");
            assertEquals(up ? 1 : 0, data.train().batch().targets().get(k, 1));
        }
    }

    @Test
    void sequencesOfDifferentLengthsAreLearntAndKeptInAFile(@TempDir Path temp) {
        Table train = table(2, 300);
        TrainedModel model = Learner.defaults().withStop(StopRule.defaults().withEpochs(40)).fit(train);
        Table test = table(3, 100);
        var evaluation = (ModelEvaluation.Classes) ModelEvaluation.of(model, test);
        assertEquals(100, evaluation.cases());
        assertTrue(evaluation.predictions().accuracy() > 0.85, () -> "" + evaluation.predictions().accuracy());
        model.save(temp.resolve("m"));
        TrainedModel again = TrainedModel.load(temp.resolve("m"));
        assertArrayEquals(model.predict(test).toArray(), again.predict(test).toArray());
        SequenceRows sequences = SequenceRows.of(test, "series");
        Table one = test.select(sequences.rows(new int[]{7}));
        assertArrayEquals(model.predict(test).row(7).toArray(), model.predict(one).row(0).toArray(), 1e-6);
        assertThrows(IllegalStateException.class, () -> model.predict(1, 2));
    }

    @Test
    void whatIsNoSequenceIsNamed() {
        Table mixed = Table.of(new double[3][1])
                .with("s", ColumnRole.SEQUENCE, CategoricalColumn.of(List.of("a", "b", "a")))
                .withTargets(1, 2, 3);
        assertEquals(
                "row 3: the sequence 'a' of column 's' began before another one, expected the rows of each sequence "
                        + "one after the other",
                assertThrows(InputException.class, () -> Models.quick().fit(mixed)).getMessage());
        TrainedModel model = Models.quick().withNetwork(NetworkPlan.hidden(4)).fit(table(1, 20));
        Table longer = Table.of(new double[7][2]).with("series", ColumnRole.SEQUENCE, NumericColumn.of(new double[7]));
        assertEquals("sequence '0' has 7 rows, expected at most 6",
                assertThrows(InputException.class, () -> model.predict(longer)).getMessage());
        assertThrows(IllegalArgumentException.class, () -> SequenceTable.of(List.<double[][]>of(new double[0][1])));
        assertThrows(IllegalArgumentException.class,
                () -> SequenceTable.withTargets(List.<double[][]>of(new double[1][1]), 1, 2));
    }

    /// Layers whose parameters do not depend on the length take sequences longer than those of the training.
    @Test
    void sequencesLongerThanThoseOfTheTrainingArePredicted() {
        List<double[][]> sequences = List.of(
                new double[][]{{1}, {2}}, new double[][]{{3}}, new double[][]{{2}, {1}, {0}}, new double[][]{{0}});
        TrainedModel model = Models.quick().withRules(TableRules.defaults().withValidation(0))
                .fit(SequenceTable.withLabels(sequences, "a", "b", "a", "b"));
        double[][] steps = {{1}, {2}, {3}, {1}, {2}};
        Matrix both = model.predictProbabilities(SequenceTable.of(List.of(new double[][]{{3}}, steps)));
        Matrix alone = model.predict(SequenceTable.of(List.<double[][]>of(new double[][]{{3}})));
        assertArrayEquals(alone.row(0).toArray(), both.row(0).toArray(), 1e-6);
        double[] longer = both.row(1).toArray();
        assertEquals(1, longer[0] + longer[1], 1e-6);
        Network network = new Network(new Shape.Sequence(5, 1), model.model().network().layers());
        Model same = new Model(network, model.model().loss());
        Matrix inputs = Matrix.of(1, 5, new double[5]).copy(Precision.FLOAT32);
        for (int t = 0; t < 5; t++) {
            double[] encoded = new double[1];
            model.preparation().features().encode(steps[t], encoded);
            inputs.set(0, t, encoded[0]);
        }
        Matrix expected = Matrix.zeros(Precision.FLOAT32, 1, 2);
        try (Workspace ws = Workspace.serial()) {
            same.predict(model.parameters(), model.statistics(), new Inputs(inputs), expected, ws);
        }
        assertArrayEquals(expected.row(0).toArray(), longer, 1e-6);
    }

    private record Reading(String day, double value, double next) {}

    @Test
    void recordsMayBeTimeSteps() {
        RowMapping<Reading> mapping = RowMapping.<Reading>empty()
                .sequence("day", Reading::day)
                .numeric("value", Reading::value)
                .target("next", Reading::next);
        Table table = mapping.table(List.of(
                new Reading("mon", 1, 2), new Reading("mon", 2, 3), new Reading("tue", 5, 6),
                new Reading("wed", 1, 2)));
        TrainedModel model = Models.quick().withRules(TableRules.defaults().withValidation(0)).fit(table);
        assertEquals(3, model.predict(table).rows());
        assertEquals("day", model.preparation().sequence().orElseThrow());
    }

    /// A case that counts twice is as good as one that is there twice.
    @Test
    void weightsCountAsRepetitionsDo() {
        Table table = Models.table(1, 60, true);
        double[] weights = IntStream.range(0, 60).mapToDouble(i -> 1 + i % 2).toArray();
        int[] repeated = IntStream.range(0, 60).flatMap(i -> IntStream.range(0, 1 + i % 2).map(k -> i)).toArray();
        Table weighted = table.with("w", ColumnRole.WEIGHT, NumericColumn.of(weights));
        double one = loss(weighted);
        assertEquals(loss(table.select(repeated)), one, 1e-6);
        assertTrue(Math.abs(loss(table) - one) > 1e-4);
    }

    /// The mean loss of the first parameters, with the features as they are.
    private static double loss(Table table) {
        TableRules rules = TableRules.defaults().withValidation(0);
        Learner learner = Models.quick().withPrecision(Precision.FLOAT64).withStop(new StopRule(0, 1, 0));
        PreparedTable prepared = PreparedTable.of("t", table, rules, Scaling.NONE);
        PreparedTable unscaled = new PreparedTable("t", prepared.train(), prepared.validation(),
                Models.of(Models.table(1, 60, true), Precision.FLOAT64).preparation(), prepared.classWeights());
        return learner.fit(unscaled, List.of(), Stop.never()).evaluation().trainLoss();
    }
}
