package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Linearization;
import io.quadric.nn.Objective;
import io.quadric.nn.chunk.Chunks;
import io.quadric.nn.layer.Weights;
import io.quadric.optim.Problem;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The diagonal from the pass of the gradient is the one of a pass of its own, of the whole batch and in chunks.
class SquaredGradientsTest {
    private static double[] observed(CaseSet cases, Problem problem) {
        Vector gradient = problem.parameters.values().copy();
        Vector diagonal = gradient.copy().fill(0);
        try (Objective at = cases.at(problem.model, problem.parameters, problem.ws)) {
            at.gradient(gradient, new SquaredGradients(at, diagonal));
        }
        return diagonal.toArray();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isThatOfAPassOfItsOwn(boolean weighed) {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Batch plain = problem.batch;
            double[] weights = IntStream.range(0, plain.cases()).mapToDouble(i -> 1 + i % 3).toArray();
            Batch batch = weighed
                    ? new Batch(plain.inputs(), plain.targets(), plain.lengths(), Weights.of(weights))
                    : plain;
            Vector expected = problem.parameters.values().copy();
            try (Linearization at = Linearization.at(problem.model, problem.parameters, batch, problem.ws)) {
                at.empiricalFisherDiagonal(expected);
            }
            double close = 1e-13 * expected.norm();
            assertArrayEquals(expected.toArray(), observed(batch, problem), close);
            assertArrayEquals(expected.toArray(), observed(Chunks.of(batch, 3, 0), problem), close);
        }
    }
}
