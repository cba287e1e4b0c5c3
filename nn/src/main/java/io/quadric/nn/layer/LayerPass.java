package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.Optional;

/// A layer y = f(w, x) at one point: [#forward] is called once and fixes the point, then the derivatives may be asked
/// for any number of times and, with different workspaces, from several threads at once.
///
/// Matrices have one row per case. Cotangents `dy` are per case, not divided by N. An [empty][Matrix#isEmpty()] `dx`
/// means that the input gradient is not wanted, an empty `rx` that the input tangent is zero.
public interface LayerPass {
    /// y ← f(w, x); both stay valid, and unchanged, as long as the pass is used.
    ///
    /// @param x the inputs, one row per case
    /// @param ws threads and scratch
    /// @param y overwritten
    void forward(Matrix x, Matrix y, Workspace ws);

    /// Tells the statistics by which the forward pass normalised.
    ///
    /// @param out overwritten; [Layer#statisticsSize] numbers, FLOAT64
    default void statistics(Vector out) {
        // most layers have none
    }

    /// ry ← (∂f/∂x) rx + (∂f/∂w) v, the R-forward pass of Pearlmutter.
    ///
    /// @param rx the tangents, one row per case
    /// @param ws threads and scratch
    /// @param v the direction, a flat vector of the whole network
    /// @param ry overwritten
    void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws);

    /// dx ← (∂f/∂x)ᵀ dy, and reports the parameters' share to the sink.
    ///
    /// @param dy the cotangents, one row per case
    /// @param sink receives the reports
    /// @param ws threads and scratch
    /// @param dx overwritten
    void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws);

    /// {@return the second-order pass at this cotangent}: runs [#backward] without a report and keeps what it needs.
    ///
    /// @param dy stays valid and unchanged as long as the returned pass is used
    /// @param dx overwritten
    /// @param frame scratch that lives as long as the returned pass
    SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame);

    /// As [#jvp(Vector, Matrix, Matrix, Workspace)] along k directions at once. What a case has k of stands one after
    /// the other in its row.
    ///
    /// This method takes one direction after the other. To override it pays for a layer with a matrix product: the
    /// tangents of all directions meet the weight in one, and known inputs may meet the k directions of a small weight
    /// in another.
    ///
    /// @param v the directions, one flat vector of the whole network a row
    /// @param rx the tangents, k in each row; empty for zero
    /// @param ws threads and scratch
    /// @param ry overwritten, k in each row
    default void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        TangentStacks.each(v.rows(), rx, ry, ws, (d, in, out) -> jvp(v.row(d), in, out, ws));
    }

    /// As [#backward(Matrix, Matrix, Sink, Workspace)] for k cotangents of each case at once, which this method takes
    /// one after the other.
    ///
    /// @param dy the cotangents, k in each row
    /// @param gradients receives the reports
    /// @param ws threads and scratch
    /// @param dx overwritten, k in each row; empty if not wanted
    default void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
        int k = gradients.directions();
        TangentStacks.each(k, dy, dx, ws, (d, in, out) -> backward(in, out, gradients.of(d), ws));
    }

    /// {@return the hidden units within or behind this layer, if structural damping can hold on to them, as
    /// [Layer#hidden] says}
    ///
    /// @param distance how their changes are measured
    default Optional<HiddenUnits> hiddenUnits(StructuralDamping.Distance distance) {
        return Optional.empty();
    }
}
