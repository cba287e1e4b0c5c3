package io.quadric.engine.experiment;

import io.quadric.engine.report.Curve;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.StepEvent;
import io.quadric.engine.train.Stop;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// When a run ends before the limits of its schedule: at the first evaluation that has come to a training loss, or
/// whose test figure is higher than that of the evaluation before.
///
/// The figure is the test error; where there is none, the squared test error, and where there is none either, the test
/// loss. An evaluation decides together with the one before it, so that a run that was interrupted ends where it would
/// have.
///
/// @param targetLoss the training loss to come to, if there is one
/// @param rise whether a higher test figure ends the run
public record EndRule(OptionalDouble targetLoss, Rise rise) {
    /// What a higher test figure means.
    public enum Rise {
        /// Nothing.
        GOES_ON,
        /// The end.
        ENDS
    }

    /// {@return the limits of the schedule alone}
    public static EndRule none() {
        return new EndRule(OptionalDouble.empty(), Rise.GOES_ON);
    }

    /// {@return whether a run has come to an end by this rule}
    ///
    /// @param points its evaluations
    public boolean isOver(List<Curve.Point> points) {
        return IntStream.range(1, points.size())
                .anyMatch(i -> reason(points.get(i - 1).evaluation(), points.get(i).evaluation()).isPresent());
    }

    private Optional<String> reason(Evaluation before, Evaluation now) {
        if (targetLoss.isPresent() && now.trainLoss() <= targetLoss.getAsDouble()) {
            return Optional.of("training loss " + Text.number(targetLoss.getAsDouble()) + " reached");
        }
        double last = figure(before).orElse(Double.NaN);
        double here = figure(now).orElse(Double.NaN);
        return rise == Rise.ENDS && here > last
                ? Optional.of("the test figure rose from " + Text.number(last) + " to " + Text.number(here))
                : Optional.empty();
    }

    private static OptionalDouble figure(Evaluation evaluation) {
        if (evaluation.testError().isPresent()) {
            return evaluation.testError();
        }
        return evaluation.testSquaredError().isPresent() ? evaluation.testSquaredError() : evaluation.testLoss();
    }

    /// {@return ends a run by this rule}
    ///
    /// @param last evaluation so far
    Stop stop(Evaluation last) {
        return new Watch(this, last);
    }

    /// Remembers the last evaluation.
    private static final class Watch implements Stop {
        private final EndRule rule;
        private Evaluation last;

        Watch(EndRule rule, Evaluation last) {
            this.rule = rule;
            this.last = last;
        }

        @Override
        public Optional<String> reason(StepEvent event) {
            if (event.evaluation().isEmpty()) {
                return Optional.empty();
            }
            Optional<String> reason = rule.reason(last, event.evaluation().get());
            last = event.evaluation().get();
            return reason;
        }
    }
}
