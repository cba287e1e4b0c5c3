package io.quadric.engine.split;

/// How much of the cases validates and tests; the rest trains.
///
/// @param validation share of the cases, 0 for none
/// @param test share of the cases, 0 for none
public record Shares(double validation, double test) {
    /// Checks the shares.
    ///
    /// @throws IllegalArgumentException if one is negative, or nothing is left to train on
    public Shares {
        if (!(validation >= 0) || !(test >= 0) || !(validation + test < 1)) {
            throw new IllegalArgumentException("shares " + validation + " to validate and " + test
                    + " to test, expected at least 0 of each and less than 1 together");
        }
    }

    /// The cases of a share: the nearest number, at least one of a share above 0.
    static int count(double share, int cases) {
        return share == 0 ? 0 : Math.max(1, (int) Math.round(share * cases));
    }
}
