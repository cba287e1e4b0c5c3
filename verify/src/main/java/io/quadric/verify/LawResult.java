package io.quadric.verify;

import java.util.Optional;

/// What a law's checks came to.
///
/// @param law the law
/// @param cases the number of subjects it applied to
/// @param worstError the largest error in relation to its bound
/// @param bound the bound where that error was met
/// @param worst the subject where it was met, or empty if the law applied to none
public record LawResult(Law law, int cases, double worstError, double bound, Optional<Subject> worst) {
    /// {@return the result of no check}
    ///
    /// @param law the law
    static LawResult none(Law law) {
        return new LawResult(law, 0, 0, 0, Optional.empty());
    }

    /// {@return the result with one more check}
    LawResult with(double error, double errorBound, Subject subject) {
        boolean worse = cases == 0 || !(error <= errorBound) && holds() || excess(error, errorBound) > excess();
        return worse
                ? new LawResult(law, cases + 1, error, errorBound, Optional.of(subject))
                : new LawResult(law, cases + 1, worstError, bound, worst);
    }

    private double excess() {
        return excess(worstError, bound);
    }

    private static double excess(double error, double bound) {
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : bound == 0 ? error : error / bound;
    }

    /// {@return the name of the worst subject}, empty if the law applied to none
    public String worstCase() {
        return worst.map(Subject::name).orElse("");
    }

    /// {@return `PASS`, `FAIL`, or `not met` if the law applied to none}
    public String verdict() {
        return cases == 0 ? "not met" : holds() ? "PASS" : "FAIL";
    }

    /// {@return whether no error was above its bound}
    public boolean holds() {
        return worstError <= bound;
    }
}
