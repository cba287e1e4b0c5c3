package io.quadric.linalg;

/// The functions of a number that are applied elementwise.
///
/// Derivatives follow the conventions of back-propagation: at a kink, the derivative from the left is taken (relu'(0) =
/// 0).
///
/// Values are within 4 units in the last place. Derivatives of tanh and of the logistic function come from the value y,
/// as 1 − y² and y (1 − y); they are within 4 units in the last place of 1, which is not relative to themselves: where
/// |tanh x| is nearly 1, the derivative has fewer digits, and it is 0 where the value is rounded to 1, from |x| ≈ 19 in
/// FLOAT64 and 9 in FLOAT32 (the logistic function from x ≈ 37 and 17, to the right only).
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
