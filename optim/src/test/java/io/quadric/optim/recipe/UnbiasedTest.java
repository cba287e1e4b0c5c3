package io.quadric.optim.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Tensor;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import io.quadric.optim.curvature.GradientSource;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.curvature.KroneckerFactors.Observation;
import io.quadric.optim.tensor.Tnt;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Statistics from sampled targets have the exact ones as expectation.
///
/// For every element the mean of [#DRAWS] draws is compared with the exact value in units of its standard error. Such a
/// score is about standard normal; with the [#LIMIT] of 6, and fewer than 1000 elements, a correct program fails for
/// less than two of a million seeds. A bias of half is found.
class UnbiasedTest {
    private static final int DRAWS = 400;
    private static final double LIMIT = 6;

    /// Running mean and sum of squared deviations of every element (Welford's recurrence).
    private static final class Estimate {
        private double[] mean = {};
        private double[] deviations = {};
        private int count;

        void add(double[] draw) {
            if (count == 0) {
                mean = new double[draw.length];
                deviations = new double[draw.length];
            }
            count++;
            for (int i = 0; i < draw.length; i++) {
                double before = draw[i] - mean[i];
                mean[i] += before / count;
                deviations[i] += before * (draw[i] - mean[i]);
            }
        }

        /// The largest distance from the expectation in standard errors.
        double score(double[] expectation) {
            double largest = 0;
            for (int i = 0; i < mean.length; i++) {
                double error = Math.sqrt(deviations[i] / (count - 1.0) / count);
                double distance = Math.abs(mean[i] - expectation[i]);
                if (distance > 1e-12 * Math.abs(expectation[i])) {
                    largest = Math.max(largest, distance / error);
                }
            }
            return largest;
        }
    }

    static Stream<Problem> problems() {
        return Stream.of(Problem.curved(Precision.FLOAT64, 1), Problem.convolutional());
    }

    private static void assertUnbiased(Map<String, Estimate> estimates, Map<String, double[]> exact) {
        estimates.forEach((name, estimate) -> {
            double score = estimate.score(exact.get(name));
            assertTrue(score < LIMIT, name + " is " + score + " standard errors away");
            double biased = estimate.score(Vector.of(exact.get(name)).copy().scale(1.5).toArray());
            assertTrue(biased > LIMIT, name + ": a bias of half would be " + biased + " standard errors");
        });
    }

    @ParameterizedTest
    @MethodSource("problems")
    void sampledKroneckerFactors(Problem given) {
        try (Problem problem = given;
                var at = problem.linearization()) {
            KroneckerFactors factors = new KroneckerFactors(problem.parameters.layout(), Precision.FLOAT64);
            Map<String, Estimate> estimates = new LinkedHashMap<>();
            for (int draw = 0; draw < DRAWS; draw++) {
                factors.observe(new Observation(0, 1), at, GradientSource.SAMPLED, Problem.random(draw));
                for (int b = 0; b < factors.count(); b++) {
                    estimates.computeIfAbsent("G" + b, key -> new Estimate())
                            .add(factors.output(b).flat().toArray());
                }
            }
            factors.observe(new Observation(0, 1), at, GradientSource.EXACT, Problem.random(0));
            Map<String, double[]> exact = new LinkedHashMap<>();
            for (int b = 0; b < factors.count(); b++) {
                exact.put("G" + b, factors.output(b).flat().toArray());
            }
            assertUnbiased(estimates, exact);
        }
    }

    /// E[matᵢ(Ḡ) matᵢ(Ḡ)ᵀ] = (1/N²) Σ over cases and columns s of the loss Hessian's root of the contractions of Jᵀs,
    /// since the sampled gradients of different cases are independent and their mean is 0.
    @ParameterizedTest
    @MethodSource("problems")
    void sampledContractions(Problem given) {
        try (Problem problem = given) {
            Tnt tnt = (Tnt) HyperParameters.with(
                    Optimizers.tnt(), Map.of("statisticsDecay", "0", "learningRate", "1e-300"));
            Run run = problem.start(tnt);
            Map<String, double[]> exact = exactContractions(problem, tnt);
            Map<String, Estimate> estimates = new LinkedHashMap<>();
            for (int draw = 0; draw < DRAWS; draw++) {
                problem.step(run);
                State state = run.state();
                exact.keySet().forEach(name -> estimates.computeIfAbsent(name, key -> new Estimate())
                        .add(state.arrays().get(name).toArray()));
            }
            assertUnbiased(estimates, exact);
        }
    }

    /// TNT's exact source gives that expectation itself.
    @ParameterizedTest
    @MethodSource("problems")
    void exactContractionsAreTheExpectation(Problem given) {
        try (Problem problem = given) {
            Tnt tnt = (Tnt) HyperParameters.with(
                    Optimizers.tnt(), Map.of("statisticsDecay", "0", "learningRate", "1e-300", "source", "exact"));
            Run run = problem.start(tnt);
            Map<String, double[]> exact = exactContractions(problem, tnt);
            problem.step(run);
            exact.forEach((name, values) -> assertArrayEquals(values, run.state().arrays().get(name).toArray(), 1e-13));
        }
        try (Problem problem = Problem.normalised()) {
            assertThrows(IllegalArgumentException.class,
                    () -> problem.start(HyperParameters.with(Optimizers.tnt(), Map.of("source", "exact"))));
        }
    }

    private static Map<String, double[]> exactContractions(Problem problem, Tnt tnt) {
        Map<String, Matrix> sums = new LinkedHashMap<>();
        for (int i = 0; i < Problem.CASES; i++) {
            try (var at = problem.cases(i, i + 1).linearization()) {
                Matrix s = at.outputs().copy();
                Vector g = problem.parameters.values().copy();
                for (int column = 0; column < at.rootColumns(); column++) {
                    at.hessianRoot(column, s);
                    at.vjp(s, g);
                    add(tnt, problem, g, sums);
                }
            }
        }
        Map<String, double[]> exact = new LinkedHashMap<>();
        sums.forEach((name, sum) -> exact.put(name, sum.flat().toArray()));
        return exact;
    }

    private static void add(Tnt tnt, Problem problem, Vector g, Map<String, Matrix> sums) {
        for (ParameterSlice slice : problem.parameters.layout().slices()) {
            int[] sizes = tnt.tensors().dimensions(slice.spec()).stream().mapToInt(d -> d).toArray();
            for (int mode = 0; mode < sizes.length; mode++) {
                int size = sizes[mode];
                Matrix sum = sums.computeIfAbsent(slice.name() + "." + mode + ".statistic",
                        key -> Matrix.zeros(Precision.FLOAT64, size, size));
                Gemm mean = new Gemm(1.0 / (Problem.CASES * Problem.CASES), 1);
                Tensor.of(slice.of(g), sizes).contract(mode, mean, sum, problem.ws);
            }
        }
    }
}
