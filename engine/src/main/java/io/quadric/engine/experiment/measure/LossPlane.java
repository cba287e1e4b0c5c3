package io.quadric.engine.experiment.measure;

import io.quadric.engine.train.Evaluator;
import io.quadric.linalg.Vector;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.Parameters;

/// The plane through three points of the space of parameters, θ(α, β) = θ₀ + α(θ_a − θ₀) + β(θ_b − θ₀): the points are
/// at (0, 0), (1, 0) and (0, 1). The axes are in general neither of one length nor at right angles.
///
/// @param layout of the parameters
/// @param origin θ₀
/// @param first θ_a
/// @param second θ_b
record LossPlane(ParameterLayout layout, Vector origin, Vector first, Vector second) {
    /// {@return θ(α, β)}, as (1 − α − β)θ₀ + αθ_a + βθ_b: at the three points exactly these.
    Parameters at(double alpha, double beta) {
        Vector theta = origin.copy();
        theta.axpby(alpha, first, 1 - alpha - beta);
        theta.axpy(beta, second);
        return new Parameters(layout, theta);
    }

    /// {@return the mean loss of the training cases at θ(α, β)}, without the penalty
    double loss(double alpha, double beta, Evaluator evaluator) {
        return evaluator.trainLoss(at(alpha, beta));
    }

    private static Vector difference(Vector to, Vector from) {
        return to.copy().axpy(-1, from);
    }

    /// {@return ‖θ_a − θ₀‖}
    double firstLength() {
        return difference(first, origin).norm();
    }

    /// {@return ‖θ_b − θ₀‖}
    double secondLength() {
        return difference(second, origin).norm();
    }

    /// {@return ‖θ_a − θ_b‖}
    double distance() {
        return difference(first, second).norm();
    }

    /// {@return the cosine of the angle at θ₀}
    double cosine() {
        return difference(first, origin).dot(difference(second, origin)) / (firstLength() * secondLength());
    }
}
