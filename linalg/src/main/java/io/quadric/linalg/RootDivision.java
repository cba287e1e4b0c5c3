package io.quadric.linalg;

/// The constants of z ← a · x / (√(b · y) + ε), the direction of Adam and RMSprop; see [Elementwise#divideByRoot].
///
/// @param a the factor of the numerators
/// @param b the factor under the root
/// @param epsilon ε, added to the root
public record RootDivision(double a, double b, double epsilon) {}
