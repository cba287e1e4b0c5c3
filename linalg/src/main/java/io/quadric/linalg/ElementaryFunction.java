package io.quadric.linalg;

/// The scalar functions that the kernels apply elementwise.
///
/// Derivatives are those used by back-propagation; at a kink the derivative from the left is taken (relu'(0) = 0).
public enum ElementaryFunction {
    /// x
    LINEAR,
    /// tanh x
    TANH,
    /// 1 / (1 + e^(−x))
    LOGISTIC,
    /// max(0, x)
    RELU,
    /// x for x > 0, else 0.1 x
    LEAKY_RELU,
    /// log(1 + eˣ), exact for large |x|
    SOFTPLUS,
}
