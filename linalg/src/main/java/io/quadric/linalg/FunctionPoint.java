package io.quadric.linalg;

/// The points at which a function is differentiated, and its values there.
///
/// @param function f
/// @param x the arguments; they are not read if the derivatives of f are functions of its value alone
/// @param y the values f(x)
public record FunctionPoint(ElementaryFunction function, Matrix x, Matrix y) {
    /// The points of a function whose derivatives are functions of its value alone, such as tanh and the logistic
    /// function.
    ///
    /// @param function f
    /// @param y the values f(x)
    public FunctionPoint(ElementaryFunction function, Matrix y) {
        this(function, y, y);
    }

    FunctionPoint rows(int from, int to) {
        return new FunctionPoint(function, x.rows(from, to), y.rows(from, to));
    }
}
