package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import java.util.Optional;

/// Range checks of options.
public final class Checks {
    private Checks() {}

    public static int atLeast(int least, String option, int value) {
        if (value < least) {
            throw new InputException(option + " is " + value + ", expected a whole number of at least " + least);
        }
        return value;
    }

    public static Optional<Integer> atLeast(int least, String option, Optional<Integer> value) {
        return value.map(given -> atLeast(least, option, given));
    }

    public static double notNegative(String option, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new InputException(option + " is " + value + ", expected a finite number of at least 0");
        }
        return value;
    }
}
