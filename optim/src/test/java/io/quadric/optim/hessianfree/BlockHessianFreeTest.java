package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.curvature.CurvatureMatrix;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.step.RateSchedule;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlockHessianFreeTest {
    private static final double DAMPING = 4;
    private static final double RATE = 0.3;

    private record Case(CurvatureMatrix curvature, Partition partition, Supplier<Problem> problem) {}

    static Stream<Case> cases() {
        List<Supplier<Problem>> problems = List.of(
                () -> Problem.curved(Precision.FLOAT64, 3), Problem::convolutional, Problem::recurrent,
                Problem::normalised);
        return Stream.of(CurvatureMatrix.values())
                .flatMap(curvature -> Stream.of(
                        new Partition.Contiguous(1), new Partition.Contiguous(2), new Partition.PerLayer())
                        .flatMap(partition -> problems.stream()
                                .map(problem -> new Case(curvature, partition, problem))));
    }

    /// (B + dI) δ = −∇f with the elements of B outside the blocks set to 0, and θ moves by αδ.
    @ParameterizedTest
    @MethodSource("cases")
    void everyBlockSolvesItsSystem(Case one) {
        try (Problem problem = one.problem().get()) {
            Vector residual = problem.gradient();
            Vector delta = problem.parameters.values().copy().scale(-1);
            Matrix b;
            try (var at = problem.linearization(); var frame = problem.ws.open()) {
                b = Problem.dense(one.curvature().of(at, frame), problem.ws);
            }
            CgSettings toTheEnd = new CgSettings(500, 1e-12, 0, 0.95);
            problem.step(problem.start(
                    new BlockHessianFree(
                            one.curvature(), one.partition(), RATE, RateSchedule.CONSTANT, DAMPING, toTheEnd)));
            delta.axpy(1, problem.parameters.values()).scale(1 / RATE);
            residual.axpy(DAMPING, delta);
            for (List<ParameterSlice> block : one.partition().of(problem.model.network())) {
                block.forEach(rows -> block.forEach(columns -> addProduct(b, rows, columns, delta, residual)));
            }
            assertEquals(0, residual.norm(), 1e-9);
        }
    }

    private static void addProduct(Matrix b, ParameterSlice rows, ParameterSlice columns, Vector x, Vector y) {
        for (int i = rows.offset(); i < rows.offset() + rows.size(); i++) {
            y.set(i, y.get(i) + columns.of(b.row(i)).dot(columns.of(x)));
        }
    }

    private static float[] trained(Optimizer optimizer, int threads) {
        try (Problem problem = Problem.wide(Precision.FLOAT32, threads)) {
            Run run = problem.start(optimizer);
            for (int k = 0; k < 3; k++) {
                problem.step(run);
            }
            return problem.parameters.values().floats();
        }
    }

    /// Fewer blocks than threads, as many, and more: the threads go into the products or to the blocks.
    @ParameterizedTest
    @CsvSource({"1, 2", "1, 4", "2, 2", "2, 3", "3, 2"})
    void theThreadsDoNotChangeTheFigures(int blocks, int threads) {
        Optimizer optimizer = HyperParameters.with(Optimizers.blockHessianFree(), Map.of("blocks", "" + blocks));
        assertArrayEquals(trained(optimizer, 1), trained(optimizer, threads));
    }
}
