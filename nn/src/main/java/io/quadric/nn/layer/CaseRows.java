package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.function.IntToDoubleFunction;

/// Which rows of a matrix belong to which case, where a case has several positions: the rows of a case lie together,
/// the cases in order. Cases of sequences of different lengths have different numbers of rows; padding has none.
public final class CaseRows {
    private final Cases cases;
    private final int width;
    private final int[] starts;

    private CaseRows(Cases cases, int width, int[] starts) {
        this.cases = cases;
        this.width = width;
        this.starts = starts;
    }

    /// As many rows for every case.
    static CaseRows even(Cases cases, int positions) {
        return new CaseRows(cases, positions, new int[0]);
    }

    /// The time steps from … to − 1 that each case has.
    static CaseRows ragged(Cases cases, int from, int to) {
        int[] starts = new int[cases.count() + 1];
        for (int i = 0; i < cases.count(); i++) {
            starts[i + 1] = starts[i] + Math.clamp(cases.lengths().at(i, to) - from, 0, to - from);
        }
        return new CaseRows(cases, to - from, starts);
    }

    private boolean isEven() {
        return starts.length == 0;
    }

    /// {@return N, the number of cases}
    public int count() {
        return cases.count();
    }

    /// {@return the number of rows of all cases}
    public int total() {
        return isEven() ? cases.count() * width : starts[cases.count()];
    }

    /// {@return the first row of a case}
    ///
    /// @param i the case, from 0
    public int from(int i) {
        return isEven() ? i * width : starts[i];
    }

    /// {@return the row after the last one of a case}
    ///
    /// @param i the case, from 0
    public int to(int i) {
        return from(i + 1);
    }

    /// {@return the most rows that a case can have}: of all cases, unless sequences have different lengths.
    public int positions() {
        return width;
    }

    /// {@return the mean over the cases of their numbers of rows}
    public double meanPositions() {
        double sum = 0;
        for (int i = 0; i < count() && !isEven(); i++) {
            sum += weight(i) * (to(i) - from(i));
        }
        return isEven() ? width : sum / count();
    }

    /// {@return the [relative weight][Weights#relative] ρᵢ of a case}: means are (1/N) Σ ρᵢxᵢ.
    ///
    /// @param i the case, from 0
    public double weight(int i) {
        return cases.weights().relative(i);
    }

    /// {@return whether all relative weights are 1}
    public boolean areEqual() {
        return cases.weights().areEqual();
    }

    /// {@return the rows of case i times ρᵢᵖ}; the matrix itself for equal weights.
    ///
    /// @param rows as many as there are in total, or one for each case
    /// @param power p: 1 for a mean over the cases of the rows, ½ for one of their products with each other
    /// @param frame holds the result
    public Matrix weighed(Matrix rows, double power, Workspace.Frame frame) {
        if (areEqual()) {
            return rows;
        }
        CaseRows of = rows.rows() == total() ? this : even(cases, 1);
        return of.scaled(i -> Math.pow(weight(i), power), rows, frame);
    }

    /// {@return the rows of case i times (ρᵢT/Tᵢ)ᵖ}, T the [positions][#positions()] and Tᵢ the rows of the case; the
    /// matrix itself where those are all 1. (1/(NT)) times a sum over the rows is then a mean over the cases of means
    /// over positions.
    ///
    /// @param rows as many as there are in total
    /// @param power p: 1 for a mean of the rows, ½ for one of their products with each other
    /// @param frame holds the result
    public Matrix averaged(Matrix rows, double power, Workspace.Frame frame) {
        return areEqual() && isEven()
                ? rows
                : scaled(i -> Math.pow(weight(i) * width / (to(i) - from(i)), power), rows, frame);
    }

    private Matrix scaled(IntToDoubleFunction factor, Matrix rows, Workspace.Frame frame) {
        Matrix result = frame.matrix(rows.precision(), rows.rows(), rows.columns());
        try (var scratch = frame.workspace().open()) {
            Vector factors = scratch.vector(rows.precision(), rows.rows());
            for (int i = 0; i < count(); i++) {
                factors.slice(from(i), to(i)).fill(factor.applyAsDouble(i));
            }
            Elementwise.scaleRows(factors, rows, result, frame.workspace());
        }
        return result;
    }

    /// Reports the rows of a block to a sink, without those of padding.
    ///
    /// @param block the block
    /// @param inputs X, one row for each case and position, padding included
    /// @param gradients Y, as many rows
    /// @param sink receives the report
    /// @param ws threads and scratch
    public void report(AffineBlock block, Matrix inputs, Matrix gradients, Sink sink, Workspace ws) {
        if (isEven()) {
            sink.affine(block, new Sink.Rows(inputs, gradients, this), ws);
        } else if (sink != Sink.NONE && total() > 0) {
            try (var frame = ws.open()) {
                sink.affine(block, new Sink.Rows(gathered(inputs, frame), gathered(gradients, frame), this), ws);
            }
        }
    }

    /// {@return the rows without those of padding}; the matrix itself where there is none.
    ///
    /// @param padded one row for each case and position, padding included
    /// @param frame holds the result
    public Matrix gathered(Matrix padded, Workspace.Frame frame) {
        if (isEven()) {
            return padded;
        }
        Matrix rows = frame.matrix(padded.precision(), total(), padded.columns());
        for (int i = 0; i < count(); i++) {
            rows.rows(from(i), to(i)).copyFrom(padded.rows(i * width, i * width + to(i) - from(i)));
        }
        return rows;
    }

    /// The inverse of [#gathered]: rows of padding become zero.
    ///
    /// @param rows without those of padding
    /// @param padded overwritten, one row for each case and position
    public void scatter(Matrix rows, Matrix padded) {
        padded.fill(0);
        for (int i = 0; i < count(); i++) {
            padded.rows(i * width, i * width + to(i) - from(i)).copyFrom(rows.rows(from(i), to(i)));
        }
    }
}
