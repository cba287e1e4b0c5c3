package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.LossPoint;
import java.util.random.RandomGenerator;

/// The loss of a model at the outputs of a batch. Matrices have one row per case; a loss has one row per case or time
/// step.
final class BatchLoss {
    private final Model model;
    private final Matrix outputs;
    private final LossPoint point;

    /// @param frame lasts as long as this object
    BatchLoss(Model model, Matrix outputs, Matrix targets, Workspace.Frame frame) {
        this.model = model;
        this.outputs = outputs;
        point = model.loss().at(rows(outputs), targetRows(targets), frame);
    }

    /// The view of a matrix shaped like the outputs in which each row has its own loss.
    Matrix rows(Matrix z) {
        return splitTime(z, model.network().output());
    }

    private Matrix targetRows(Matrix t) {
        return splitTime(t, model.targets());
    }

    /// Each time step in a row of its own.
    static Matrix splitTime(Matrix rows, Shape shape) {
        return shape instanceof Shape.Sequence s ? rows.reshape(rows.rows() * s.length(), s.features()) : rows;
    }

    /// (1/N) Σ Lᵢ
    double mean(Workspace ws) {
        return point.value(ws) / outputs.rows();
    }

    /// dz ← ∂Lᵢ/∂zᵢ
    void gradient(Matrix dz, Workspace ws) {
        point.gradient(rows(dz), ws);
    }

    /// dz ← ∂L(zᵢ, t'ᵢ)/∂zᵢ for drawn targets t'.
    void sampledGradient(RandomGenerator random, Matrix dz, Workspace ws) {
        try (var scratch = ws.open()) {
            Matrix drawn = scratch.matrix(outputs.precision(), outputs.rows(), model.targets().size());
            model.loss().sample(rows(outputs), random, targetRows(drawn), ws);
            model.loss().at(rows(outputs), targetRows(drawn), scratch).gradient(rows(dz), ws);
        }
    }

    int rootColumns() {
        return point.rootColumns();
    }

    /// s ← a column of the square root of the curvature of every row.
    void hessianRoot(int column, Matrix s, Workspace ws) {
        point.hessianRoot(column, rows(s), ws);
    }

    /// hu ← Hᵢ uᵢ
    void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
        point.hessianProduct(rows(u), rows(hu), ws);
    }

    /// hu ← Bᵢ uᵢ, B the curvature that takes the place of H in the Gauss-Newton matrix.
    void curvatureProduct(Matrix u, Matrix hu, Workspace ws) {
        point.curvatureProduct(rows(u), rows(hu), ws);
    }
}
