package io.quadric.linalg.internal.kernel;

/// α and β of y ← α (a product) + β y.
public record Scaling(double alpha, double beta) {}
