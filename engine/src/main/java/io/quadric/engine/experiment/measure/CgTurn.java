package io.quadric.engine.experiment.measure;

import io.quadric.engine.report.CgCurves.Row;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Where the objective turns in a step of Hessian-free optimisation, and where its model does (Martens & Sutskever
/// 2012, Figure 4): iterates of conjugate gradients x₁, …, x_k with f(θ + x) − f(θ), M(x) and M(x) with damping.
///
/// @param damping λ of the step
/// @param lowest the iterate at which the objective is lowest
/// @param lowestModel the iterate at which the model without damping is lowest
/// @param last the last iterate, whose iteration is the number of iterations
public record CgTurn(double damping, Row lowest, Row lowestModel, Row last) {
    /// {@return the turn of a step}
    ///
    /// @param step its rows in order, at least one
    /// @param damping λ
    public static CgTurn of(List<Row> step, double damping) {
        return new CgTurn(damping, lowest(step, Row::change), lowest(step, Row::model), step.getLast());
    }

    /// The first, if there are several; what is no number is not low.
    private static Row lowest(List<Row> step, ToDoubleFunction<Row> value) {
        return step.stream().min(Comparator.comparingDouble(value)).orElseThrow();
    }

    /// {@return whether the objective was lower before the last iteration than after it}
    public boolean isBeforeTheEnd() {
        return lowest.iteration() < last.iteration();
    }

    /// {@return how far the objective has risen from its lowest to the last iterate}, relative to |f(θ + x) − f(θ)| at
    /// the lowest
    public double rise() {
        return (last.change() - lowest.change()) / Math.abs(lowest.change());
    }

    /// {@return whether the objective turned at an earlier iteration than the model without damping}
    public boolean isBeforeTheModel() {
        return lowest.iteration() < lowestModel.iteration();
    }
}
