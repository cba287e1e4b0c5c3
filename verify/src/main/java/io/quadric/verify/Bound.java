package io.quadric.verify;

import io.quadric.linalg.Precision;

/// How large the error of a law may be, and why. Errors are relative to the largest number that takes part.
public enum Bound {
    /// No error at all.
    EXACT("the same operations in the same order give the same bits") {
        @Override
        public double value(Precision precision) {
            return 0;
        }
    },
    /// 10⁴ ε
    ROUNDING("equal in exact arithmetic; some hundred roundings in a row and a cancellation of two digits cost 10⁴ ε") {
        @Override
        public double value(Precision precision) {
            return 1e4 * precision.epsilon();
        }
    },
    /// 10⁻⁶ and the rounding of what is checked
    FINITE_DIFFERENCES("the accuracy of central differences in FLOAT64, and 10⁴ ε for rounding in what is checked") {
        @Override
        public double value(Precision precision) {
            return 1e-6 + ROUNDING.value(precision);
        }
    },
    /// 10⁴ ε of FLOAT32
    SINGLE("the same quantity in both precisions differs by the rounding of FLOAT32") {
        @Override
        public double value(Precision precision) {
            return ROUNDING.value(Precision.FLOAT32);
        }
    },
    /// Half a power of the step
    SLOPE("a wrong term takes a whole power of the step; half a power is left to the terms behind it") {
        @Override
        public double value(Precision precision) {
            return 0.5;
        }
    },
    /// Once the deviation that random numbers pass with probability 10⁻⁹
    SAMPLING("the mean of the draws is as close to its expectation as the empirical Bernstein bound for an error rate"
            + " of 1e-9 says") {
        @Override
        public double value(Precision precision) {
            return 1;
        }
    };

    private final String reason;

    Bound(String reason) {
        this.reason = reason;
    }

    /// {@return why}
    public String reason() {
        return reason;
    }

    /// {@return the bound}
    ///
    /// @param precision the element type of what is checked
    public abstract double value(Precision precision);
}
