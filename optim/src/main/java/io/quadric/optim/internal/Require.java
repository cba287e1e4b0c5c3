package io.quadric.optim.internal;

/// Range checks of hyper-parameters.
public final class Require {
    private Require() {}

    public static void positive(String name, double value) {
        check(value > 0 && Double.isFinite(value), name, value, "a finite number above 0");
    }

    public static void notNegative(String name, double value) {
        check(value >= 0 && Double.isFinite(value), name, value, "a finite number of at least 0");
    }

    public static void fraction(String name, double value) {
        check(value >= 0 && value < 1, name, value, "a number of at least 0 and below 1");
    }

    public static void unitInterval(String name, double value) {
        check(value >= 0 && value <= 1, name, value, "a number from 0 to 1");
    }

    public static void ratioBound(String name, double value) {
        check(value > 0 && value < 0.5, name, value, "a number between 0 and 0.5");
    }

    public static void atLeastOne(String name, int value) {
        check(value >= 1, name, value, "a whole number of at least 1");
    }

    public static void from(int least, int most, String name, int value) {
        check(value >= least && value <= most, name, value, "a whole number from " + least + " to " + most);
    }

    private static void check(boolean holds, String name, Number value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
