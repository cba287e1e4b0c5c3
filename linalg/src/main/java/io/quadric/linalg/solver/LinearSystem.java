package io.quadric.linalg.solver;

import io.quadric.linalg.Vector;
import io.quadric.linalg.operator.Identity;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// The system Bx = b, with a preconditioner P.
///
/// @param operator B
/// @param rightSide b
/// @param inversePreconditioner P⁻¹, self-adjoint and positive definite
public record LinearSystem(
        SelfAdjointOperator operator, Vector rightSide, SelfAdjointOperator inversePreconditioner) {
    /// Checks the shapes.
    ///
    /// @throws IllegalArgumentException if orders or precisions differ
    public LinearSystem {
        if (rightSide.size() != operator.size() || inversePreconditioner.size() != operator.size()) {
            throw new IllegalArgumentException("an operator of order " + operator.size() + " with a right side of "
                    + rightSide.size() + " and a preconditioner of order " + inversePreconditioner.size());
        }
        if (rightSide.precision() != operator.precision()) {
            throw new IllegalArgumentException("a " + operator.precision() + " operator with a "
                    + rightSide.precision() + " right side");
        }
    }

    /// The system without preconditioning.
    ///
    /// @param operator B
    /// @param rightSide b
    public LinearSystem(SelfAdjointOperator operator, Vector rightSide) {
        this(operator, rightSide, new Identity(operator.precision(), operator.size()));
    }
}
