package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.product.RowRanges;
import java.util.function.DoubleUnaryOperator;

/// Elementwise passes over matrices of equal shape and precision, in parallel over rows.
///
/// Where inputs and output have one shape, the output may be an input, that is, the same elements in the same places,
/// unless a method says otherwise. Any other sharing of elements between what is read and what is written is an
/// [IllegalArgumentException]. Sums are accumulated in double, in an order that does not depend on the number of
/// threads.
public final class Elementwise {
    /// The number of elements that stay in the first-level cache between two passes over them.
    private static final int CACHED = 1 << 10;

    private Elementwise() {}

    /// y ← f(x)
    ///
    /// @param f the function
    /// @param x the argument
    /// @param y overwritten, of the same shape
    /// @param ws threads and scratch
    public static void apply(ElementaryFunction f, Matrix x, Matrix y, Workspace ws) {
        Shapes.requireElementwise("apply", x, y);
        Kernels k = KernelProvider.kernels(x.precision());
        RowRanges.share(x, ws, (from, to) -> k.apply(f, x.rows(from, to), y.rows(from, to)));
    }

    /// y ← f(x) for any function, at the cost of a call for each element.
    ///
    /// @param f the function; it may be called from several threads at once
    /// @param x the argument
    /// @param y overwritten, of the same shape
    /// @param ws threads and scratch
    public static void map(DoubleUnaryOperator f, Matrix x, Matrix y, Workspace ws) {
        Shapes.requireElementwise("map", x, y);
        Kernels k = KernelProvider.kernels(x.precision());
        RowRanges.share(x, ws, (from, to) -> k.map(f, x.rows(from, to), y.rows(from, to)));
    }

    /// dx ← dy ∘ f'(x), the chain rule through y = f(x).
    ///
    /// @param at the function and where it is differentiated
    /// @param dy the cotangent of y, of the shape of the points
    /// @param dx overwritten, of the same shape
    /// @param ws threads and scratch
    public static void chain(FunctionPoint at, Matrix dy, Matrix dx, Workspace ws) {
        Shapes.requireElementwise("chain", at.x(), dx);
        Shapes.requireElementwise("chain", at.y(), dx);
        Shapes.requireElementwise("chain", dy, dx);
        Kernels k = KernelProvider.kernels(dy.precision());
        RowRanges.share(dy, ws, (from, to) -> k.chain(at.rows(from, to), dy.rows(from, to), dx.rows(from, to)));
    }

    /// dx ← dx + f''(x) ∘ a ∘ b
    ///
    /// @param at the function and where it is differentiated
    /// @param a the first factor, of the shape of dx
    /// @param b the second factor, of the shape of dx
    /// @param dx accumulated
    /// @param ws threads and scratch
    public static void addSecond(FunctionPoint at, Matrix a, Matrix b, Matrix dx, Workspace ws) {
        Shapes.requireElementwise("addSecond", at.x(), dx);
        Shapes.requireElementwise("addSecond", at.y(), dx);
        Shapes.requireElementwise("addSecond", a, dx);
        Shapes.requireElementwise("addSecond", b, dx);
        Kernels k = KernelProvider.kernels(dx.precision());
        RowRanges.share(dx, ws, (from, to) -> k.addSecond(at.rows(from, to), a.rows(from, to), b.rows(from, to),
                dx.rows(from, to)));
    }

    /// y ← a · x + b · y; with b = 0 the old elements are not read. Where b is between −1 and 1, and not 0, results
    /// that are no normal numbers become 0.
    ///
    /// @param a the factor of x
    /// @param x the first matrix
    /// @param b the factor of y
    /// @param y the second, of the same shape, overwritten
    /// @param ws threads and scratch
    public static void axpby(double a, Matrix x, double b, Matrix y, Workspace ws) {
        Shapes.requireElementwise("axpby", x, y);
        Kernels k = KernelProvider.kernels(y.precision());
        RowRanges.share(y, ws, (from, to) -> k.axpby(a, x.rows(from, to), b, y.rows(from, to)));
    }

    /// y ← y + the row vector in every row.
    ///
    /// @param row the row vector
    /// @param y accumulated; as many columns as the row vector has elements
    /// @param ws threads and scratch
    public static void addRow(Vector row, Matrix y, Workspace ws) {
        Shapes.requireSameSize("addRow", row.size(), y.columns());
        Shapes.requireSamePrecision("addRow", row.precision(), y.precision());
        Shapes.requireDisjoint("addRow", row.asRow(), y);
        Kernels k = KernelProvider.kernels(y.precision());
        RowRanges.share(y, ws, (from, to) -> k.addRow(row, y.rows(from, to)));
    }

    /// x ← x + the row vector in every row, then y ← f(x), in one pass: the bias and the activation of a layer.
    ///
    /// @param f the function
    /// @param row the row vector
    /// @param x overwritten by the arguments of f; as many columns as the row vector has elements
    /// @param y overwritten, of the same shape; it may be x
    /// @param ws threads and scratch
    public static void addRowAndApply(ElementaryFunction f, Vector row, Matrix x, Matrix y, Workspace ws) {
        Shapes.requireSameSize("addRowAndApply", row.size(), x.columns());
        Shapes.requireSamePrecision("addRowAndApply", row.precision(), x.precision());
        Shapes.requireElementwise("addRowAndApply", x, y);
        Shapes.requireDisjoint("addRowAndApply", row.asRow(), x);
        Shapes.requireDisjoint("addRowAndApply", row.asRow(), y);
        Kernels k = KernelProvider.kernels(x.precision());
        int step = Math.max(1, CACHED / Math.max(1, x.columns()));
        RowRanges.share(x, ws, (from, to) -> {
            for (int i = from; i < to; i += step) {
                int end = Math.min(to, i + step);
                k.addRow(row, x.rows(i, end));
                k.apply(f, x.rows(i, end), y.rows(i, end));
            }
        });
    }

    /// s ← a · (sum of the rows of x) + b · s; with b = 0 the old elements are not read. Where b is between −1 and 1,
    /// and not 0, results that are no normal numbers become 0.
    ///
    /// @param a the factor of the sum
    /// @param x the rows
    /// @param b the factor of the old s
    /// @param s one element for each column, overwritten
    public static void sumRows(double a, Matrix x, double b, Vector s) {
        Shapes.requireSameSize("sumRows", s.size(), x.columns());
        Shapes.requireSamePrecision("sumRows", s.precision(), x.precision());
        Shapes.requireDisjoint("sumRows", x, s.asRow());
        KernelProvider.kernels(x.precision()).sumRows(a, x, b, s);
    }

    /// y ← (x + shift)^exponent
    ///
    /// @param x the bases, before the shift
    /// @param shift added to each element of x
    /// @param exponent the exponent
    /// @param y as many elements, overwritten
    public static void power(Vector x, double shift, double exponent, Vector y) {
        Shapes.requireElementwise("power", x.asRow(), y.asRow());
        KernelProvider.kernels(x.precision()).power(x.asRow(), shift, exponent, y.asRow());
    }

    /// z ← a · x / (√(b · y) + ε), element by element.
    ///
    /// @param by a, b and ε
    /// @param x the numerators
    /// @param y what is under the root, of the same shape
    /// @param z overwritten, of the same shape
    public static void divideByRoot(RootDivision by, Matrix x, Matrix y, Matrix z) {
        Shapes.requireElementwise("divideByRoot", x, z);
        Shapes.requireElementwise("divideByRoot", y, z);
        KernelProvider.kernels(z.precision()).divideByRoot(by, x, y, z);
    }

    /// z ← x / y
    ///
    /// @param x the numerators
    /// @param y the denominators, of the same shape
    /// @param z overwritten, of the same shape
    public static void divide(Matrix x, Matrix y, Matrix z) {
        Shapes.requireElementwise("divide", x, z);
        Shapes.requireElementwise("divide", y, z);
        KernelProvider.kernels(z.precision()).divide(x, y, z);
    }

    /// p ← softmax of each row of z.
    ///
    /// @param z logits, one row for each case
    /// @param p overwritten by probabilities, of the same shape
    /// @param ws threads and scratch
    public static void softmaxRows(Matrix z, Matrix p, Workspace ws) {
        Shapes.requireElementwise("softmaxRows", z, p);
        Kernels k = KernelProvider.kernels(z.precision());
        RowRanges.share(z, ws, (from, to) -> k.softmaxRows(z.rows(from, to), p.rows(from, to)));
    }

    /// sᵢ ← log Σⱼ exp zᵢⱼ, without overflow; −∞ where there are no columns.
    ///
    /// @param z logits, one row for each case
    /// @param s overwritten, one element for each row
    /// @param ws threads and scratch
    public static void logSumExpRows(Matrix z, Vector s, Workspace ws) {
        Shapes.requireSameSize("logSumExpRows", s.size(), z.rows());
        Shapes.requireSamePrecision("logSumExpRows", s.precision(), z.precision());
        Shapes.requireDisjoint("logSumExpRows", z, s.asRow());
        Kernels k = KernelProvider.kernels(z.precision());
        RowRanges.share(z, ws, (from, to) -> k.logSumExpRows(z.rows(from, to), s.slice(from, to)));
    }

    /// g ← c p − t for each row, with one mass c per row: the gradient of the softmax cross-entropy at probabilities p.
    /// A probability that is nearly 1 is taken to differ from 1 by the sum of the others, so that the difference is as
    /// exact as they are.
    ///
    /// @param p probabilities, row by row
    /// @param mass c, one for each row
    /// @param t the targets, of the shape of p
    /// @param g overwritten, of the same shape, not sharing elements with p, t or c
    /// @param ws threads and scratch
    public static void softmaxGradient(Matrix p, Vector mass, Matrix t, Matrix g, Workspace ws) {
        Shapes.requireLike("softmaxGradient", p, g);
        Shapes.requireLike("softmaxGradient", t, g);
        Shapes.requireSameSize("softmaxGradient", mass.size(), p.rows());
        Shapes.requireSamePrecision("softmaxGradient", mass.precision(), p.precision());
        Shapes.requireDisjoint("softmaxGradient", p, g);
        Shapes.requireDisjoint("softmaxGradient", t, g);
        Shapes.requireDisjoint("softmaxGradient", mass.asRow(), g);
        Kernels k = KernelProvider.kernels(g.precision());
        RowRanges.share(g, ws, (from, to) -> k.softmaxGradient(p.rows(from, to), mass.slice(from, to), t.rows(from, to),
                g.rows(from, to)));
    }

    /// g ← logistic(z) − t, the gradient of the sigmoid cross-entropy, accurate where the logistic function is nearly
    /// 1.
    ///
    /// @param z logits
    /// @param t the targets, of the same shape
    /// @param g overwritten, of the same shape
    /// @param ws threads and scratch
    public static void sigmoidGradient(Matrix z, Matrix t, Matrix g, Workspace ws) {
        Shapes.requireElementwise("sigmoidGradient", z, g);
        Shapes.requireElementwise("sigmoidGradient", t, g);
        Kernels k = KernelProvider.kernels(g.precision());
        RowRanges.share(g, ws, (from, to) -> k.sigmoidGradient(z.rows(from, to), t.rows(from, to), g.rows(from, to)));
    }

    /// h ← c (p ∘ u − p (pᵀu)) for each row, with one weight c per row: the product of u with the Hessian of the
    /// softmax cross-entropy at probabilities p.
    ///
    /// @param p probabilities, row by row
    /// @param weights c, one for each row
    /// @param u of the shape of p
    /// @param h overwritten, not sharing elements with p, u or the weights
    /// @param ws threads and scratch
    public static void softmaxHessian(Matrix p, Vector weights, Matrix u, Matrix h, Workspace ws) {
        Shapes.requireLike("softmaxHessian", p, u);
        Shapes.requireLike("softmaxHessian", u, h);
        Shapes.requireSameSize("softmaxHessian", weights.size(), p.rows());
        Shapes.requireSamePrecision("softmaxHessian", weights.precision(), p.precision());
        Shapes.requireDisjoint("softmaxHessian", p, h);
        Shapes.requireDisjoint("softmaxHessian", u, h);
        Shapes.requireDisjoint("softmaxHessian", weights.asRow(), h);
        Kernels k = KernelProvider.kernels(h.precision());
        RowRanges.share(h, ws,
                (from, to) -> k.softmaxHessian(p.rows(from, to), weights.slice(from, to), u.rows(from, to),
                        h.rows(from, to)));
    }

    /// {@return Σᵢⱼ softplus(zᵢⱼ) − tᵢⱼ zᵢⱼ}
    ///
    /// @param z logits, one row for each case
    /// @param t the targets, of the same shape
    /// @param ws threads and scratch
    public static double sigmoidCrossEntropy(Matrix z, Matrix t, Workspace ws) {
        Shapes.requireLike("sigmoidCrossEntropy", z, t);
        Kernels k = KernelProvider.kernels(z.precision());
        return sumRowBlocks(z, ws, (from, to) -> k.sigmoidCrossEntropy(z.rows(from, to), t.rows(from, to)));
    }

    /// {@return Σᵢ (Σⱼ tᵢⱼ) log Σⱼ exp zᵢⱼ − Σⱼ tᵢⱼ zᵢⱼ}
    ///
    /// @param z logits, one row for each case
    /// @param t the targets, of the same shape
    /// @param ws threads and scratch
    public static double softmaxCrossEntropy(Matrix z, Matrix t, Workspace ws) {
        Shapes.requireLike("softmaxCrossEntropy", z, t);
        Kernels k = KernelProvider.kernels(z.precision());
        return sumRowBlocks(z, ws, (from, to) -> k.softmaxCrossEntropy(z.rows(from, to), t.rows(from, to)));
    }

    /// {@return Σᵢⱼ (xᵢⱼ − yᵢⱼ)²}
    ///
    /// @param x the first matrix
    /// @param y the second, of the same shape
    /// @param ws threads and scratch
    public static double squaredDistance(Matrix x, Matrix y, Workspace ws) {
        Shapes.requireLike("squaredDistance", x, y);
        Kernels k = KernelProvider.kernels(x.precision());
        return sumRowBlocks(x, ws, (from, to) -> k.squaredDistance(x.rows(from, to), y.rows(from, to)));
    }

    /// index ← for each row, the column of its largest element; the first one if several are equal.
    ///
    /// @param x the rows
    /// @param index one entry for each row, overwritten
    public static void argMaxRows(Matrix x, int[] index) {
        Shapes.requireSameSize("argMaxRows", index.length, x.rows());
        KernelProvider.kernels(x.precision()).argMaxRows(x, index);
    }

    /// y ← diag(c) x, that is, each row times a factor.
    ///
    /// @param c one factor for each row
    /// @param x the rows
    /// @param y overwritten, of the same shape
    /// @param ws threads and scratch
    public static void scaleRows(Vector c, Matrix x, Matrix y, Workspace ws) {
        Shapes.requireElementwise("scaleRows", x, y);
        Shapes.requireDisjoint("scaleRows", c.asRow(), y);
        Shapes.requireSameSize("scaleRows", c.size(), x.rows());
        Shapes.requireSamePrecision("scaleRows", c.precision(), x.precision());
        Kernels k = KernelProvider.kernels(y.precision());
        RowRanges.share(y, ws, (from, to) -> k.scaleRows(c.slice(from, to), x.rows(from, to), y.rows(from, to)));
    }

    /// s ← the sum of the elements of each row of x.
    ///
    /// @param x the rows
    /// @param s one element for each row, overwritten
    public static void rowSums(Matrix x, Vector s) {
        Shapes.requireSameSize("rowSums", s.size(), x.rows());
        Shapes.requireSamePrecision("rowSums", s.precision(), x.precision());
        Shapes.requireDisjoint("rowSums", x, s.asRow());
        KernelProvider.kernels(x.precision()).rowSums(x, s);
    }

    /// y ← rows `index[0], index[1], …` of x.
    ///
    /// @param x the rows to choose from
    /// @param index which row of x becomes row 0, 1, … of y
    /// @param y overwritten; as many rows as indices, as many columns as x; not sharing elements with x
    /// @throws IndexOutOfBoundsException if an index is not a row of x
    public static void gatherRows(Matrix x, int[] index, Matrix y) {
        Shapes.requireSameSize("gatherRows", index.length, y.rows());
        Shapes.requireSameSize("gatherRows", x.columns(), y.columns());
        Shapes.requireDisjoint("gatherRows", x, y);
        for (int i = 0; i < index.length; i++) {
            y.row(i).copyFrom(x.row(index[i]));
        }
    }

    private interface RowRangeSum {
        double sum(int from, int to);
    }

    private static double sumRowBlocks(Matrix x, Workspace ws, RowRangeSum range) {
        int rows = x.rows();
        int step = RowRanges.height(x);
        int tasks = (rows + step - 1) / step;
        try (var frame = ws.open()) {
            Vector sums = frame.vector(Precision.FLOAT64, tasks);
            ws.parallel(tasks, i -> sums.set(i, range.sum(i * step, Math.min(rows, (i + 1) * step))));
            double sum = 0;
            for (int i = 0; i < tasks; i++) {
                sum += sums.get(i);
            }
            return sum;
        }
    }
}
