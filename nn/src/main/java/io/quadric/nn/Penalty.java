package io.quadric.nn;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The L2 penalty (η/2)‖θ‖², whose Hessian is η times the identity.
///
/// @param eta η
/// @param ws whose threads add
record Penalty(double eta, Workspace ws) {
    /// {@return η‖v‖²}
    double of(Vector v) {
        if (eta == 0) {
            return 0;
        }
        return eta * ws.sum(v.size(), (from, to) -> v.slice(from, to).dot(v.slice(from, to)));
    }

    /// g ← g + η v
    void add(Vector v, Vector g) {
        if (eta != 0) {
            ws.ranges(g.size(), (range, from, to) -> g.slice(from, to).axpy(eta, v.slice(from, to)));
        }
    }
}
