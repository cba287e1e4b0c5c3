package io.quadric.engine.train;

import java.util.OptionalDouble;

/// How good the parameters are on all cases of a data set. If the method keeps an average of its parameters, all
/// figures but the last are those of the average.
///
/// @param trainLoss the mean loss of the training cases, without the L2 penalty
/// @param penalty (η/2) ‖θ‖²
/// @param testLoss the mean loss of the test cases, if there are some
/// @param testError the share of test cases that are wrong by the criterion of the data set, if it has one: for
///     classes, that the largest output is elsewhere
/// @param testSquaredError the squared error of the test cases of an autoencoder, the mean over all their numbers
/// @param parametersTrainLoss the mean loss of the training cases at the parameters themselves, if their average is
///     what the other figures are of
public record Evaluation(
        double trainLoss, double penalty, OptionalDouble testLoss, OptionalDouble testError,
        OptionalDouble testSquaredError, OptionalDouble parametersTrainLoss) {
    /// Of the parameters themselves.
    ///
    /// @param trainLoss the mean loss of the training cases, without the L2 penalty
    /// @param penalty (η/2) ‖θ‖²
    /// @param testLoss the mean loss of the test cases, if there are some
    /// @param testError the share of test cases that are wrong
    public Evaluation(double trainLoss, double penalty, OptionalDouble testLoss, OptionalDouble testError) {
        this(trainLoss, penalty, testLoss, testError, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /// {@return the same as an evaluation of an average}
    ///
    /// @param trainLossThere the mean loss of the training cases at the parameters themselves
    public Evaluation ofAverage(double trainLossThere) {
        return new Evaluation(
                trainLoss, penalty, testLoss, testError, testSquaredError, OptionalDouble.of(trainLossThere));
    }

    /// {@return what is minimised, on all training cases}
    public double objective() {
        return trainLoss + penalty;
    }
}
