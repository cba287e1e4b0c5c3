package io.quadric.nn.recurrent;

/// T time steps cut into segments of ⌈√T⌉, the last of which may be shorter.
///
/// @param length T
record Segments(int length) {
    private int longest() {
        return (int) Math.ceil(Math.sqrt(length));
    }

    /// How many there are.
    int count() {
        return (length + longest() - 1) / longest();
    }

    /// The first time step of segment s; T for s = count.
    int from(int s) {
        return Math.min(length, s * longest());
    }

    int steps(int s) {
        return from(s + 1) - from(s);
    }

    boolean isLast(int s) {
        return from(s + 1) == length;
    }
}
