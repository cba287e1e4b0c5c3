package io.quadric.linalg;

/// The functions of a number that are applied elementwise.
///
/// Derivatives follow the conventions of back-propagation: at a kink, the derivative from the left is taken (relu'(0) =
/// 0).
public enum ElementaryFunction {
    /// x
    LINEAR,
    /// tanh x
    TANH,
    /// 1 / (1 + e^(−x))
    LOGISTIC,
    /// max(0, x)
    RELU,
    /// x for x > 0, otherwise 0.1 x
    LEAKY_RELU,
    /// log(1 + eˣ), accurate for large |x| too
    SOFTPLUS,
}
