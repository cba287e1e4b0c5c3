package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SingleCasesTest {
    @AutoClose
    private final Workspace ws = Workspace.serial();

    private static Problem problem(int cases, boolean normalises) {
        Layer dense = new DenseLayer(2, true);
        List<Layer> layers = normalises ? List.of(dense, new BatchNormalizationLayer(1e-5), dense) : List.of(dense);
        Matrix x = Matrix.zeros(Precision.FLOAT64, cases, 3);
        Matrix t = Matrix.zeros(Precision.FLOAT64, cases, 2);
        Sampling.gaussian(0, 1, new Random(1), x);
        Sampling.gaussian(0, 1, new Random(2), t);
        Shape shape = new Shape.Features(3);
        Batch train = new Batch(x, t);
        return new Problem(new Model(new Network(shape, layers), new SquaredError()),
                new Dataset("numbers", new Task.Given(), shape, train, Optional.of(train.rows(0, 1))));
    }

    private long steps(Problem problem, Optimizer optimizer, BatchSizes sizes) {
        TrainingPlan plan = new TrainingPlan(problem.data().train().cases(), sizes, 1);
        TrainingSetup setup = new TrainingSetup(problem, optimizer, plan);
        return new Trainer(setup, ws).train(Schedule.epochs(1), List.of()).at().step();
    }

    private void assertRefused(Problem problem, BatchSizes sizes, String expected) {
        String message = assertThrows(InputException.class, () -> steps(problem, Optimizers.hessianFree(), sizes))
                .getMessage();
        assertTrue(message.startsWith(expected + ": layer 1: batch-norm"), message);
    }

    @Test
    void batchesOfOneCaseAreRefusedBeforeTheFirstStep() {
        Problem five = problem(5, true);
        assertRefused(five, new BatchSizes(2, 0), "batches of at most 2 of 5 training cases, the smallest of 1");
        assertRefused(five, new BatchSizes(5, 1), "curvature batches of 1 case");
        assertRefused(five, new BatchSizes(5, 2, 1, BatchSizes.Pool.ALL, 1), "evaluation batches of 1 case");
        assertRefused(problem(1, true), new BatchSizes(100, 0),
                "batches of at most 1 of 1 training cases, the smallest of 1");
    }

    /// Batches of an epoch differ by one case at most, so that none is a rest of one.
    @Test
    void noLargerBatchLeavesARestOfOneCase() {
        for (int cases = 3; cases < 12; cases++) {
            for (int size = 3; size <= cases; size++) {
                assertEquals(Math.ceilDiv(cases, size),
                        steps(problem(cases, true), Optimizers.sgd(), new BatchSizes(size, 0)));
            }
        }
        assertEquals(2, steps(problem(4, true), Optimizers.sgd(), new BatchSizes(2, 0)));
    }

    @Test
    void withoutNormalisationOneCaseIsABatch() {
        assertEquals(5, steps(problem(5, false), Optimizers.sgd(), new BatchSizes(1, 0)));
    }

    /// Evaluation takes the statistics of chunks: the last one of 1,001 cases is not one case.
    @Test
    void evaluationHasNoChunkOfOneCase() {
        assertEquals(2, steps(problem(1001, true), Optimizers.sgd(), new BatchSizes(600, 0)));
    }
}
