package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The derivative of a layer's forward and backward pass along a direction: one product with the Hessian is one
/// R-forward pass through all layers and one R-backward pass back (Martens & Sutskever 2012, §6.1).
public interface SecondOrderPass {
    /// ry ← (∂f/∂x) rx + (∂f/∂w) v, as [LayerPass#jvp], remembering what R-backward needs.
    ///
    /// @param ws threads and scratch
    /// @param v the direction, a flat vector of the whole network; valid until R-backward has run
    /// @param rx empty for a zero tangent; valid until R-backward has run
    /// @param ry overwritten; valid until R-backward has run
    void rForward(Vector v, Matrix rx, Matrix ry, Workspace ws);

    /// rdx ← the derivative of (∂f/∂x)ᵀ dy along (v, rx, rdy), and reports the derivative of the parameters' share.
    /// A product rule may report a block more than once; reports add up.
    ///
    /// @param rdy the derivative of the cotangents
    /// @param sink receives the reports
    /// @param ws threads and scratch
    /// @param rdx overwritten; empty if not wanted
    void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws);
}
