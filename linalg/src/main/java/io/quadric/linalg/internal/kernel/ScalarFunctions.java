package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.ElementaryFunction;

/// The elementary functions and their derivatives at one number.
public final class ScalarFunctions {
    public static final double LEAK = 0.1;

    private ScalarFunctions() {}

    public static double value(ElementaryFunction f, double x) {
        return switch (f) {
            case LINEAR -> x;
            case TANH -> Math.tanh(x);
            case LOGISTIC -> logistic(x);
            case RELU -> Math.max(0.0, x);
            case LEAKY_RELU -> x > 0 ? x : LEAK * x;
            case SOFTPLUS -> softplus(x);
        };
    }

    /// f'(x), given y = f(x).
    public static double derivative(ElementaryFunction f, double x, double y) {
        return switch (f) {
            case LINEAR -> 1;
            case TANH -> 1 - y * y;
            case LOGISTIC -> y * (1 - y);
            case RELU -> x > 0 ? 1 : 0;
            case LEAKY_RELU -> x > 0 ? 1 : LEAK;
            case SOFTPLUS -> logistic(x);
        };
    }

    /// f''(x), given y = f(x).
    public static double second(ElementaryFunction f, double x, double y) {
        return switch (f) {
            case LINEAR, RELU, LEAKY_RELU -> 0;
            case TANH -> -2 * y * (1 - y * y);
            case LOGISTIC -> y * (1 - y) * (1 - 2 * y);
            case SOFTPLUS -> logistic(x) * logistic(-x);
        };
    }

    /// 1 / (1 + e^(−x)) for x ≥ 0 and e^x / (1 + e^x) else, so that nothing overflows or cancels.
    static double logistic(double x) {
        double e = Math.exp(-Math.abs(x));
        return (x < 0 ? e : 1) / (1 + e);
    }

    public static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
}
