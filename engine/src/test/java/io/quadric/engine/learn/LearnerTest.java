package io.quadric.engine.learn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.data.PreparedTable;
import io.quadric.engine.data.TableRules;
import io.quadric.engine.metric.NumberPredictions;
import io.quadric.engine.model.ModelEvaluation;
import io.quadric.engine.model.Models;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.TargetKind;
import io.quadric.engine.split.Fold;
import io.quadric.engine.table.Table;
import io.quadric.engine.train.Cancellation;
import io.quadric.engine.train.NetworkPlan;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.Stop;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Lu;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearnerTest {
    /// Features of different sizes and a target that is linear in them up to noise.
    private record Linear(double[][] x, double[] y) {
        static Linear of(long seed, int rows, double noise) {
            Random random = new Random(seed);
            double[][] x = new double[rows][6];
            double[] y = new double[rows];
            for (int i = 0; i < rows; i++) {
                y[i] = 50 + noise * random.nextGaussian();
                for (int j = 0; j < 6; j++) {
                    x[i][j] = 10 * j + (j + 1) * random.nextGaussian();
                    y[i] += (j - 2.2) * x[i][j];
                }
            }
            return new Linear(x, y);
        }

        Linear part(int from, int to) {
            return new Linear(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to));
        }

        Table table() {
            return Table.of(x).withTargets(y);
        }

        private Matrix design() {
            Matrix a = Matrix.zeros(Precision.FLOAT64, x.length, 7).fill(1);
            a.columns(0, 6).copyFrom(Matrix.of(x));
            return a;
        }

        /// Predictions for other rows by the normal equations.
        double[] leastSquares(Linear other) {
            try (Workspace ws = Workspace.serial()) {
                Matrix a = design();
                Matrix normal = Matrix.zeros(Precision.FLOAT64, 7, 7);
                Matrix w = Matrix.zeros(Precision.FLOAT64, 7, 1);
                Gemm.SET.multiply(a.t(), a, normal, ws);
                Gemm.SET.multiply(a.t(), Matrix.of(y.length, 1, y), w, ws);
                ((Lu.Outcome.Factored) Lu.factor(normal, ws)).lu().solve(w, ws);
                Matrix predicted = Matrix.zeros(Precision.FLOAT64, other.y.length, 1);
                Gemm.SET.multiply(other.design(), w, predicted, ws);
                return predicted.flat().toArray();
            }
        }
    }

    /// Where the truth is linear, R² on other rows is that of least squares up to 0.02.
    @Test
    void aLinearTruthIsFoundAsLeastSquaresFindsIt() {
        for (int rows : new int[]{100, 1000}) {
            Linear all = Linear.of(rows, rows + 500, 3);
            Linear train = all.part(0, rows);
            Linear test = all.part(rows, rows + 500);
            TrainedModel model = Learner.defaults().fit(train.table());
            double ours = new NumberPredictions(Models.column(model.predict(test.table()), 0), test.y()).r2();
            double theirs = new NumberPredictions(train.leastSquares(test), test.y()).r2();
            assertTrue(ours > theirs - 0.02, rows + " rows: R² " + ours + ", least squares " + theirs);
        }
    }

    /// In FLOAT32 these numbers are all the same.
    @Test
    void numbersFarFromZeroKeepTheirDifferences() {
        Linear linear = Linear.of(300, 300, 4);
        double[] y = Arrays.stream(linear.y()).map(number -> 1e9 + number).toArray();
        Table table = Table.of(linear.x()).withTargets(y);
        TrainedModel model = Learner.defaults().fit(table);
        double r2 = new NumberPredictions(Models.column(model.predict(table), 0), y).r2();
        assertTrue(r2 > 0.9, "R² " + r2);
        var evaluation = (ModelEvaluation.Numbers) ModelEvaluation.of(model, table);
        assertEquals(r2, evaluation.predictions().values().iterator().next().r2(), 1e-3);
    }

    @Test
    void classesAreLearntAndTheFiguresDoNotDependOnTheThreads() {
        Table table = Models.table(5, 400, true);
        TrainedModel one = Learner.defaults().withThreads(1).fit(table);
        TrainedModel two = Learner.defaults().withThreads(2).fit(table);
        assertArrayEquals(one.predict(table).toArray(), two.predict(table).toArray());
        Table others = Models.table(6, 300, true);
        var evaluation = (ModelEvaluation.Classes) ModelEvaluation.of(one, others);
        assertTrue(evaluation.predictions().accuracy() > 0.9, () -> "accuracy " + evaluation.predictions().accuracy());
        assertTrue(one.provenance().figures().containsKey("validationError"));
        assertEquals("quadric", one.provenance().recipe());
        assertEquals(64, one.provenance().fingerprint().length());
    }

    /// The model has the parameters of the evaluation with the lowest validation loss, also if later ones are worse.
    @Test
    void theBestParametersAreKept() {
        Linear data = Linear.of(3, 60, 20);
        double[] lowest = {Double.POSITIVE_INFINITY};
        TrainingListener watch = new TrainingListener() {
            @Override
            public void step(StepEvent event) {
                event.evaluation().ifPresent(e -> lowest[0] = Math.min(lowest[0], e.testLoss().orElseThrow()));
            }
        };
        Learner learner = Learner.defaults()
                .withNetwork(NetworkPlan.hidden(40))
                .withL2(0)
                .withStop(StopRule.defaults().withPatience(3));
        PreparedTable table = learner.prepared(data.table());
        Fit fit = learner.fit(table, List.of(watch), Stop.never());
        assertEquals(lowest[0], fit.evaluation().testLoss().orElseThrow());
        assertTrue(fit.result().outcome() instanceof TrainingOutcome.Stopped, () -> fit.result().toString());
        assertTrue(fit.result().last().testLoss().orElseThrow() > lowest[0]);
        Table validation = table.validation().orElseThrow();
        double scale = ((io.quadric.engine.prepare.NumberTarget) table.preparation().target()).scales().getFirst()
                .factor();
        double rmse = new NumberPredictions(
                Models.column(fit.model().predict(validation), 0), validation.numeric("y").toArray()).rmse();
        assertEquals(lowest[0], 0.5 * Math.pow(rmse * scale, 2), 1e-4 * lowest[0]);
    }

    @Test
    void cancellingLeavesAUsableModel() {
        Linear data = Linear.of(1, 500, 1);
        Cancellation cancellation = new Cancellation();
        TrainingListener impatient = new TrainingListener() {
            @Override
            public void step(StepEvent event) {
                if (event.at().step() == 3) {
                    cancellation.request();
                }
            }
        };
        Learner learner = Learner.defaults();
        Fit fit = learner.fit(learner.prepared(data.table()), List.of(impatient), cancellation);
        assertEquals(new TrainingOutcome.Stopped("cancelled"), fit.result().outcome());
        assertEquals(4, fit.result().at().step());
        assertEquals(4, fit.at().step());
        assertTrue(Double.isFinite(fit.model().predictNumber(data.x()[0])));
    }

    @Test
    void featuresAndTargetsComeInManyForms() {
        float[][] floats = {{1, 2}, {3, 4}, {5, 6}, {7, 8}, {2, 1}, {4, 3}, {6, 5}, {8, 7}, {9, 9}, {0, 1}};
        Table features = Table.of(floats);
        int[] labels = {0, 1, 2, 0, 1, 2, 0, 1, 2, 10};
        assertEquals(List.of("0", "1", "2", "10"), classes(features.withLabels(labels)));
        assertEquals(List.of("a", "b"),
                classes(features.withLabels("a", "b", "a", "b", "a", "b", "a", "b", "a", "b")));
        double[][] two = new double[10][2];
        Arrays.setAll(two, i -> new double[]{i, i * i});
        TrainedModel model = Models.quick().fit(features.withTargets(two));
        assertEquals(2, model.predict(1, 2).length);
        assertThrows(IllegalArgumentException.class, () -> features.withTargets(1, 2));
        assertThrows(IllegalArgumentException.class, () -> Table.of(new float[][]{{1}, {1, 2}}));
    }

    private static List<String> classes(Table table) {
        return Models.quick().fit(table).classes();
    }

    @Test
    void whatCannotBeLearntIsNamed() {
        Table table = Models.table(1, 40, true);
        refused("no column is a target", () -> Models.quick().fit(Table.of(new double[5][2])));
        refused("the target 'kind' is a text", () -> Models.quick()
                .withRules(Models.quick().rules().withTask(TargetKind.REGRESSION)).fit(table));
        refused("unknown optimizer 'kfak'", () -> Method.of("kfak"));
        refused("unknown hyper-parameter 'speed'", () -> Method.defaults().with("speed", "1"));
        refused("4 of them to validate", () -> Models.quick()
                .withRules(Models.quick().rules().withValidation(0.99)).fit(table.select(new int[]{0, 1, 2, 3})));
        assertThrows(IllegalArgumentException.class, () -> new StopRule(-1, 1, 1));
    }

    private static void refused(String complaint, Runnable fit) {
        String message = assertThrows(InputException.class, fit::run).getMessage();
        assertTrue(message.contains(complaint), message);
    }

    /// A model that was trained, or whose parameters came from elsewhere, goes on by any method.
    @Test
    void aModelGoesOnByAnotherMethod() {
        Table table = Linear.of(7, 200, 1).table();
        Learner learner = Models.quick().withRules(TableRules.defaults().withValidation(0)).withL2(0);
        TrainedModel first = learner.withMethod(Method.of("sgd")).withStop(new StopRule(1, 10, 0)).fit(table);
        for (String method : List.of("hessian-free", "kfac")) {
            TrainedModel more = learner.withMethod(Method.of(method)).withStop(new StopRule(3, 30, 0)).fit(first,
                    table);
            double before = first.provenance().figures().get("trainLoss");
            double after = more.provenance().figures().get("trainLoss");
            assertTrue(after < 0.9 * before, method + ": " + before + ", then " + after);
            assertEquals(first.preparation(), more.preparation());
        }
        TrainedModel same = learner.withStop(new StopRule(0, 1, 0)).fit(first, table);
        assertArrayEquals(first.predict(table).toArray(), same.predict(table).toArray());
    }

    @Test
    void everyCaseIsInOneFoldOfACrossValidation() {
        Table table = Models.table(8, 90, true);
        CrossValidation result = CrossValidation.of(Models.quick(), table, 3);
        assertEquals(90, result.evaluations().stream().mapToInt(ModelEvaluation::cases).sum());
        double mean = result.evaluations().stream().mapToDouble(e -> e.figures().get("accuracy").value()).sum() / 3;
        assertEquals(mean, result.figures().get("accuracy").mean(), 1e-12);
        assertTrue(result.figures().get("accuracy").deviation() >= 0);
        Fold first = Fold.stratified(
                ((ClassTarget) Models.quick().prepared(table).preparation().target()).labels(table), 3, 1).getFirst();
        TrainedModel byHand = Models.quick().fit(table.select(first.train()));
        assertEquals(ModelEvaluation.of(byHand, table.select(first.test())).figures().get("logLoss").value(),
                result.evaluations().getFirst().figures().get("logLoss").value());
        refused("1 folds of 90 cases", () -> CrossValidation.of(Models.quick(), table, 1));
    }
}
