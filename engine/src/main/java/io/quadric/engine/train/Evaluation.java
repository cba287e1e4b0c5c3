package io.quadric.engine.train;

import java.util.OptionalDouble;

/// How good the parameters are on all cases of a data set.
///
/// @param trainLoss the mean loss of the training cases, without the L2 penalty
/// @param penalty (η/2) ‖θ‖²
/// @param testLoss the mean loss of the test cases, if there are some
/// @param testError the share of test cases that are wrong by the criterion of the data set, if it has one: for
///     classes, that the largest output is elsewhere
public record Evaluation(double trainLoss, double penalty, OptionalDouble testLoss, OptionalDouble testError) {
    /// {@return what is minimised, on all training cases}
    public double objective() {
        return trainLoss + penalty;
    }
}
