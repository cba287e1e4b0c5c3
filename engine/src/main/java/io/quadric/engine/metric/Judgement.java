package io.quadric.engine.metric;

/// Whether one output is right.
@FunctionalInterface
interface Judgement {
    boolean isRight(double output, double target);
}
