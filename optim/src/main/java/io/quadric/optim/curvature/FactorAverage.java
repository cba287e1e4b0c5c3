package io.quadric.optim.curvature;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.CaseRows;
import io.quadric.nn.layer.Sink.Rows;

/// A moving average of second moments XᵀX. The decay enters with the first rows of an observation, so that it costs no
/// pass of its own. Rows whose squares are not finite are left out, since a moving average never loses a NaN.
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

    /// {@return whether everything of the observation was added}; if nothing was, the average is what it was.
    public boolean end() {
        if (!spoiled && decay != 1) {
            average.axpby(0, average, decay);
        }
        decay = 1;
        return !spoiled;
    }

    /// average ← average + (share/N) Σ ρᵢX̄ᵢᵀX̄ᵢ over the cases for the inputs of a block, where X̄ = [X 1] if it has a
    /// bias.
    ///
    /// @param block whose inputs they are
    /// @param rows what the block reported
    /// @param share the weight of the mean
    /// @param ws threads and scratch
    public void addInputs(AffineBlock block, Rows rows, double share, Workspace ws) {
        double scale = share / rows.cases().count();
        if (!rows.cases().areEqual()) {
            try (var frame = ws.open()) {
                Matrix x = frame.matrix(average.precision(), rows.inputs().rows(), average.columns()).fill(1);
                x.columns(0, block.inputs()).copyFrom(rows.inputs());
                add(scale, rows.cases().weighed(x, 0.5, frame), ws);
            }
        } else if (block.bias().isPresent()) {
            addAugmented(scale, rows.inputs(), ws);
        } else {
            add(scale, rows.inputs(), ws);
        }
    }

    /// average ← average + share · G of the gradients Y: the mean over the cases of (1/T) YᵢᵀYᵢ, T their positions.
    void addGradients(Rows rows, double share, Workspace ws) {
        CaseRows cases = rows.cases();
        try (var frame = ws.open()) {
            double scale = share / cases.count() / cases.positions();
            add(scale, cases.averaged(rows.gradients(), 0.5, frame), ws);
        }
    }

    /// average ← average + scale · XᵀX
    void add(double scale, Matrix x, Workspace ws) {
        if (accepts(x)) {
            addMoments(scale, decay, x, average, ws);
            decay = 1;
        }
    }

    /// average ← average + scale · X̄ᵀX̄ with X̄ = [X 1]
    void addAugmented(double scale, Matrix x, Workspace ws) {
        if (accepts(x)) {
            addAugmentedMoments(scale, decay, x, average, ws);
            decay = 1;
        }
    }

    /// average ← average + weight · moments
    void addMoments(double weight, Matrix moments) {
        if (moments.isFinite()) {
            average.axpby(weight, moments, decay);
            decay = 1;
        } else {
            spoiled = true;
        }
    }

    private boolean accepts(Matrix x) {
        boolean finite = hasFiniteSquares(x, x.rows());
        spoiled |= !finite;
        return finite;
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

    /// moments ← beta · moments + scale · XᵀX
    static void addMoments(double scale, double beta, GemmOperand x, Matrix moments, Workspace ws) {
        new Gemm(scale, beta).syrk(x.isTransposed() ? x.stored() : x.stored().t(), moments, ws);
    }

    /// moments ← beta · moments + scale · X̄ᵀX̄ with X̄ = [X 1]: X̄ᵀX̄ has the column sums of X as its last row and
    /// column and the number of rows in the corner.
    static void addAugmentedMoments(double scale, double beta, GemmOperand x, Matrix moments, Workspace ws) {
        int n = x.columns();
        addMoments(scale, beta, x, moments.rows(0, n).columns(0, n), ws);
        Vector border = moments.row(n).slice(0, n);
        addColumnSums(scale, x, beta, border, ws);
        moments.rows(0, n).columns(n, n + 1).copyFrom(border.asMatrix(n, 1));
        moments.set(n, n, beta * moments.get(n, n) + scale * x.rows());
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
