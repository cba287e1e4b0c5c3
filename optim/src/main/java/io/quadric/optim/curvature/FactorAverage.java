package io.quadric.optim.curvature;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.Sink.Rows;

/// A moving average of second moments XᵀX. The decay is applied together with the first rows of an observation, so that
/// it costs no pass of its own. Rows whose squares are not finite are left out, since an average would keep a NaN for
/// ever.
public final class FactorAverage {
    private final Matrix average;
    private double decay = 1;
    private boolean spoiled;

    /// An average that begins at zero.
    ///
    /// @param precision of the elements
    /// @param n rows and columns
    public FactorAverage(Precision precision, int n) {
        average = Matrix.zeros(precision, n, n);
    }

    /// An average in existing memory, with what is there.
    FactorAverage(Matrix average) {
        this.average = average;
    }

    /// {@return the average, n × n}
    public Matrix matrix() {
        return average;
    }

    /// Begins an observation, whose first rows are added to β times the average.
    ///
    /// @param beta β, the decay
    public void begin(double beta) {
        decay = beta;
        spoiled = false;
    }

    /// {@return whether everything in the observation was added}; if nothing was, the average is unchanged.
    public boolean end() {
        if (!spoiled && decay != 1) {
            average.decay(decay);
        }
        decay = 1;
        return !spoiled;
    }

    /// average ← average + scale · XᵀX, or scale · X̄ᵀX̄ with X̄ = [X 1] where X has a column less than the average.
    ///
    /// @param scale the weight of a row
    /// @param x X
    /// @param ws threads and scratch
    public void add(double scale, Matrix x, Workspace ws) {
        if (hasFiniteSquares(x, x.rows())) {
            addMoments(scale, decay, x, average, ws);
            decay = 1;
        } else {
            spoiled = true;
        }
    }

    /// average ← average + share · A, the mean over the cases of X̄ᵢᵀX̄ᵢ, where X̄ is X, or [X 1] where X has a column
    /// less than the average.
    ///
    /// @param share the weight of the mean
    /// @param rows X, by cases
    /// @param ws threads and scratch
    public void addInputs(double share, Rows rows, Workspace ws) {
        double scale = share / rows.cases().count();
        if (rows.cases().areEqual()) {
            add(scale, rows.inputs(), ws);
            return;
        }
        try (var frame = ws.open()) {
            Matrix x = frame.matrix(average.precision(), rows.inputs().rows(), average.columns()).fill(1);
            x.columns(0, rows.inputs().columns()).copyFrom(rows.inputs());
            add(scale, rows.cases().weighed(x, 0.5, frame), ws);
        }
    }

    /// average ← average + share · G, the mean over the cases of YᵢᵀYᵢ / Tᵢ, Tᵢ their numbers of positions.
    void addGradients(double share, Rows rows, Workspace ws) {
        CaseRows cases = rows.cases();
        try (var frame = ws.open()) {
            double scale = share / cases.count() / cases.positions();
            add(scale, cases.averaged(rows.gradients(), 0.5, frame), ws);
        }
    }

    /// average ← average + weight · moments
    ///
    /// @param weight of the moments
    /// @param moments n × n
    public void addMoments(double weight, Matrix moments) {
        if (moments.isFinite()) {
            average.axpby(weight, moments, decay);
            decay = 1;
        } else {
            spoiled = true;
        }
    }

    /// {@return whether sums of so many products of two elements are certain to be finite}
    ///
    /// @param x the elements
    /// @param terms products in a sum
    public static boolean hasFiniteSquares(Matrix x, int terms) {
        double largest = x.maxAbs();
        double limit = x.precision() == Precision.FLOAT32 ? Float.MAX_VALUE : Double.MAX_VALUE;
        return largest <= Math.sqrt(limit / (2.0 * terms));
    }

    /// moments ← beta · moments + scale · XᵀX, or scale · X̄ᵀX̄ with X̄ = [X 1] where X has a column less: the column
    /// sums of X are the last row and column of X̄ᵀX̄, and the number of rows is in the corner.
    static void addMoments(double scale, double beta, GemmOperand x, Matrix moments, Workspace ws) {
        int n = x.columns();
        Matrix square = moments.rows(0, n).columns(0, n);
        new Gemm(scale, beta).syrk(x.isTransposed() ? x.stored() : x.stored().t(), square, ws);
        if (moments.rows() > n) {
            Vector border = moments.row(n).slice(0, n);
            addColumnSums(scale, x, beta, border, ws);
            moments.rows(0, n).columns(n, n + 1).copyFrom(border.asMatrix(n, 1));
            moments.set(n, n, beta * moments.get(n, n) + scale * x.rows());
        }
    }

    private static void addColumnSums(double scale, GemmOperand x, double beta, Vector sums, Workspace ws) {
        if (!x.isTransposed()) {
            Elementwise.sumRows(scale, x.stored(), beta, sums);
            return;
        }
        try (var frame = ws.open()) {
            Vector here = frame.vector(sums.precision(), sums.size());
            Elementwise.rowSums(x.stored(), here);
            sums.axpby(scale, here, beta);
        }
    }
}
