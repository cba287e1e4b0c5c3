package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Model;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Weights;
import io.quadric.nn.loss.LossPoint;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/// The loss of a subject, at a share of its targets, as a function of its outputs, all cases in one flat vector: of the
/// time steps that there are, without weights. What belongs to padding is 0.
record LossAt(Subject subject, double share, Workspace ws) {
    LossAt(Subject subject, Workspace ws) {
        this(subject, 1, ws);
    }

    double value(Vector z) {
        return with(z, point -> point.value(ws));
    }

    double[] values(Vector z) {
        Vector values = Vector.zeros(Precision.FLOAT64, steps().total());
        with(z, point -> {
            point.values(values, ws);
            return 0;
        });
        return values.toArray();
    }

    double[] gradient(Vector z) {
        return map(z, (point, dz) -> point.gradient(dz, ws));
    }

    double[] hessian(Vector z, Vector u) {
        return map(z, (point, hu) -> point.hessianProduct(present(u), hu, ws));
    }

    double[] curvature(Vector z, Vector u) {
        return map(z, (point, bu) -> point.curvatureProduct(present(u), bu, ws));
    }

    /// Whether the loss says that B has nothing beside its diagonal.
    boolean claimsDiagonal(Vector z) {
        return with(z, point -> point.isDiagonal() ? 1 : 0) == 1;
    }

    /// Σ s (sᵀu) over the columns s of the Hessian's square root.
    double[] rootProduct(Vector z, Vector u) {
        Matrix factors = present(u);
        return map(z, (point, sum) -> {
            sum.fill(0);
            Matrix s = Matrix.zeros(z.precision(), sum.rows(), sum.columns());
            for (int c = 0; c < point.rootColumns(); c++) {
                point.hessianRoot(c, s, ws);
                for (int i = 0; i < s.rows(); i++) {
                    sum.row(i).axpy(s.row(i).dot(factors.row(i)), s.row(i));
                }
            }
        });
    }

    private double[] map(Vector z, BiConsumer<LossPoint, Matrix> quantity) {
        Vector result = Vector.zeros(z.precision(), z.size());
        Matrix some = present(z);
        with(z, point -> {
            quantity.accept(point, some);
            return 0;
        });
        steps().scatter(some, rows(result));
        return result.toArray();
    }

    private double with(Vector z, ToDoubleFunction<LossPoint> quantity) {
        Model model = subject.model();
        Matrix targets = RandomData.lossRows(subject.batch().targets().copy(z.precision()).scale(share),
                model.targets());
        try (var frame = ws.open()) {
            Matrix t = steps().gathered(targets, frame);
            return quantity.applyAsDouble(model.loss().at(present(z), t, frame));
        }
    }

    /// Which of the rows belong to a case.
    private CaseRows steps() {
        Shape output = subject.model().network().output();
        return new Cases(subject.batch().cases(), subject.batch().lengths(), Weights.EQUAL)
                .rows(output instanceof Shape.Sequence s ? s.length() : 1, output);
    }

    /// A copy of the rows that belong to a case.
    private Matrix present(Vector z) {
        try (var frame = ws.open()) {
            return steps().gathered(rows(z), frame).copy();
        }
    }

    private Matrix rows(Vector z) {
        int cases = subject.batch().cases();
        Matrix perCase = z.asMatrix(cases, z.size() / cases);
        return RandomData.lossRows(perCase, subject.model().network().output());
    }
}
