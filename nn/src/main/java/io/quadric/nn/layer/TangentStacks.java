package io.quadric.nn.layer;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// Passes along k directions at once. A *stack* is a matrix with one row per case that holds the k tangents, or
/// cotangents, of the case one after another, so that without a copy it is
/// - a view with gaps for each of the directions ([#of]);
/// - a matrix with one row for each case and direction ([#cases]), to which a layer's own weight is applied in one
///   product;
/// - the result of one product of known activations with the k directions of a weight ([#stacked]).
public final class TangentStacks {
    /// How often the elements of a weight are written or read again when directions are joined.
    private static final int COPIES = 3;

    private TangentStacks() {}

    /// The rows of direction d of k.
    static Matrix of(int d, int k, Matrix stack) {
        int columns = stack.columns() / k;
        return stack.columns(d * columns, (d + 1) * columns);
    }

    /// {@return the rows of one direction, of a matrix with a row for each case and direction}
    ///
    /// @param d which direction, from 0
    /// @param k how many directions
    /// @param rows k rows a case
    public static Matrix ofCases(int d, int k, Matrix rows) {
        return of(d, k, rows.reshape(rows.rows() / k, rows.columns() * k));
    }

    /// {@return the stack with a row for each case and direction; an empty one stays so}
    ///
    /// @param k how many directions
    /// @param stack a row for each case
    public static Matrix cases(int k, Matrix stack) {
        return stack.isEmpty() ? stack : stack.reshape(stack.rows() * k, stack.columns() / k);
    }

    /// The parts of the k rows of v that belong to an array of out × in elements, one below another: k · out × in.
    static Matrix stacked(ParameterSlice slice, Matrix v, Workspace.Frame frame) {
        Matrix copy = frame.matrix(v.precision(), v.rows(), slice.size());
        copy.copyFrom(v.columns(slice.offset(), slice.offset() + slice.size()));
        int rows = slice.spec().dimensions().getFirst();
        return copy.reshape(v.rows() * rows, slice.size() / rows);
    }

    /// Whether one product for all directions of an array is worth the copies: separate products read the activations
    /// once for each direction, the joint product copies the weight and its product for each direction.
    static boolean areWorthJoining(int rows, int outputs) {
        return COPIES * outputs < rows;
    }

    /// Known activations before a weight.
    ///
    /// @param x one row for each case and step
    /// @param weight the array
    public record Known(Matrix x, ParameterSlice weight) {
        /// y ← x Vᵀ + β y for the k directions of the weight.
        ///
        /// @param beta β
        /// @param v the directions, one flat vector per row
        /// @param y as many rows as x, the directions one after another
        /// @param ws threads and scratch
        public void multiply(Gemm beta, Matrix v, Matrix y, Workspace ws) {
            if (!areWorthJoining(x.rows(), y.columns() / v.rows())) {
                forEach(v, (d, vd) -> beta.multiply(x, weight.matrixOf(vd).t(), of(d, v.rows(), y), ws));
                return;
            }
            try (var frame = ws.open()) {
                beta.multiply(x, stacked(weight, v, frame).t(), y, ws);
            }
        }
    }

    /// y ← y + the parts of the rows of v that belong to a bias, one after another.
    ///
    /// @param block whose bias it is; nothing is added if it has none
    /// @param v the directions, one flat vector per row
    /// @param y a stack of the block's outputs, accumulated
    /// @param ws threads and scratch
    public static void addBias(AffineBlock block, Matrix v, Matrix y, Workspace ws) {
        if (block.bias().isPresent()) {
            try (var frame = ws.open()) {
                Elementwise.addRow(stacked(block.bias().get(), v, frame).flat(), y, ws);
            }
        }
    }

    /// Reorders rows so that steps vary fastest: `[case][step][direction]` to `[case][direction][step]`.
    ///
    /// @param k directions
    /// @param bySteps one row for each case and step
    /// @param byDirections one row for each case and direction, overwritten
    public static void toDirections(int k, Matrix bySteps, Matrix byDirections) {
        int cases = byDirections.rows() / k;
        Matrix from = bySteps.reshape(cases, bySteps.rows() / cases * bySteps.columns());
        Matrix to = byDirections.reshape(cases, k * byDirections.columns());
        swap(bySteps.rows() / cases, k, from, to);
    }

    /// The inverse of `toDirections`.
    ///
    /// @param k directions
    /// @param byDirections one row for each case and direction
    /// @param bySteps one row for each case and step, overwritten
    public static void toSteps(int k, Matrix byDirections, Matrix bySteps) {
        int cases = byDirections.rows() / k;
        Matrix from = byDirections.reshape(cases, k * byDirections.columns());
        Matrix to = bySteps.reshape(cases, bySteps.rows() / cases * bySteps.columns());
        swap(k, bySteps.rows() / cases, from, to);
    }

    /// [case][a][b] to [case][b][a]
    private static void swap(int as, int bs, Matrix from, Matrix to) {
        int width = from.columns() / (as * bs);
        for (int a = 0; a < as; a++) {
            for (int b = 0; b < bs; b++) {
                int source = (a * bs + b) * width;
                int target = (b * as + a) * width;
                to.columns(target, target + width).copyFrom(from.columns(source, source + width));
            }
        }
    }

    /// A pass along one direction.
    public interface One {
        /// Does the pass.
        ///
        /// @param d which direction
        /// @param in its tangents or cotangents; empty if the stack is
        /// @param out overwritten; empty if the stack of results is
        void pass(int d, Matrix in, Matrix out);
    }

    /// Runs a pass for one direction after another, in contiguous copies.
    ///
    /// @param k how many directions
    /// @param in a stack of tangents or cotangents, or an empty one
    /// @param out a stack, overwritten, or an empty one
    /// @param ws threads and scratch
    /// @param pass the pass of one direction
    public static void each(int k, Matrix in, Matrix out, Workspace ws, One pass) {
        try (var frame = ws.open()) {
            Matrix x = like(k, in, frame);
            Matrix y = like(k, out, frame);
            for (int d = 0; d < k; d++) {
                if (!x.isEmpty()) {
                    x.copyFrom(of(d, k, in));
                }
                pass.pass(d, x, y);
                if (!y.isEmpty()) {
                    of(d, k, out).copyFrom(y);
                }
            }
        }
    }

    private static Matrix like(int k, Matrix stack, Workspace.Frame frame) {
        return stack.isEmpty() ? stack : frame.matrix(stack.precision(), stack.rows(), stack.columns() / k);
    }

    /// Work to be done for every direction.
    public interface Task {
        /// Does the work of one direction.
        ///
        /// @param d which direction
        /// @param v the direction
        void direction(int d, Vector v);
    }

    /// Runs the task for every row of v.
    ///
    /// @param v the directions, one flat vector per row
    /// @param task the work
    public static void forEach(Matrix v, Task task) {
        for (int d = 0; d < v.rows(); d++) {
            task.direction(d, v.row(d));
        }
    }
}
