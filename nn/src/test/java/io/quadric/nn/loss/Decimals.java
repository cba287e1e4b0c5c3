package io.quadric.nn.loss;

import java.math.BigDecimal;
import java.math.MathContext;

/// Elementary functions in 60 digits, for any finite double.
final class Decimals {
    static final BigDecimal ZERO = BigDecimal.ZERO;
    static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.TWO;
    private static final MathContext DIGITS = new MathContext(60);
    private static final MathContext WIDE = new MathContext(100);
    /// e^(−2000) is far below the smallest double.
    private static final BigDecimal LEAST = BigDecimal.valueOf(-2000);
    private static final BigDecimal SMALL = new BigDecimal("1e-30");

    private Decimals() {}

    static BigDecimal of(double x) {
        return new BigDecimal(x);
    }

    static BigDecimal sum(BigDecimal x, BigDecimal y) {
        return x.add(y, WIDE);
    }

    static BigDecimal product(BigDecimal x, BigDecimal y) {
        return x.multiply(y, DIGITS);
    }

    static BigDecimal quotient(BigDecimal x, BigDecimal y) {
        return x.divide(y, DIGITS);
    }

    /// eˣ for x ≤ 0, by the series of x / 2¹⁶, squared 16 times.
    static BigDecimal exp(BigDecimal x) {
        if (x.compareTo(LEAST) < 0) {
            return ZERO;
        }
        BigDecimal small = x.divide(BigDecimal.valueOf(1 << 16), WIDE);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int i = 1; i < 35; i++) {
            term = term.multiply(small, WIDE).divide(BigDecimal.valueOf(i), WIDE);
            sum = sum.add(term, WIDE);
        }
        for (int i = 0; i < 16; i++) {
            sum = sum.multiply(sum, WIDE);
        }
        return sum;
    }

    /// log(1 + x) for x ≥ 0: x − x²/2 if x is tiny, else from y ≈ log v by y + 2 (v − eʸ) / (v + eʸ), which triples the
    /// digits.
    static BigDecimal log1p(BigDecimal x) {
        if (x.compareTo(SMALL) < 0) {
            return x.subtract(x.multiply(x, WIDE).divide(TWO, WIDE), DIGITS);
        }
        BigDecimal v = ONE.add(x, WIDE);
        BigDecimal y = of(Math.log1p(x.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal e = ONE.divide(exp(y.negate()), WIDE);
            y = y.add(TWO.multiply(v.subtract(e, WIDE)).divide(v.add(e, WIDE), WIDE), WIDE);
        }
        return y;
    }

    /// 1 / (1 + e^(−x))
    static BigDecimal logistic(BigDecimal x) {
        BigDecimal e = exp(x.abs().negate());
        return quotient(x.signum() < 0 ? e : ONE, ONE.add(e, WIDE));
    }

    /// log(1 + eˣ)
    static BigDecimal softplus(BigDecimal x) {
        return log1p(exp(x.abs().negate())).add(x.max(ZERO));
    }
}
