package io.quadric.linalg.operator;

/// A symmetric matrix A: ⟨Ax, y⟩ = ⟨x, Ay⟩ for all x and y.
public interface SelfAdjointOperator extends LinearOperator {
    /// {@return the order of the matrix}
    int size();

    @Override
    default int rows() {
        return size();
    }

    @Override
    default int columns() {
        return size();
    }

    /// {@return A + λI}
    ///
    /// @param lambda λ
    default SelfAdjointOperator damped(double lambda) {
        return new Sum(this, new Scaled(lambda, new Identity(precision(), size())));
    }
}
