package io.quadric.bench;

import io.quadric.engine.data.Digits;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.recipe.Optimizers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;

/// What the preconditioners of Hessian-free optimisation save: how much of the decrease of the model M that the exact
/// solution of (B + λI)x = −∇f brings is reached after so many iterations of conjugate gradients. Written to
/// `bench/results/<date>-preconditioners.md`. No times: every run of it gives the same table.
public final class PreconditionerSuite {
    private static final int CASES = 500;
    private static final int STEPS = 8;
    private static final int ENOUGH = 2000;
    private static final int[] ITERATIONS = {2, 5, 10, 20, 50};
    private static final List<String> PRECONDITIONERS = List.of("none", "empirical-fisher", "rademacher", "exact",
            "kronecker");
    private static final List<String> DAMPINGS = List.of("1", "0.1", "0.01", "0.001");

    private static final String INTRODUCTION = """
            The part of the decrease of M(x) = ∇fᵀx + ½ xᵀ(B + λI)x, from 0 to its least value, that is reached after
            so many iterations of conjugate gradients, started from 0: the mean over %d points. The points are those
            that the original recipe without preconditioner passes on %d digits, all in the batch, FLOAT64. Diagonal
            preconditioners have ξ = 0.75; the factors of "kronecker" are averaged along the points. The figures do
            not depend on the machine.
            """;

    private final Model model;
    private final Batch batch;
    private final Workspace ws;
    private final Parameters first;
    private final List<Vector> path = new ArrayList<>();

    PreconditionerSuite(ModelSpec spec, Workspace ws) {
        this.ws = ws;
        model = spec.model();
        Batch all = new Digits().load(spec.task(), Precision.FLOAT64).train().batch();
        batch = new Batch(all.inputs().rows(0, CASES), all.targets().rows(0, CASES));
        first = model.network().initialize(
                Initializer.glorot(), Precision.FLOAT64, RandomGeneratorFactory.of("L64X128MixRandom").create(1));
        Parameters theta = copy(first.values());
        Run leader = start(HyperParameters.with(Optimizers.hessianFree(), Map.of("preconditioner", "none")), theta);
        for (int k = 0; k < STEPS; k++) {
            path.add(theta.values().copy());
            leader.step(new StepData(batch));
        }
    }

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, INTRODUCTION, STEPS, CASES));
        try (Workspace ws = Workspace.serial()) {
            for (String name : List.of("digits-classifier", "digits-autoencoder")) {
                out.append("\n## ").append(name).append('\n')
                        .append(new PreconditionerSuite(Presets.named(name), ws).tables());
            }
        }
        System.out.println(out);
        ResultFile.write(args, "preconditioners", "Preconditioners of Hessian-free optimisation", out.toString());
    }

    private String tables() {
        StringBuilder out = new StringBuilder();
        for (String lambda : DAMPINGS) {
            List<Double> least = least(lambda);
            out.append("\n| λ = ").append(lambda).append(" |");
            for (int iterations : ITERATIONS) {
                out.append(" after ").append(iterations).append(" |");
            }
            out.append("\n|---|").append("---|".repeat(ITERATIONS.length)).append('\n');
            for (String preconditioner : PRECONDITIONERS) {
                out.append("| ").append(preconditioner).append(" |");
                for (int iterations : ITERATIONS) {
                    Optimizer method = method(preconditioner, lambda, iterations);
                    out.append(String.format(Locale.ROOT, " %.3f |", part(method, lambda, least)));
                }
                out.append('\n');
            }
        }
        return out.toString();
    }

    /// The least values of M at the points.
    List<Double> least(String lambda) {
        return decreases(method("none", lambda, ENOUGH), lambda);
    }

    /// The mean part of the least values that the method's steps reach.
    double part(Optimizer method, String lambda, List<Double> least) {
        List<Double> reached = decreases(method, lambda);
        double sum = 0;
        for (int k = 0; k < STEPS; k++) {
            sum += reached.get(k) / least.get(k);
        }
        return sum / STEPS;
    }

    /// M of the step that the method takes at each point.
    private List<Double> decreases(Optimizer method, String lambda) {
        Parameters theta = copy(first.values());
        Run run = start(method, theta);
        List<Double> decreases = new ArrayList<>();
        for (Vector point : path) {
            theta.update(values -> values.copyFrom(point));
            run.step(new StepData(batch));
            Vector step = theta.values().copy().axpby(-1, point, 1);
            decreases.add(decrease(copy(point), step, Double.parseDouble(lambda)));
        }
        return decreases;
    }

    private double decrease(Parameters point, Vector step, double lambda) {
        try (Linearization at = Linearization.at(model, point, batch, ws)) {
            at.loss();
            Vector gradient = Vector.zeros(Precision.FLOAT64, step.size());
            at.gradient(gradient);
            Vector product = Vector.zeros(Precision.FLOAT64, step.size());
            at.gaussNewton().damped(lambda).apply(step, product, ws);
            return gradient.dot(step) + step.dot(product) / 2;
        }
    }

    private Parameters copy(Vector values) {
        return new Parameters(first.layout(), values.copy());
    }

    private Run start(Optimizer method, Parameters theta) {
        return method.start(new Start(model, theta, List.of(batch), 1, ws));
    }

    /// Takes the last iterate as it is, whatever it does to the objective.
    static Optimizer method(String preconditioner, String lambda, int iterations) {
        Map<String, String> values = new HashMap<>(Map.of("adaptLambda", "false", "zeta", "0", "epsilon", "0",
                "tolerance", "1e-9", "backtracking", "false", "lineSearch", "false"));
        values.putAll(Map.of("preconditioner", preconditioner, "lambda", lambda, "maxIterations", "" + iterations));
        return HyperParameters.with(Optimizers.hessianFree(), values);
    }
}
