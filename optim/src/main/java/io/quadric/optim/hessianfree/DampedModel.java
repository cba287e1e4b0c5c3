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
import io.quadric.nn.Draws;
import io.quadric.nn.Linearization;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.optim.BatchRole;
import io.quadric.optim.curvature.CurvatureMatrix;
import java.util.List;
import java.util.Optional;

/// The damping of one step, λD and the structural term μS, and the preconditioner P.
final class DampedModel {
    private final Setting setting;
    private final Optional<KeptPreconditioner> kept;
    private final Draws draws;
    private final double lambda;
    private final Vector scales;
    private final Vector preconditioner;
    private Optional<CurvatureDiagonal> observed = Optional.empty();

    /// Their settings.
    ///
    /// @param matrix D
    /// @param preconditioner P
    /// @param lambda λ
    /// @param structural S with the strength μ, if there is structural damping
    record Setting(
            DampingMatrix matrix, Preconditioner preconditioner, double lambda,
            Optional<StructuralDamping> structural) {}

    /// @param kept of [Preconditioner#start]
    /// @param draws the random numbers of the step
    /// @param frame from which the diagonals are taken
    DampedModel(
            Setting setting, Optional<KeptPreconditioner> kept, Draws draws, Vector like,
            Workspace.Frame frame) {
        this.setting = setting;
        this.kept = kept;
        this.draws = draws;
        this.lambda = setting.lambda();
        boolean scaled = setting.matrix().kind() instanceof CurvatureDiagonal;
        scales = frame.vector(like.precision(), scaled ? like.size() : 0);
        preconditioner = frame.vector(like.precision(), like.size());
    }

    /// {@return what listens to the gradient's own backward pass}: the first diagonal that takes nothing more is made
    /// there.
    Objective.Observer observer(Objective at) {
        for (Object user : List.of(setting.preconditioner().source(), setting.matrix().kind())) {
            if (user instanceof CurvatureDiagonal diagonal) {
                var observer = diagonal.observer(at, preconditioner);
                if (observer.isPresent()) {
                    at.workspace().ranges(
                            preconditioner.size(), (range, from, to) -> preconditioner.slice(from, to).fill(0));
                    observed = Optional.of(diagonal);
                    return observer.get();
                }
            }
        }
        return Objective.Observer.NONE;
    }

    /// Computes D and P as far as they belong to the gradient batch.
    void observe(Objective at, long step) {
        prepare(at, BatchRole.GRADIENT);
        double shift = lambda + setting.preconditioner().kappa() + at.model().l2();
        kept.ifPresent(operator -> operator.observe(at, step, shift));
    }

    /// Computes the rest of D and P, on the curvature batch.
    void complete(Objective at) {
        prepare(at, BatchRole.CURVATURE);
        if (setting.preconditioner().source() instanceof CurvatureDiagonal diagonal) {
            damp(at, diagonal, preconditioner);
        }
    }

    private void prepare(Objective at, BatchRole role) {
        DampingMatrix matrix = setting.matrix();
        if (matrix.kind() instanceof CurvatureDiagonal diagonal && diagonal.batch() == role) {
            compute(at, diagonal, scales);
            power(scales, matrix.kappa(), matrix.xi(), at.workspace());
        }
        if (setting.preconditioner().source() instanceof CurvatureDiagonal diagonal && diagonal.batch() == role) {
            compute(at, diagonal, preconditioner);
        }
    }

    private void compute(Objective at, CurvatureDiagonal diagonal, Vector d) {
        if (observed.filter(diagonal::equals).isPresent()) {
            if (d != preconditioner) {
                d.copyFrom(preconditioner);
            }
            power(d, at.model().l2(), 1, at.workspace());
        } else if (at instanceof Linearization || diagonal.mean().isEmpty()) {
            diagonal.compute(at.undivided("the diagonal " + diagonal + " is"), draws.whole(), d);
        } else {
            at.mean(diagonal.mean().get(), d.slice(0, 0), draws, d);
        }
    }

    /// d ← (d + λ diag(D) + μ diag(S) + κ)^ξ
    private void damp(Objective at, CurvatureDiagonal diagonal, Vector d) {
        double shift = setting.preconditioner().kappa();
        switch (setting.matrix().kind()) {
            case DampingMatrix.Fixed.IDENTITY -> shift += lambda;
            case DampingMatrix.Fixed.CURVATURE -> d.scale(1 + lambda);
            case CurvatureDiagonal scale -> d.axpy(lambda, scales);
        }
        setting.structural().ifPresent(term -> addStructural(at, diagonal, term, d));
        power(d, shift, setting.preconditioner().xi(), at.workspace());
    }

    /// d ← (d + shift)^exponent
    private static void power(Vector d, double shift, double exponent, Workspace ws) {
        ws.ranges(d.size(),
                (range, from, to) -> Elementwise.power(d.slice(from, to), shift, exponent, d.slice(from, to)));
    }

    private void addStructural(Objective at, CurvatureDiagonal diagonal, StructuralDamping term, Vector d) {
        if (at instanceof Linearization || diagonal.structuralMean(term).isEmpty()) {
            Linearization whole = at.undivided("what structural damping adds to the diagonal " + diagonal + " is");
            diagonal.addStructural(whole.structural(term), draws.whole(), d);
            return;
        }
        try (var frame = at.workspace().open()) {
            Vector own = frame.vector(d.precision(), d.size());
            at.mean(diagonal.structuralMean(term).get(), d.slice(0, 0), draws, own);
            d.axpy(1, own);
        }
    }

    /// The matrix that CG sees, B + λD + μS. With the Gauss-Newton matrix the structural term S costs no product of its
    /// own.
    ///
    /// @param matrix what B is
    /// @param curvature B
    SelfAdjointOperator damped(Objective at, CurvatureMatrix matrix, SelfAdjointOperator curvature) {
        if (setting.structural().isEmpty()) {
            return damped(curvature);
        }
        StructuralDamping term = setting.structural().get();
        if (matrix == CurvatureMatrix.HESSIAN) {
            return new Sum(damped(curvature), at.structural(term));
        }
        boolean scaled = setting.matrix().kind() == DampingMatrix.Fixed.CURVATURE;
        return damped(at.gaussNewton(scaled ? term.withStrength(term.strength() / (1 + lambda)) : term));
    }

    /// B + λD
    private SelfAdjointOperator damped(SelfAdjointOperator curvature) {
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
