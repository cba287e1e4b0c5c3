package io.quadric.linalg.internal.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/// Exponentials and logarithms on the ranges that the kernels need, made of additions, products and fused products
/// alone: their bits are the same in interpreted and in compiled code. Those of the Vector API's own `EXP`, `EXPM1` and
/// `LOG1P` are not, so a run would depend on when it is compiled.
///
/// eˣ = 2ⁿ eʳ with n the integer nearest to x / log 2, r = x − n log 2 in two parts, and the Taylor polynomial of eʳ
/// for |r| ≤ ½ log 2. Adding 1.5 · 2^(mantissa bits) rounds n and leaves it in the lowest bits. The error is about one
/// unit in the last place.
final class SimdExponential {
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2_HIGH = 0.6931471805599453;
    private static final double LN2_LOW = 2.3190468138462996e-17;

    /// Below this, eˣ − 1 is −1.
    private static final float NEGLIGIBLE = -40;

    private static final double ROUND64 = 0x1.8p52;
    /// Below this, eˣ is 0. The power of two is scaled up, and the product down again, for results that are subnormal.
    private static final double LEAST64 = -746;
    private static final int SCALE64 = 200;
    private static final double[] TAYLOR64 = taylor(13);
    private static final double[] ATANH64 = atanh(16);

    private static final float ROUND32 = 0x1.8p23f;
    private static final float LEAST32 = -104;
    private static final int SCALE32 = 100;
    private static final double[] TAYLOR32 = taylor(8);
    private static final double[] ATANH32 = atanh(7);

    private SimdExponential() {}

    /// 1/1!, 1/2! … 1/n!, the last one first.
    private static double[] taylor(int n) {
        double[] coefficients = new double[n];
        double factorial = 1;
        for (int k = 1; k <= n; k++) {
            factorial *= k;
            coefficients[n - k] = 1 / factorial;
        }
        return coefficients;
    }

    /// 2, 2/3, 2/5 … 2/(2n + 1), the last one first.
    private static double[] atanh(int n) {
        double[] coefficients = new double[n + 1];
        for (int k = 0; k <= n; k++) {
            coefficients[n - k] = 2.0 / (2 * k + 1);
        }
        return coefficients;
    }

    /// eˣ for x ≤ 0.
    static DoubleVector exp(DoubleVector x) {
        DoubleVector clamped = x.max(LEAST64);
        DoubleVector rounded = clamped.fma(splat(LOG2_E), splat(ROUND64));
        DoubleVector scaled = excess(clamped, rounded).add(1).mul(power(rounded, SCALE64));
        DoubleVector result = scaled.mul(0x1p-200);
        VectorMask<Double> tiny = x.compare(VectorOperators.LT, LEAST64);
        return result.blend(0, tiny);
    }

    /// eˣ − 1 for x ≤ 0, accurate near 0.
    static DoubleVector expm1(DoubleVector x) {
        DoubleVector clamped = x.max(NEGLIGIBLE);
        DoubleVector rounded = clamped.fma(splat(LOG2_E), splat(ROUND64));
        DoubleVector power = power(rounded, 0);
        return excess(clamped, rounded).fma(power, power.sub(1));
    }

    /// log(1 + x) for 0 ≤ x ≤ 1 as 2 artanh(s), s = x / (2 + x), accurate near 0.
    static DoubleVector log1p(DoubleVector x) {
        DoubleVector s = x.div(x.add(2));
        return longPolynomial(s.mul(s), ATANH64).mul(s);
    }

    /// eʳ − 1
    private static DoubleVector excess(DoubleVector x, DoubleVector rounded) {
        DoubleVector n = rounded.sub(ROUND64);
        DoubleVector r = n.fma(splat(-LN2_HIGH), x);
        r = n.fma(splat(-LN2_LOW), r);
        return polynomial(r, TAYLOR64).mul(r);
    }

    /// (…(c₀ x + c₁) x + …) x + cₙ. Without a loop, whose sum C2 would keep as an object in some compilations.
    private static DoubleVector polynomial(DoubleVector x, double[] c) {
        DoubleVector sum = splat(c[0]).fma(x, splat(c[1])).fma(x, splat(c[2])).fma(x, splat(c[3])).fma(x, splat(c[4]));
        sum = sum.fma(x, splat(c[5])).fma(x, splat(c[6])).fma(x, splat(c[7])).fma(x, splat(c[8]));
        sum = sum.fma(x, splat(c[9])).fma(x, splat(c[10])).fma(x, splat(c[11])).fma(x, splat(c[12]));
        return sum;
    }

    private static DoubleVector longPolynomial(DoubleVector x, double[] c) {
        DoubleVector sum = polynomial(x, c).fma(x, splat(c[13])).fma(x, splat(c[14]));
        return sum.fma(x, splat(c[15])).fma(x, splat(c[16]));
    }

    /// 2^(n + scale) from the lowest bits of the rounded number.
    private static DoubleVector power(DoubleVector rounded, int scale) {
        return rounded.reinterpretAsLongs()
                .lanewise(VectorOperators.LSHL, 52)
                .add((1023L + scale) << 52)
                .reinterpretAsDoubles();
    }

    private static DoubleVector splat(double value) {
        return DoubleVector.broadcast(SimdSpecies.FLOAT64, value);
    }

    /// eˣ for x ≤ 0.
    static FloatVector exp(FloatVector x) {
        FloatVector clamped = x.max(LEAST32);
        FloatVector rounded = clamped.fma(narrow(LOG2_E), narrow(ROUND32));
        FloatVector scaled = excess(clamped, rounded).add(1).mul(power(rounded, SCALE32));
        FloatVector result = scaled.mul(0x1p-100f);
        VectorMask<Float> tiny = x.compare(VectorOperators.LT, LEAST32);
        return result.blend(0, tiny);
    }

    /// eˣ − 1 for x ≤ 0, accurate near 0.
    static FloatVector expm1(FloatVector x) {
        FloatVector clamped = x.max(NEGLIGIBLE);
        FloatVector rounded = clamped.fma(narrow(LOG2_E), narrow(ROUND32));
        FloatVector power = power(rounded, 0);
        return excess(clamped, rounded).fma(power, power.sub(1));
    }

    /// log(1 + x) for 0 ≤ x ≤ 1 as 2 artanh(s), s = x / (2 + x), accurate near 0.
    static FloatVector log1p(FloatVector x) {
        FloatVector s = x.div(x.add(2));
        return polynomial(s.mul(s), ATANH32).mul(s);
    }

    private static FloatVector excess(FloatVector x, FloatVector rounded) {
        FloatVector n = rounded.sub(ROUND32);
        FloatVector r = n.fma(narrow(-LN2_HIGH), x);
        r = n.fma(narrow((float) LN2_HIGH - LN2_HIGH), r);
        return polynomial(r, TAYLOR32).mul(r);
    }

    private static FloatVector polynomial(FloatVector x, double[] c) {
        FloatVector sum = narrow(c[0]).fma(x, narrow(c[1])).fma(x, narrow(c[2])).fma(x, narrow(c[3]));
        return sum.fma(x, narrow(c[4])).fma(x, narrow(c[5])).fma(x, narrow(c[6])).fma(x, narrow(c[7]));
    }

    private static FloatVector power(FloatVector rounded, int scale) {
        return rounded.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 23)
                .add((127 + scale) << 23)
                .reinterpretAsFloats();
    }

    private static FloatVector narrow(double value) {
        return FloatVector.broadcast(SimdSpecies.FLOAT32, (float) value);
    }
}
