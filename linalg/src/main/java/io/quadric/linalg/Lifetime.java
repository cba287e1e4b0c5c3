package io.quadric.linalg;

/// How long the elements of a vector are its own: those of scratch are lent until the frame is closed.
final class Lifetime {
    /// Of elements that nobody takes back.
    static final Lifetime UNLIMITED = new Lifetime();

    private boolean ended;

    void end() {
        ended = true;
    }

    void requireNotEnded() {
        if (ended) {
            throw new IllegalStateException("the frame is closed, its scratch is in use elsewhere");
        }
    }
}
