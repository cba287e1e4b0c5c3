package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// Hidden units h of a layer at one point, whose changes [StructuralDamping] penalises by a distance d: the layer's
/// passes, which tell of h on their way forward and take cotangents of h on their way back. Neither costs a second pass
/// (Martens & Sutskever 2012, §8.4).
public interface HiddenUnits {
    /// What kind of hidden units a layer has.
    enum Kind {
        /// None that are known.
        NONE,
        /// Its outputs.
        ACTIVATIONS,
        /// The states of a recurrent layer, at every time step.
        STATES
    }

    /// {@return how many there are in one case, over all time steps}
    int columns();

    /// As [LayerPass#jvp], and `curved` ← d'' R{h}, d'' the second derivative of the distance.
    ///
    /// @param v the direction, a flat vector of the whole network
    /// @param rx the tangents; empty for zero
    /// @param ry overwritten
    /// @param curved overwritten, one row per case
    /// @param ws threads and scratch
    void jvp(Vector v, Matrix rx, Matrix ry, Matrix curved, Workspace ws);

    /// As [LayerPass#backward], with cotangents of h besides those of the outputs.
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
