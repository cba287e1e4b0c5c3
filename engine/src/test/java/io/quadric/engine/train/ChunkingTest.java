package io.quadric.engine.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.data.Digits;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.chunk.ChunkNormalization;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.optim.Optimizer;
import io.quadric.optim.StepData;
import io.quadric.optim.recipe.Optimizers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Runs whose batches are taken in chunks.
class ChunkingTest {
    private static Problem problem;

    @BeforeAll
    static void load() {
        ModelSpec spec = Presets.named("digits-classifier");
        problem = new Problem(spec.model(), new Digits().load(spec.task(), Precision.FLOAT32));
    }

    private static TrainingPlan plan(int batchSize, Chunking chunking) {
        return new TrainingPlan(problem.data().train().cases(), batchSize, 0, 1).in(chunking);
    }

    private static Trainer trainer(Optimizer optimizer, TrainingPlan plan, Workspace ws) {
        return new Trainer(new TrainingSetup(problem, optimizer, plan), ws);
    }

    private static double trained(Optimizer optimizer, TrainingPlan plan) {
        try (Workspace ws = Workspace.serial()) {
            return trainer(optimizer, plan, ws).train(Schedule.epochs(1), List.of()).last().trainLoss();
        }
    }

    /// Batches of all cases, and gathered ones.
    @Test
    void theLossIsThatOfWholeBatchesToRounding() {
        for (int batchSize : new int[]{2000, 600}) {
            double whole = trained(Optimizers.kbfgs(), plan(batchSize, Chunking.NONE));
            assertEquals(whole, trained(Optimizers.kbfgs(), plan(batchSize, new Chunking(130))), 1e-4 * whole);
        }
    }

    @Test
    void aResumedRunGoesOnBitForBit() {
        try (Workspace one = Workspace.serial(); Workspace two = Workspace.withThreads(2)) {
            TrainingPlan plan = plan(400, new Chunking(130, 0, ChunkNormalization.REFUSED));
            Trainer straight = trainer(Optimizers.kfac(), plan, one);
            straight.train(Schedule.epochs(5).withSteps(2), List.of());
            Trainer resumed = new Trainer(
                    new TrainingSetup(problem, Optimizers.kfac(), plan.in(new Chunking(130))), straight.snapshot(),
                    two);
            straight.train(Schedule.epochs(5).withSteps(4), List.of());
            resumed.train(Schedule.epochs(5).withSteps(4), List.of());
            assertArrayEquals(straight.parameters().values().floats(), resumed.parameters().values().floats());
        }
    }

    @Test
    void batchesAreDividedWhereTheyAreLarger() {
        Cases data = problem.data().train();
        StepData divided = new Batches(plan(400, new Chunking(130)), data).step(1);
        StepData whole = new Batches(plan(400, new Chunking(400)), data).step(1);
        assertFalse(divided.gradient() instanceof Batch);
        assertTrue(whole.gradient() instanceof Batch);
        CaseSet cases = divided.gradient();
        assertEquals(whole.gradient().cases(), cases.cases());
        assertEquals(whole.gradient().weight(), cases.weight());
    }

    /// A warm start included.
    @Test
    void allCasesArePlacedOnce() {
        List<ChunkSource> placed = new ArrayList<>();
        ChunkPlace here = ChunkPlace.here();
        ChunkPlace counting = new ChunkPlace() {
            @Override
            public CaseSet place(ChunkSource chunks, Chunking chunking) {
                placed.add(chunks);
                return here.place(chunks, chunking);
            }

            @Override
            public void release(CaseSet batch) {
                here.release(batch);
            }

            @Override
            public void close() {
                here.close();
            }
        };
        Batches batches = new Batches(plan(2000, new Chunking(130)), problem.data().train(), counting);
        batches.pass().forEach(batch -> assertSame(batch, batches.step(1).gradient()));
        batches.pass().forEach(batch -> assertSame(batch, batches.step(2).gradient()));
        assertEquals(1, placed.size());
    }

    @Test
    void whatCannotBeDividedIsRefusedBeforeTheFirstStep() {
        try (Workspace ws = Workspace.serial()) {
            var message = assertThrows(InputException.class,
                    () -> trainer(Optimizers.smwGn(), plan(400, new Chunking(130)), ws)).getMessage();
            assertTrue(message.contains("Gram matrix"), message);
        }
        assertThrows(IllegalArgumentException.class, () -> new Chunking(-1));
    }

    @Test
    void normalisationByChunkIsNeverSilent() {
        Model normalised = new Model(
                new Network(
                        problem.model().network().input(),
                        List.of(new BatchNormalizationLayer(1e-5), new DenseLayer(10, true))),
                problem.model().loss());
        try (Workspace ws = Workspace.serial()) {
            for (ChunkNormalization rule : ChunkNormalization.values()) {
                TrainingSetup setup = new TrainingSetup(
                        new Problem(normalised, problem.data()),
                        Optimizers.adam(),
                        plan(400, new Chunking(130, 0, rule)));
                switch (rule) {
                    case REFUSED -> assertTrue(assertThrows(InputException.class, () -> new Trainer(setup, ws))
                            .getMessage().contains("normalisation by chunk"));
                    case BY_CHUNK -> assertEquals(2, new Trainer(setup, ws)
                            .train(Schedule.epochs(1).withSteps(2), List.of()).at().step());
                }
            }
        }
    }
}
