package io.quadric.engine.table.file;

/// Reads decimal numbers such as `-12.5e3` from characters, rounded to the nearest double.
///
/// Numbers of at most 2⁵³ without their point, and with at most 22 places to shift it, need one exact multiplication
/// or division by a power of ten (Clinger 1990); others go through [Double#parseDouble].
final class DecimalNumber {
    private static final double[] POWERS = new double[23];
    private static final long EXACT = 1L << 53;

    static {
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = Double.parseDouble("1e" + i);
        }
    }

    private final char point;
    private char[] chars = {};
    private int at;
    private int end;
    private int digits;
    private int shift;
    private long mantissa;
    private double value;

    DecimalNumber(char point) {
        this.point = point;
    }

    /// Whether the characters are a finite number; if so, [#value] is it.
    boolean read(char[] from, int begin, int count) {
        chars = from;
        at = begin;
        end = begin + count;
        digits = 0;
        shift = 0;
        mantissa = 0;
        boolean negative = sign();
        digits(0);
        if (at < end && chars[at] == point) {
            at++;
            digits(-1);
        }
        if (digits == 0 || !exponent() || at < end) {
            return false;
        }
        value = Math.abs(shift) < POWERS.length && mantissa <= EXACT
                ? (negative ? -exact() : exact())
                : Double.parseDouble(new String(chars, begin, count).replace(point, '.'));
        return Double.isFinite(value);
    }

    boolean read(String text) {
        return read(text.toCharArray(), 0, text.length());
    }

    double value() {
        return value;
    }

    private boolean sign() {
        boolean negative = at < end && chars[at] == '-';
        if (negative || (at < end && chars[at] == '+')) {
            at++;
        }
        return negative;
    }

    /// Digits before or after the point; a mantissa that grows too large stays larger than any that is used.
    private void digits(int shiftOfEach) {
        while (at < end && chars[at] >= '0' && chars[at] <= '9') {
            mantissa = mantissa > EXACT ? mantissa : 10 * mantissa + (chars[at] - '0');
            shift += shiftOfEach;
            digits++;
            at++;
        }
    }

    private boolean exponent() {
        if (at == end || (chars[at] | 0x20) != 'e') {
            return true;
        }
        at++;
        int sign = sign() ? -1 : 1;
        int first = at;
        int exponent = 0;
        while (at < end && chars[at] >= '0' && chars[at] <= '9') {
            exponent = Math.min(10 * exponent + (chars[at] - '0'), 1_000_000);
            at++;
        }
        shift += sign * exponent;
        return at > first;
    }

    private double exact() {
        return shift < 0 ? mantissa / POWERS[-shift] : mantissa * POWERS[shift];
    }
}
