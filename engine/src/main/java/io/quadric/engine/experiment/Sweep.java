package io.quadric.engine.experiment;

import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.report.Curve;
import io.quadric.engine.report.MeanAndDeviation;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.TrainingOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A grid search: runs of every cell from several seeds, and what they came to.
///
/// @param grid what is searched
/// @param score by which cells are compared
/// @param runs made so far
public record Sweep(Grid grid, Score score, List<Trial> runs) {
    /// A run of a cell.
    ///
    /// @param cell its hyper-parameters
    /// @param seed of everything random
    /// @param done the run
    public record Trial(Map<String, String> cell, long seed, Done done) {}

    /// The number by which runs are compared: the lower, the better.
    public enum Score {
        /// The least training loss of all evaluations (Ren 2022, §2.8.2).
        LEAST_TRAIN_LOSS,
        /// The training loss at the end.
        TRAIN_LOSS,
        /// The test loss at the end.
        TEST_LOSS,
        /// The test error at the end.
        TEST_ERROR;

        /// {@return the score of a run}, +∞ if it failed or has none.
        ///
        /// @param done the run
        public double of(Done done) {
            if (done.ended().result().outcome() instanceof TrainingOutcome.Failed) {
                return Double.POSITIVE_INFINITY;
            }
            Evaluation last = done.ended().result().last();
            double value = switch (this) {
                case LEAST_TRAIN_LOSS -> least(done.ended().curve());
                case TRAIN_LOSS -> last.trainLoss();
                case TEST_LOSS -> last.testLoss().orElse(Double.NaN);
                case TEST_ERROR -> last.testError().orElse(Double.NaN);
            };
            return Double.isFinite(value) ? value : Double.POSITIVE_INFINITY;
        }

        private static double least(Curve curve) {
            return curve.points().stream()
                    .mapToDouble(point -> point.evaluation().trainLoss())
                    .filter(Double::isFinite)
                    .min()
                    .orElse(Double.NaN);
        }
    }

    /// What the runs of a cell came to.
    ///
    /// @param values its hyper-parameters
    /// @param runs how many have ended
    /// @param failed how many of them failed
    /// @param mean of the scores of the others, NaN if there are none
    /// @param deviation the standard deviation of the scores, with n − 1; 0 for one run
    public record Cell(Map<String, String> values, int runs, int failed, double mean, double deviation) {
        static Cell of(Map<String, String> values, List<Double> scores) {
            double[] finite = scores.stream().mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
            MeanAndDeviation spread = MeanAndDeviation.of(finite);
            int failed = scores.size() - finite.length;
            return new Cell(values, scores.size(), failed, spread.mean(), spread.deviation());
        }
    }

    /// {@return all cells of which a run has ended, in the grid's order}
    public List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (Map<String, String> values : grid.cells()) {
            List<Double> scores = runs.stream()
                    .filter(run -> run.cell().equals(values))
                    .map(run -> score.of(run.done()))
                    .toList();
            if (!scores.isEmpty()) {
                cells.add(Cell.of(values, scores));
            }
        }
        return cells;
    }

    /// {@return what runs of one cell came to}
    ///
    /// @param values its hyper-parameters
    /// @param runs with more seeds than those of the search
    public Cell repeated(Map<String, String> values, List<Done> runs) {
        return Cell.of(values, runs.stream().map(score::of).toList());
    }

    /// {@return the cell with the least mean among those in which no run failed, the first of equal ones}
    public Optional<Cell> best() {
        Optional<Cell> best = Optional.empty();
        for (Cell cell : cells()) {
            if (cell.failed() == 0 && (best.isEmpty() || cell.mean() < best.get().mean())) {
                best = Optional.of(cell);
            }
        }
        return best;
    }
}
