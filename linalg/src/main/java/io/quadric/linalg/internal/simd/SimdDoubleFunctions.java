package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.all;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.load;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.tail;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.internal.kernel.RowTraversal;
import io.quadric.linalg.internal.kernel.ScalarFunctions;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// The elementary functions: a loop for each. Whole vectors first, then one masked vector with the same instructions.
final class SimdDoubleFunctions {
    private static final double LEAK = ScalarFunctions.LEAK;

    private SimdDoubleFunctions() {}

    static void apply(ElementaryFunction f, Matrix x, Matrix y) {
        switch (f) {
            case LINEAR -> SimdDoubleArithmetic.setScaled(1, x, y);
            case TANH -> tanh(x, y);
            case LOGISTIC -> logistic(x, y);
            case RELU -> relu(x, y);
            case LEAKY_RELU -> leakyRelu(x, y);
            case SOFTPLUS -> softplus(x, y);
        }
    }

    private static void tanh(Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                tanh(load(xa, xi + j)).intoArray(ya, yi + j);
            }
            if (j < n) {
                tanh(load(xa, xi + j, mask)).intoArray(ya, yi + j, mask);
            }
        }
    }

    private static void logistic(Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                logistic(load(xa, xi + j)).intoArray(ya, yi + j);
            }
            if (j < n) {
                logistic(load(xa, xi + j, mask)).intoArray(ya, yi + j, mask);
            }
        }
    }

    private static void relu(Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        DoubleVector zero = all(0);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                load(xa, xi + j).max(zero).intoArray(ya, yi + j);
            }
            if (j < n) {
                load(xa, xi + j, mask).max(zero).intoArray(ya, yi + j, mask);
            }
        }
    }

    private static void leakyRelu(Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        DoubleVector leak = all(LEAK);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                DoubleVector v = load(xa, xi + j);
                v.max(v.mul(leak)).intoArray(ya, yi + j);
            }
            if (j < n) {
                DoubleVector v = load(xa, xi + j, mask);
                v.max(v.mul(leak)).intoArray(ya, yi + j, mask);
            }
        }
    }

    /// In two parts, since a method with two logarithms in it is longer than what C1 can compile (docs/kernels.md).
    private static void softplus(Matrix x, Matrix y) {
        RowTraversal sweep = RowTraversal.over(x).and(y);
        int n = sweep.length();
        int whole = n / LANES * LANES;
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int yi = y.rowOffset(i);
            for (int j = 0; j < whole; j += LANES) {
                softplus(load(xa, xi + j)).intoArray(ya, yi + j);
            }
        }
        if (whole < n) {
            endOfSoftplus(sweep, x, y);
        }
    }

    /// The elements of each row behind the whole vectors.
    private static void endOfSoftplus(RowTraversal sweep, Matrix x, Matrix y) {
        int whole = sweep.length() / LANES * LANES;
        VectorMask</*E*/Double> mask = tail(sweep.length());
        /*E*/double[] xa = x.doubles();
        /*E*/double[] ya = y.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            softplus(load(xa, x.rowOffset(i) + whole, mask)).intoArray(ya, y.rowOffset(i) + whole, mask);
        }
    }

    /// With t = e^(−2|x|) − 1, −t / (t + 2) and the sign of x, also of zero: accurate near zero, and nothing overflows.
    private static DoubleVector tanh(DoubleVector x) {
        DoubleVector t = SimdExponential.expm1(x.abs().mul(all(-2)));
        DoubleVector positive = t.neg().div(t.add(all(2)));
        DoubleVector signed = positive.blend(positive.neg(), x.compare(VectorOperators.LT, all(0)));
        return signed.blend(x, x.compare(VectorOperators.EQ, all(0)));
    }

    /// 1 / (1 + e^(−x)) for x ≥ 0, otherwise e^x / (1 + e^x), so that nothing overflows or cancels.
    static DoubleVector logistic(DoubleVector x) {
        DoubleVector e = SimdExponential.exp(x.abs().neg());
        DoubleVector numerator = all(1).blend(e, x.compare(VectorOperators.LT, all(0)));
        return numerator.div(e.add(all(1)));
    }

    /// max(x, 0) + log(1 + e^(−|x|))
    static DoubleVector softplus(DoubleVector x) {
        DoubleVector e = SimdExponential.exp(x.abs().neg());
        return x.max(all(0)).add(SimdExponential.log1p(e));
    }
}
