package io.quadric.engine.train;

import io.quadric.engine.cases.Cases;
import io.quadric.engine.data.Task;
import io.quadric.engine.metric.Criterion;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import java.util.Optional;
import java.util.OptionalDouble;

/// Evaluates parameters, some cases at a time. Normalising layers take their statistics from some thousand of the
/// training cases.
public final class Evaluator {
    /// Cases for the statistics, about.
    private static final int STATISTICS_CASES = 5000;

    private final Problem problem;
    private final Model unpenalised;
    private final Workspace ws;

    /// For a problem.
    ///
    /// @param problem model and data
    /// @param ws threads and scratch
    public Evaluator(Problem problem, Workspace ws) {
        this.problem = problem;
        this.unpenalised = new Model(problem.model().network(), problem.model().loss());
        this.ws = ws;
    }

    /// {@return the losses and the error}
    ///
    /// @param parameters of the problem's network
    public Evaluation evaluate(Parameters parameters) {
        Cases train = problem.data().train();
        NormalizationStatistics statistics = statistics(parameters);
        double trainLoss = sums(parameters, statistics, train).meanLoss();
        Optional<Sums> test = problem.data().test().map(cases -> sums(parameters, statistics, cases));
        return new Evaluation(
                trainLoss,
                penalty(parameters),
                test.map(sums -> OptionalDouble.of(sums.meanLoss())).orElse(OptionalDouble.empty()),
                test.filter(sums -> problem.data().criterion().isPresent())
                        .map(sums -> OptionalDouble.of(sums.errors() / sums.weight()))
                        .orElse(OptionalDouble.empty()),
                test.filter(sums -> isAutoencoder())
                        .map(sums -> OptionalDouble.of(sums.squares() / sums.weight()))
                        .orElse(OptionalDouble.empty()),
                OptionalDouble.empty());
    }

    /// {@return the mean loss of the training cases}, without the penalty.
    ///
    /// @param parameters of the problem's network
    public double trainLoss(Parameters parameters) {
        return sums(parameters, statistics(parameters), problem.data().train()).meanLoss();
    }

    /// {@return the statistics of the normalising layers}
    ///
    /// @param parameters θ of the problem's network
    public NormalizationStatistics statistics(Vector parameters) {
        return statistics(new Parameters(unpenalised.network().layout(), parameters));
    }

    private NormalizationStatistics statistics(Parameters parameters) {
        return NormalizationStatistics.over(
                unpenalised,
                parameters,
                Batches.chunks(unpenalised.network(), problem.data().train(), STATISTICS_CASES),
                ws);
    }

    private double penalty(Parameters parameters) {
        double eta = problem.model().l2();
        double norm = eta == 0 ? 0 : parameters.values().norm();
        return 0.5 * eta * norm * norm;
    }

    /// @param loss of all cases, each with its weight
    /// @param errors the weight of the cases that are wrong
    /// @param squares for an autoencoder the squared error by number, of all cases, each with its weight
    /// @param weight of all cases
    private record Sums(double loss, double errors, double squares, double weight) {
        double meanLoss() {
            return loss / weight;
        }
    }

    private Sums sums(Parameters parameters, NormalizationStatistics statistics, Cases all) {
        double loss = 0;
        double errors = 0;
        double squares = 0;
        for (Batch batch : Batches.chunks(unpenalised.network(), all)) {
            try (var at = Linearization.at(unpenalised, parameters, statistics, batch, ws)) {
                loss += at.loss() * batch.weight();
                errors += errors(at, batch);
                squares += squares(at, batch);
            }
        }
        return new Sums(loss, errors, squares, all.weight());
    }

    private boolean isAutoencoder() {
        return problem.data().task() instanceof Task.Autoencoding;
    }

    /// Of what the loss takes the model to predict.
    private double squares(Linearization at, Batch batch) {
        if (!isAutoencoder()) {
            return 0;
        }
        Matrix targets = batch.targets();
        try (var frame = ws.open()) {
            Matrix mean = frame.matrix(targets.precision(), targets.rows(), targets.columns());
            unpenalised.loss().mean(at.outputs(), mean, ws);
            double sum = 0;
            if (batch.weights().areEqual()) {
                sum = Elementwise.squaredDistance(mean, targets, ws) * batch.weight() / batch.cases();
            } else {
                for (int i = 0; i < batch.cases(); i++) {
                    sum += batch.weights().at(i)
                            * Elementwise.squaredDistance(mean.rows(i, i + 1), targets.rows(i, i + 1), ws);
                }
            }
            return sum / targets.columns();
        }
    }

    private double errors(Linearization at, Batch batch) {
        return problem.data().criterion()
                .map(criterion -> errors(criterion, at.outputs(), batch))
                .orElse(0.0);
    }

    /// In the padding of sequences outputs are 0, and so are targets then.
    private double errors(Criterion criterion, Matrix outputs, Batch batch) {
        Matrix targets = batch.targets();
        if (!batch.lengths().areFull()) {
            targets = targets.copy();
            batch.lengths().clear(targets, unpenalised.targets());
        }
        if (batch.weights().areEqual()) {
            return criterion.failures(outputs, targets);
        }
        double sum = 0;
        for (int i = 0; i < batch.cases(); i++) {
            sum += batch.weights().at(i) * criterion.failures(outputs.rows(i, i + 1), targets.rows(i, i + 1));
        }
        return sum;
    }
}
