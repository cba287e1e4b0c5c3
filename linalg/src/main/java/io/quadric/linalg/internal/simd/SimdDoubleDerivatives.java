package io.quadric.linalg.internal.simd;

import static io.quadric.linalg.internal.simd.SimdDoubleLanes.LANES;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.all;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.load;
import static io.quadric.linalg.internal.simd.SimdDoubleLanes.tail;

import io.quadric.linalg.FunctionPoint;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.internal.kernel.RowTraversal;
import io.quadric.linalg.internal.kernel.ScalarFunctions;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// First and second derivatives of the elementary functions, from x or from y = f(x), whichever is cheaper.
final class SimdDoubleDerivatives {
    private SimdDoubleDerivatives() {}

    /// dx ← dy ∘ f'(x)
    static void chain(FunctionPoint at, Matrix dy, Matrix dx) {
        switch (at.function()) {
            case LINEAR -> SimdDoubleArithmetic.setScaled(1, dy, dx);
            case TANH -> chainTanh(at.y(), dy, dx);
            case LOGISTIC -> chainLogistic(at.y(), dy, dx);
            case RELU -> chainKink(0, at.x(), dy, dx);
            case LEAKY_RELU -> chainKink(ScalarFunctions.LEAK, at.x(), dy, dx);
            case SOFTPLUS -> chainSoftplus(at.x(), dy, dx);
        }
    }

    private static void chainTanh(Matrix y, Matrix dy, Matrix dx) {
        RowTraversal sweep = RowTraversal.over(y).and(dy).and(dx);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] ya = y.doubles();
        /*E*/double[] da = dy.doubles();
        /*E*/double[] oa = dx.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int yi = y.rowOffset(i);
            int di = dy.rowOffset(i);
            int oi = dx.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                tanhSlope(load(ya, yi + j)).mul(load(da, di + j)).intoArray(oa, oi + j);
            }
            if (j < n) {
                tanhSlope(load(ya, yi + j, mask)).mul(load(da, di + j, mask)).intoArray(oa, oi + j, mask);
            }
        }
    }

    private static void chainLogistic(Matrix y, Matrix dy, Matrix dx) {
        RowTraversal sweep = RowTraversal.over(y).and(dy).and(dx);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        /*E*/double[] ya = y.doubles();
        /*E*/double[] da = dy.doubles();
        /*E*/double[] oa = dx.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int yi = y.rowOffset(i);
            int di = dy.rowOffset(i);
            int oi = dx.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                logisticSlope(load(ya, yi + j)).mul(load(da, di + j)).intoArray(oa, oi + j);
            }
            if (j < n) {
                logisticSlope(load(ya, yi + j, mask)).mul(load(da, di + j, mask)).intoArray(oa, oi + j, mask);
            }
        }
    }

    /// The slope is 1 for x > 0, otherwise `left`.
    private static void chainKink(double left, Matrix x, Matrix dy, Matrix dx) {
        RowTraversal sweep = RowTraversal.over(x).and(dy).and(dx);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        DoubleVector leftSlope = all(left);
        DoubleVector one = all(1);
        DoubleVector zero = all(0);
        /*E*/double[] xa = x.doubles();
        /*E*/double[] da = dy.doubles();
        /*E*/double[] oa = dx.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int di = dy.rowOffset(i);
            int oi = dx.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                DoubleVector slope = leftSlope.blend(one, load(xa, xi + j).compare(VectorOperators.GT, zero));
                slope.mul(load(da, di + j)).intoArray(oa, oi + j);
            }
            if (j < n) {
                DoubleVector slope = leftSlope.blend(one, load(xa, xi + j, mask).compare(VectorOperators.GT, zero));
                slope.mul(load(da, di + j, mask)).intoArray(oa, oi + j, mask);
            }
        }
    }

    /// In two parts, as softplus itself.
    private static void chainSoftplus(Matrix x, Matrix dy, Matrix dx) {
        RowTraversal sweep = RowTraversal.over(x).and(dy).and(dx);
        int whole = sweep.length() / LANES * LANES;
        /*E*/double[] xa = x.doubles();
        /*E*/double[] da = dy.doubles();
        /*E*/double[] oa = dx.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int di = dy.rowOffset(i);
            int oi = dx.rowOffset(i);
            for (int j = 0; j < whole; j += LANES) {
                SimdDoubleFunctions.logistic(load(xa, xi + j)).mul(load(da, di + j)).intoArray(oa, oi + j);
            }
        }
        if (whole < sweep.length()) {
            endOfChainSoftplus(sweep, x, dy, dx);
        }
    }

    /// The elements of each row behind the whole vectors.
    private static void endOfChainSoftplus(RowTraversal sweep, Matrix x, Matrix dy, Matrix dx) {
        int whole = sweep.length() / LANES * LANES;
        VectorMask</*E*/Double> mask = tail(sweep.length());
        for (int i = 0; i < sweep.rows(); i++) {
            DoubleVector slope = SimdDoubleFunctions.logistic(load(x.doubles(), x.rowOffset(i) + whole, mask));
            DoubleVector product = slope.mul(load(dy.doubles(), dy.rowOffset(i) + whole, mask));
            product.intoArray(dx.doubles(), dx.rowOffset(i) + whole, mask);
        }
    }

    /// dx ← dx + f''(x) ∘ a ∘ b
    static void addSecond(FunctionPoint at, Matrix a, Matrix b, Matrix dx) {
        switch (at.function()) {
            case LINEAR, RELU, LEAKY_RELU -> {}
            case TANH -> secondTanh(at.y(), a, b, dx);
            case LOGISTIC -> secondLogistic(at.y(), a, b, dx);
            case SOFTPLUS -> secondSoftplus(at.x(), a, b, dx);
        }
    }

    private static void secondTanh(Matrix y, Matrix a, Matrix b, Matrix dx) {
        RowTraversal sweep = RowTraversal.over(y).and(a).and(b).and(dx);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        for (int i = 0; i < sweep.rows(); i++) {
            int yi = y.rowOffset(i);
            int ai = a.rowOffset(i);
            int bi = b.rowOffset(i);
            int oi = dx.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                DoubleVector v = load(y.doubles(), yi + j);
                DoubleVector product = load(a.doubles(), ai + j).mul(load(b.doubles(), bi + j));
                DoubleVector old = load(dx.doubles(), oi + j);
                tanhSlope(v).mul(v).mul(all(-2)).fma(product, old).intoArray(dx.doubles(), oi + j);
            }
            if (j < n) {
                DoubleVector v = load(y.doubles(), yi + j, mask);
                DoubleVector product = load(a.doubles(), ai + j, mask).mul(load(b.doubles(), bi + j, mask));
                DoubleVector old = load(dx.doubles(), oi + j, mask);
                tanhSlope(v).mul(v).mul(all(-2)).fma(product, old).intoArray(dx.doubles(), oi + j, mask);
            }
        }
    }

    private static void secondLogistic(Matrix y, Matrix a, Matrix b, Matrix dx) {
        RowTraversal sweep = RowTraversal.over(y).and(a).and(b).and(dx);
        int n = sweep.length();
        VectorMask</*E*/Double> mask = tail(n);
        for (int i = 0; i < sweep.rows(); i++) {
            int yi = y.rowOffset(i);
            int ai = a.rowOffset(i);
            int bi = b.rowOffset(i);
            int oi = dx.rowOffset(i);
            int j = 0;
            for (; j <= n - LANES; j += LANES) {
                DoubleVector v = load(y.doubles(), yi + j);
                DoubleVector product = load(a.doubles(), ai + j).mul(load(b.doubles(), bi + j));
                DoubleVector old = load(dx.doubles(), oi + j);
                logisticBend(v).fma(product, old).intoArray(dx.doubles(), oi + j);
            }
            if (j < n) {
                DoubleVector v = load(y.doubles(), yi + j, mask);
                DoubleVector product = load(a.doubles(), ai + j, mask).mul(load(b.doubles(), bi + j, mask));
                DoubleVector old = load(dx.doubles(), oi + j, mask);
                logisticBend(v).fma(product, old).intoArray(dx.doubles(), oi + j, mask);
            }
        }
    }

    /// In two parts, as softplus itself.
    private static void secondSoftplus(Matrix x, Matrix a, Matrix b, Matrix dx) {
        RowTraversal sweep = RowTraversal.over(x).and(a).and(b).and(dx);
        int whole = sweep.length() / LANES * LANES;
        for (int i = 0; i < sweep.rows(); i++) {
            int xi = x.rowOffset(i);
            int ai = a.rowOffset(i);
            int bi = b.rowOffset(i);
            int oi = dx.rowOffset(i);
            for (int j = 0; j < whole; j += LANES) {
                DoubleVector bend = softplusBend(load(x.doubles(), xi + j));
                DoubleVector product = load(a.doubles(), ai + j).mul(load(b.doubles(), bi + j));
                bend.fma(product, load(dx.doubles(), oi + j)).intoArray(dx.doubles(), oi + j);
            }
        }
        if (whole < sweep.length()) {
            endOfSecondSoftplus(sweep, x, a, b, dx);
        }
    }

    /// The elements of each row behind the whole vectors.
    private static void endOfSecondSoftplus(RowTraversal sweep, Matrix x, Matrix a, Matrix b, Matrix dx) {
        int whole = sweep.length() / LANES * LANES;
        VectorMask</*E*/Double> mask = tail(sweep.length());
        /*E*/double[] out = dx.doubles();
        for (int i = 0; i < sweep.rows(); i++) {
            DoubleVector bend = softplusBend(load(x.doubles(), x.rowOffset(i) + whole, mask));
            DoubleVector factor = load(a.doubles(), a.rowOffset(i) + whole, mask);
            DoubleVector product = factor.mul(load(b.doubles(), b.rowOffset(i) + whole, mask));
            int at = dx.rowOffset(i) + whole;
            bend.fma(product, load(out, at, mask)).intoArray(out, at, mask);
        }
    }

    /// 1 − y²
    private static DoubleVector tanhSlope(DoubleVector y) {
        return y.neg().fma(y, all(1));
    }

    /// y (1 − y)
    private static DoubleVector logisticSlope(DoubleVector y) {
        return y.mul(all(1).sub(y));
    }

    /// y (1 − y) (1 − 2y)
    private static DoubleVector logisticBend(DoubleVector y) {
        return logisticSlope(y).mul(y.fma(all(-2), all(1)));
    }

    /// e^(−|x|) / (1 + e^(−|x|))²
    private static DoubleVector softplusBend(DoubleVector x) {
        DoubleVector e = SimdExponential.exp(x.abs().neg());
        DoubleVector root = e.add(all(1));
        return e.div(root).div(root);
    }
}
