package io.quadric.optim.hessianfree;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Diagonal;
import io.quadric.linalg.operator.Identity;
import io.quadric.linalg.operator.InverseDiagonal;
import io.quadric.linalg.operator.Scaled;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.operator.Sum;
import io.quadric.nn.Linearization;
import io.quadric.optim.internal.StepRandom;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The damping λD of one step, and the preconditioner P.
final class DampedModel {
    private final Setting setting;
    private final Optional<KeptPreconditioner> kept;
    private final double lambda;
    private final Vector scales;
    private final Vector preconditioner;

    /// Their settings.
    ///
    /// @param matrix D
    /// @param preconditioner P
    /// @param lambda λ
    record Setting(DampingMatrix matrix, Preconditioner preconditioner, double lambda) {}

    /// @param kept of [Preconditioner#start]
    /// @param frame from which the diagonals are taken
    DampedModel(Setting setting, Optional<KeptPreconditioner> kept, Vector like, Workspace.Frame frame) {
        this.setting = setting;
        this.kept = kept;
        this.lambda = setting.lambda();
        scales = frame.vector(like.precision(), like.size());
        preconditioner = frame.vector(like.precision(), like.size());
    }

    /// Computes D and P on the gradient batch.
    void prepare(Linearization at, long seed, long step) {
        DampingMatrix matrix = setting.matrix();
        RandomGenerator random = StepRandom.of(seed, step);
        if (matrix.kind() instanceof CurvatureDiagonal diagonal) {
            diagonal.compute(at, random, scales);
            Elementwise.power(scales, matrix.kappa(), matrix.xi(), scales);
        }
        if (setting.preconditioner().source() instanceof CurvatureDiagonal diagonal) {
            diagonal.compute(at, random, preconditioner);
            damp(preconditioner);
        }
        double shift = lambda + setting.preconditioner().kappa() + at.model().l2();
        kept.ifPresent(operator -> operator.observe(at, step, shift));
    }

    /// d ← (d + λ diag(D) + κ)^ξ
    private void damp(Vector d) {
        double shift = setting.preconditioner().kappa();
        switch (setting.matrix().kind()) {
            case DampingMatrix.Fixed.IDENTITY -> shift += lambda;
            case DampingMatrix.Fixed.CURVATURE -> d.scale(1 + lambda);
            case CurvatureDiagonal diagonal -> d.axpy(lambda, scales);
        }
        Elementwise.power(d, shift, setting.preconditioner().xi(), d);
    }

    /// B + λD
    SelfAdjointOperator damped(SelfAdjointOperator curvature) {
        return switch (setting.matrix().kind()) {
            case DampingMatrix.Fixed.IDENTITY -> curvature.damped(lambda);
            case DampingMatrix.Fixed.CURVATURE -> new Scaled(1 + lambda, curvature);
            case CurvatureDiagonal diagonal -> new Sum(curvature, new Scaled(lambda, new Diagonal(scales)));
        };
    }

    /// P⁻¹
    SelfAdjointOperator inversePreconditioner() {
        return switch (setting.preconditioner().source()) {
            case Preconditioner.None none -> new Identity(preconditioner.precision(), preconditioner.size());
            case CurvatureDiagonal diagonal -> new InverseDiagonal(preconditioner);
            case Preconditioner.Kept operator -> kept.orElseThrow();
        };
    }
}
