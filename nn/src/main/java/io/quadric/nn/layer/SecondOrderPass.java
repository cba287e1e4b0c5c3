package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The derivative of a layer's forward and backward pass along a direction: one product with the Hessian is one
/// R-forward pass through all layers and one R-backward pass back (Martens & Sutskever 2012, §5).
@FunctionalInterface
public interface SecondOrderPass {
    /// ry ← (∂f/∂x) rx + (∂f/∂w) v, as [LayerPass#jvp(Vector, Matrix, Matrix, Workspace)] does.
    ///
    /// @param v the direction, a flat vector of the whole network
    /// @param rx the tangents, one row per case; empty for zero
    /// @param ry overwritten
    /// @param frame scratch that lives as long as the returned pass; v, rx and ry stay valid and unchanged as long
    /// @return the way back along this direction
    RBackward rForward(Vector v, Matrix rx, Matrix ry, Workspace.Frame frame);

    /// The R-backward pass that belongs to one R-forward pass.
    @FunctionalInterface
    interface RBackward {
        /// rdx ← the derivative of (∂f/∂x)ᵀ dy along (v, rx, rdy), and reports the derivative of the parameters' share.
        /// A product rule may report a block more than once; reports add up.
        ///
        /// @param rdy the derivative of the cotangents
        /// @param rdx overwritten; empty if not wanted
        /// @param sink receives the reports
        /// @param ws threads and scratch
        void rBackward(Matrix rdy, Matrix rdx, Sink sink, Workspace ws);
    }
}
