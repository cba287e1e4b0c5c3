package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.NormalizationStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/// Laws of networks that normalise by given statistics, as in evaluation: here those of the subject's own batch at its
/// parameters, so that outputs are the same and derivatives are not.
final class EvaluationLaws {
    static final List<Law> ALL = List.of(
            new Law(
                    "evaluation-outputs",
                    "F under the statistics of the batch itself is F",
                    Bound.ROUNDING,
                    probe -> under(probe, EvaluationLaws::outputs)),
            new Law(
                    "evaluation-batches",
                    "the statistics of several batches are the means of theirs, by cases",
                    Bound.ROUNDING,
                    EvaluationLaws::batches),
            new Law(
                    "evaluation-adjoint",
                    "⟨Jv, u⟩ = ⟨v, Jᵀu⟩ under given statistics",
                    Bound.ROUNDING,
                    probe -> under(probe, EvaluationLaws::adjoint)),
            new Law(
                    "evaluation-gradient",
                    "∇f · v = (f(θ + hv) − f(θ − hv)) / 2h under given statistics",
                    Bound.FINITE_DIFFERENCES,
                    EvaluationLaws::gradient),
            new Law(
                    "evaluation-hessian",
                    "Hv = (∇f(θ + hv) − ∇f(θ − hv)) / 2h under given statistics",
                    Bound.FINITE_DIFFERENCES,
                    EvaluationLaws::hessian));

    /// One case has no statistics.
    private static final int LEAST_TO_HALVE = 4;

    private EvaluationLaws() {}

    private static NormalizationStatistics statistics(Probe probe) {
        Subject subject = probe.subject();
        return NormalizationStatistics.over(
                subject.model(), subject.parameters(), List.of(subject.batch()), probe.workspace());
    }

    private static OptionalDouble batches(Probe probe) {
        Batch all = probe.subject().batch();
        if (!probe.subject().model().network().hasStatistics() || all.cases() < LEAST_TO_HALVE) {
            return OptionalDouble.empty();
        }
        int middle = all.cases() / 2;
        Batch first = all.rows(0, middle);
        Batch last = all.rows(middle, all.cases());
        double share = first.weight() / (first.weight() + last.weight());
        Vector expected = statistics(probe, List.of(first)).scale(share)
                .axpy(1 - share, statistics(probe, List.of(last)));
        double[] together = statistics(probe, List.of(first, last)).toArray();
        return OptionalDouble.of(Errors.relative(together, expected.toArray(), Errors.FLOOR));
    }

    private static Vector statistics(Probe probe, List<Batch> batches) {
        Subject subject = probe.subject();
        return NormalizationStatistics.over(subject.model(), subject.parameters(), batches, probe.workspace())
                .values().copy();
    }

    /// @param error of a probe, given it under statistics
    private static OptionalDouble under(Probe probe, ToDoubleBiFunction<Probe, Probe> error) {
        if (!probe.subject().model().network().hasStatistics()) {
            return OptionalDouble.empty();
        }
        Subject subject = probe.subject();
        Workspace ws = probe.workspace();
        try (var at = Linearization.at(subject.model(), subject.parameters(), statistics(probe), subject.batch(), ws)) {
            return OptionalDouble.of(error.applyAsDouble(probe, new Probe(subject, at, probe.random())));
        }
    }

    private static double outputs(Probe probe, Probe given) {
        return Errors.relative(
                given.flatOutputs().toArray(), probe.flatOutputs().toArray(), Errors.FLOOR);
    }

    private static double adjoint(Probe probe, Probe given) {
        Vector v = given.direction();
        Matrix u = given.cotangent();
        Matrix jv = given.jvp(v);
        Vector ju = given.vjp(u);
        return Errors.relative(jv.dot(u), v.dot(ju), jv.norm() * u.norm() + v.norm() * ju.norm());
    }

    private static OptionalDouble gradient(Probe probe) {
        return under(probe, (batch, given) -> {
            Vector v = given.direction();
            Vector g = given.gradient();
            double floor = Errors.differencesFloor(given.precision())
                    * (Math.abs(given.at().loss()) + given.gradientSize());
            double scale = g.norm() * v.norm() + floor;
            return differences(given, d -> Errors.relative(g.dot(v), d.slope(v), scale));
        });
    }

    private static OptionalDouble hessian(Probe probe) {
        return under(probe, (batch, given) -> {
            Vector v = given.direction();
            double[] product = given.hessian(v).toArray();
            double floor = Errors.differencesFloor(given.precision()) * (given.gradientSize() + given.curvatureSize(v));
            return differences(given, d -> Errors.relative(product, d.hvp(v), floor));
        });
    }

    private static double differences(Probe given, ToDoubleFunction<FiniteDifferences> error) {
        NormalizationStatistics statistics = statistics(given);
        return given.againstDifferences(d -> error.applyAsDouble(d.under(statistics))).getAsDouble();
    }
}
