package io.quadric.engine.train;

/// How long to train and how often to evaluate. The limits count from the beginning of a run, also when it is resumed;
/// the first one reached ends it.
///
/// @param epochs the most epochs
/// @param steps the most steps
/// @param seconds the most seconds of training; the step in which they run out is completed
/// @param evaluateEvery steps between evaluations, 0 for every epoch; the end is evaluated in any case
/// @param goal the test error below which a run ends, 0 for none
public record Schedule(long epochs, long steps, double seconds, long evaluateEvery, double goal) {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is negative
    public Schedule {
        requireNotNegative("epochs", epochs);
        requireNotNegative("steps", steps);
        requireNotNegative("seconds", seconds);
        requireNotNegative("evaluateEvery", evaluateEvery);
        requireNotNegative("goal", goal);
    }

    /// Without a goal.
    ///
    /// @param epochs the most epochs
    /// @param steps the most steps
    /// @param seconds the most seconds of training
    /// @param evaluateEvery steps between evaluations, 0 for every epoch
    public Schedule(long epochs, long steps, double seconds, long evaluateEvery) {
        this(epochs, steps, seconds, evaluateEvery, 0);
    }

    private static void requireNotNegative(String name, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected at least 0");
        }
    }

    /// {@return no limit, evaluations every epoch}
    public static Schedule unlimited() {
        return new Schedule(Long.MAX_VALUE, Long.MAX_VALUE, Double.POSITIVE_INFINITY, 0);
    }

    /// {@return a limit of epochs, evaluations every epoch}
    ///
    /// @param epochs the most epochs
    public static Schedule epochs(long epochs) {
        return unlimited().withEpochs(epochs);
    }

    /// {@return a limit of steps, evaluations every epoch}
    ///
    /// @param steps the most steps
    public static Schedule steps(long steps) {
        return unlimited().withSteps(steps);
    }

    /// {@return a limit of seconds, evaluations every epoch}
    ///
    /// @param seconds the most seconds
    public static Schedule seconds(double seconds) {
        return unlimited().withSeconds(seconds);
    }

    /// {@return the same with another limit of epochs}
    ///
    /// @param most the most epochs
    public Schedule withEpochs(long most) {
        return new Schedule(most, steps, seconds, evaluateEvery, goal);
    }

    /// {@return the same with another limit of steps}
    ///
    /// @param most the most steps
    public Schedule withSteps(long most) {
        return new Schedule(epochs, most, seconds, evaluateEvery, goal);
    }

    /// {@return the same with another limit of seconds}
    ///
    /// @param most the most seconds
    public Schedule withSeconds(double most) {
        return new Schedule(epochs, steps, most, evaluateEvery, goal);
    }

    /// {@return the same with another interval of evaluations}
    ///
    /// @param interval in steps, 0 for every epoch
    public Schedule withEvaluateEvery(long interval) {
        return new Schedule(epochs, steps, seconds, interval, goal);
    }

    /// {@return the same with another goal}
    ///
    /// @param testError below which a run ends, 0 for none
    public Schedule withGoal(double testError) {
        return new Schedule(epochs, steps, seconds, evaluateEvery, testError);
    }

    /// {@return whether a run ends here}
    ///
    /// @param at how far the run has come
    /// @param last its last evaluation
    public boolean isOver(Progress at, Evaluation last) {
        return at.epoch() >= epochs || at.step() >= steps || at.seconds() >= seconds
                || last.testError().orElse(1) < goal;
    }

    /// Whether step `step` will be evaluated, as far as that can be known before it.
    boolean willEvaluate(long step, TrainingPlan plan) {
        return evaluatesAt(step, plan) || step >= steps || plan.epochs(step) >= epochs;
    }

    boolean evaluatesAt(long step, TrainingPlan plan) {
        return evaluateEvery == 0 ? plan.endsEpoch(step) : step % evaluateEvery == 0;
    }
}
