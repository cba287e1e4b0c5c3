package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The hidden units h of a layer at one point, whose changes [StructuralDamping] penalises by a distance d: the layer's
/// passes, which provide the tangents of h on the way forward and accept cotangents of h on the way back. Neither needs
/// a second pass (Martens & Sutskever 2012, §8.4).
public interface HiddenUnits {
    /// What kind of hidden units a layer has.
    enum Kind {
        /// None.
        NONE,
        /// Its outputs.
        ACTIVATIONS,
        /// The states of a recurrent layer, at every time step.
        STATES
    }

    /// {@return how many there are in one case, over all time steps}
    int columns();

    /// s ← √d'' with the second derivative d'' of the distance, which is diagonal.
    ///
    /// @param s overwritten, one row per case
    /// @param ws threads and scratch
    void rootCurvature(Matrix s, Workspace ws);

    /// As [LayerPass#jvp(Vector, Matrix, Matrix, Workspace)], and `curved` ← d'' R{h} with the second derivative d'' of
    /// the distance.
    ///
    /// @param v the direction, a flat vector of the whole network
    /// @param rx the tangents; empty for zero
    /// @param ry overwritten
    /// @param curved overwritten, one row per case
    /// @param ws threads and scratch
    void jvp(Vector v, Matrix rx, Matrix ry, Matrix curved, Workspace ws);

    /// As [LayerPass#backward(Matrix, Matrix, Sink, Workspace)], with cotangents of h in addition to the cotangents of
    /// the outputs.
    ///
    /// @param at the cotangents
    /// @param dx overwritten; empty if not wanted
    /// @param sink receives the reports
    /// @param ws threads and scratch
    void backward(Arrival at, Matrix dx, Sink sink, Workspace ws);

    /// What arrives on the way back, one row per case.
    ///
    /// @param dy at the outputs of the layer
    /// @param dh at its hidden units; empty for nothing
    record Arrival(Matrix dy, Matrix dh) {}
}
