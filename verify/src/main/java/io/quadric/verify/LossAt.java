package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.loss.LossPoint;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;

/// The loss of a subject as a function of its outputs, all cases in one flat vector.
record LossAt(Subject subject, Workspace ws) {
    double value(Vector z) {
        return with(z, point -> point.value(ws));
    }

    double[] gradient(Vector z) {
        return map(z, (point, dz) -> point.gradient(dz, ws));
    }

    double[] hessian(Vector z, Vector u) {
        return map(z, (point, hu) -> point.hessianProduct(rows(u), hu, ws));
    }

    double[] curvature(Vector z, Vector u) {
        return map(z, (point, bu) -> point.curvatureProduct(rows(u), bu, ws));
    }

    /// Σ s (sᵀu) over the columns s of the Hessian's square root.
    double[] rootProduct(Vector z, Vector u) {
        return map(z, (point, sum) -> {
            sum.fill(0);
            Matrix s = Matrix.zeros(z.precision(), sum.rows(), sum.columns());
            for (int c = 0; c < point.rootColumns(); c++) {
                point.hessianRoot(c, s, ws);
                for (int i = 0; i < s.rows(); i++) {
                    sum.row(i).axpy(s.row(i).dot(rows(u).row(i)), s.row(i));
                }
            }
        });
    }

    private double[] map(Vector z, BiConsumer<LossPoint, Matrix> quantity) {
        Vector result = Vector.zeros(z.precision(), z.size());
        with(z, point -> {
            quantity.accept(point, rows(result));
            return 0;
        });
        return result.toArray();
    }

    private double with(Vector z, ToDoubleFunction<LossPoint> quantity) {
        Matrix targets = subject.batch().targets().copy(z.precision());
        try (var frame = ws.open()) {
            return quantity.applyAsDouble(subject.model()
                    .loss()
                    .at(rows(z), RandomData.lossRows(targets, subject.model().targets()), frame));
        }
    }

    private Matrix rows(Vector z) {
        int cases = subject.batch().cases();
        Matrix perCase = z.asMatrix(cases, z.size() / cases);
        return RandomData.lossRows(perCase, subject.model().network().output());
    }
}
