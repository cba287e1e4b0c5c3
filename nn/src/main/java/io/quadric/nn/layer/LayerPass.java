package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.Optional;

/// A layer y = f(w, x) at one point. [Layer#open] has run the forward pass; the derivatives at that point may be asked
/// for any number of times and, with different workspaces, from several threads at once.
///
/// Matrices have one row per case. Cotangents `dy` are per case, not divided by N. An [empty][Matrix#isEmpty()] `dx`
/// means that the input gradient is not wanted, an empty `rx` that the input tangent is zero.
public interface LayerPass {
    /// Writes the statistics by which the forward pass normalised.
    ///
    /// @param out overwritten; [Layer#statisticsSize] numbers, FLOAT64
    default void statistics(Vector out) {
        // most layers have none
    }

    /// ry ← (∂f/∂x) rx + (∂f/∂w) v, the R-forward pass of Pearlmutter.
    ///
    /// @param v the direction, a flat vector of the whole network
    /// @param rx the tangents, one row per case
    /// @param ry overwritten
    /// @param ws threads and scratch
    void jvp(Vector v, Matrix rx, Matrix ry, Workspace ws);

    /// ry ← (∂f/∂x) rx: as [#jvp(Vector, Matrix, Matrix, Workspace)] along a direction that is zero in the parameters
    /// of this layer. A layer with a matrix product saves the product with those zeros by overriding this method.
    ///
    /// @param v the direction, a flat vector of the whole network
    /// @param rx the tangents, one row per case; not empty
    /// @param ry overwritten
    /// @param ws threads and scratch
    default void jvpOfInputs(Vector v, Matrix rx, Matrix ry, Workspace ws) {
        jvp(v, rx, ry, ws);
    }

    /// dx ← (∂f/∂x)ᵀ dy, and reports the parameters' share to the sink.
    ///
    /// @param dy the cotangents, one row per case
    /// @param dx overwritten
    /// @param sink receives the reports
    /// @param ws threads and scratch
    void backward(Matrix dy, Matrix dx, Sink sink, Workspace ws);

    /// Runs [#backward(Matrix, Matrix, Sink, Workspace)] without a report and keeps what its derivative needs.
    ///
    /// @param dy stays valid and unchanged as long as the returned pass is used
    /// @param dx overwritten
    /// @param frame scratch that lives as long as the returned pass
    /// @return the second-order pass at this cotangent
    SecondOrderPass second(Matrix dy, Matrix dx, Workspace.Frame frame);

    /// As [#jvp(Vector, Matrix, Matrix, Workspace)] along k directions at once. A row of tangents holds the k tangents
    /// of its case one after another.
    ///
    /// This method takes one direction after another. Overriding it pays for a layer with a matrix product: the
    /// tangents of all directions meet the weight in one product, and known inputs may meet the k directions of a small
    /// weight in another.
    ///
    /// @param v the directions, one flat vector of the whole network per row
    /// @param rx the tangents, k in each row; empty for zero
    /// @param ry overwritten, k in each row
    /// @param ws threads and scratch
    default void jvp(Matrix v, Matrix rx, Matrix ry, Workspace ws) {
        TangentStacks.each(v.rows(), rx, ry, ws, (d, in, out) -> jvp(v.row(d), in, out, ws));
    }

    /// As [#backward(Matrix, Matrix, Sink, Workspace)] for k cotangents of each case at once, which this method takes
    /// one after another.
    ///
    /// @param dy the cotangents, k in each row
    /// @param dx overwritten, k in each row; empty if not wanted
    /// @param gradients receives the reports
    /// @param ws threads and scratch
    default void backward(Matrix dy, Matrix dx, StackedGradients gradients, Workspace ws) {
        int k = gradients.directions();
        TangentStacks.each(k, dy, dx, ws, (d, in, out) -> backward(in, out, gradients.of(d), ws));
    }

    /// {@return the hidden units of this layer that structural damping can act on, as [Layer#hidden] says}
    ///
    /// @param distance how their changes are measured
    default Optional<HiddenUnits> hiddenUnits(StructuralDamping.Distance distance) {
        return Optional.empty();
    }
}
