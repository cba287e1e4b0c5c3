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
