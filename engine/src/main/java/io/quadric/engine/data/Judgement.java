package io.quadric.engine.data;

/// Whether one output is right.
@FunctionalInterface
interface Judgement {
    boolean isRight(double output, double target);
}
