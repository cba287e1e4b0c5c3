package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.LossPoint;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/// The loss of a model at the outputs of a batch. Matrices have one row per case; a loss has one row per case or time
/// step. Where sequences have different lengths it is the loss of the time steps that there are: they are gathered
/// before and scattered after.
final class BatchLoss {
    private final Loss loss;
    private final Shape outputShape;
    private final Shape targetShape;
    private final Cases cases;
    private final CaseRows steps;
    private final Matrix outputs;
    private final LossPoint point;

    /// @param frame lasts as long as this object
    BatchLoss(Model model, Cases cases, Matrix outputs, Matrix targets, Workspace.Frame frame) {
        this.loss = model.loss();
        this.outputShape = model.network().output();
        this.targetShape = model.targets();
        this.cases = cases;
        steps = cases.rows(outputShape instanceof Shape.Sequence s ? s.length() : 1, outputShape);
        this.outputs = steps.gathered(rows(outputs), frame);
        point = loss.at(this.outputs, steps.gathered(splitTime(targets, targetShape), frame), frame);
    }

    /// The view of a matrix shaped like the outputs in which each row has its own loss.
    Matrix rows(Matrix z) {
        return splitTime(z, outputShape);
    }

    /// Every time step in a row of its own.
    static Matrix splitTime(Matrix rows, Shape shape) {
        return shape instanceof Shape.Sequence s ? rows.reshape(rows.rows() * s.length(), s.features()) : rows;
    }

    /// Makes rows as the loss wants them, and brings them back.
    private void spread(Matrix out, Workspace ws, BiConsumer<Matrix, Workspace.Frame> make) {
        try (var frame = ws.open()) {
            if (steps.total() == rows(out).rows()) {
                make.accept(rows(out), frame);
                return;
            }
            Matrix some = frame.matrix(out.precision(), outputs.rows(), outputs.columns());
            make.accept(some, frame);
            steps.scatter(some, rows(out));
        }
    }

    /// (1/N) Σ ρᵢLᵢ
    double mean(Workspace ws) {
        if (steps.areEqual()) {
            return point.value(ws) / cases.count();
        }
        double sum = 0;
        try (var frame = ws.open()) {
            Vector values = frame.vector(Precision.FLOAT64, outputs.rows());
            point.values(values, ws);
            for (int i = 0; i < cases.count(); i++) {
                sum += steps.weight(i) * values.slice(steps.from(i), steps.to(i)).sum();
            }
        }
        return sum / cases.count();
    }

    /// dz ← ∂Lᵢ/∂zᵢ
    void gradient(Matrix dz, Workspace ws) {
        spread(dz, ws, (rows, frame) -> point.gradient(rows, ws));
    }

    /// dz ← ∂L(zᵢ, t'ᵢ)/∂zᵢ for drawn targets t'.
    void sampledGradient(RandomGenerator random, Matrix dz, Workspace ws) {
        spread(dz, ws, (rows, frame) -> {
            int columns = targetShape instanceof Shape.Sequence s ? s.features() : targetShape.size();
            Matrix drawn = frame.matrix(dz.precision(), rows.rows(), columns);
            loss.sample(outputs, random, drawn, ws);
            loss.at(outputs, drawn, frame).gradient(rows, ws);
        });
    }

    boolean isDiagonal() {
        return point.isDiagonal();
    }

    int rootColumns() {
        return point.rootColumns();
    }

    /// s ← a column of the square root of the curvature of every row.
    void hessianRoot(int column, Matrix s, Workspace ws) {
        spread(s, ws, (rows, frame) -> point.hessianRoot(column, rows, ws));
    }

    /// hu ← ρᵢHᵢuᵢ
    void hessianProduct(Matrix u, Matrix hu, Workspace ws) {
        spread(hu, ws, (rows, frame) -> point.hessianProduct(steps.gathered(rows(u), frame), rows, ws));
        cases.weigh(hu, 1, ws);
    }

    /// hu ← ρᵢBᵢuᵢ, B the curvature that takes the place of H in the Gauss-Newton matrix.
    void curvatureProduct(Matrix u, Matrix hu, Workspace ws) {
        spread(hu, ws, (rows, frame) -> point.curvatureProduct(steps.gathered(rows(u), frame), rows, ws));
        cases.weigh(hu, 1, ws);
    }
}
