package io.quadric.engine.experiment;

import io.quadric.engine.report.Text;
import io.quadric.engine.train.Schedule;
import java.util.Locale;

/// How far the runs of an experiment come if nothing else is said.
///
/// @param published what the paper gives them, or ours where it says nothing
/// @param reduced what a processor does in minutes or an hour
public record Budget(Schedule published, Schedule reduced) {
    /// One that is affordable as it is published.
    ///
    /// @param both of them
    public Budget(Schedule both) {
        this(both, both);
    }

    /// Which of them.
    public enum Kind {
        /// That of the paper.
        PUBLISHED,
        /// What is affordable.
        REDUCED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// {@return one of them}
    ///
    /// @param kind which
    public Schedule of(Kind kind) {
        return kind == Kind.PUBLISHED ? published : reduced;
    }

    /// {@return one of them in words}
    ///
    /// @param kind which
    public String words(Kind kind) {
        Schedule limits = of(kind);
        if (limits.epochs() < Long.MAX_VALUE) {
            return limits.epochs() + " epochs";
        }
        return limits.steps() < Long.MAX_VALUE ? limits.steps() + " updates" : Text.number(limits.seconds()) + " s";
    }

    /// {@return the same with a goal}
    ///
    /// @param goal the test error below which a run ends
    public Budget withGoal(double goal) {
        return new Budget(published.withGoal(goal), reduced.withGoal(goal));
    }
}
