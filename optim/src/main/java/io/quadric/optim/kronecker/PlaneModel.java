package io.quadric.optim.kronecker;

import io.quadric.linalg.Matrix;

/// A quadratic model on the plane of two directions v and w: m(α, μ) = α s_v + μ s_w + ½ (α, μ) B (α, μ)ᵀ.
///
/// @param alpha α of its minimum
/// @param mu μ of its minimum, which may be bounded
/// @param change m there; not negative where there is no minimum
record PlaneModel(double alpha, double mu, double change) {
    /// A determinant below this share of the diagonal's product is rounding error: v and w are nearly parallel.
    private static final double INDEPENDENT = 1e-8;

    /// The minimum along v alone.
    static PlaneModel along(double slope, double bend) {
        double alpha = bend > 0 ? -slope / bend : Double.NaN;
        return new PlaneModel(alpha, 0, 0.5 * alpha * slope);
    }

    /// The minimum with |μ| up to a limit, along v alone if w adds nothing.
    ///
    /// @param b B, 2 × 2
    static PlaneModel minimum(double slopeV, double slopeW, Matrix b, double limit) {
        double vv = b.get(0, 0);
        double vw = b.get(0, 1);
        double ww = b.get(1, 1);
        double determinant = vv * ww - vw * vw;
        if (!(vv > 0) || !(ww > 0) || !(determinant > INDEPENDENT * vv * ww)) {
            return along(slopeV, vv);
        }
        double free = -(vv * slopeW - vw * slopeV) / determinant;
        double mu = Math.clamp(free, -limit, limit);
        double alpha = -(slopeV + mu * vw) / vv;
        return new PlaneModel(alpha, mu, 0.5 * alpha * slopeV + mu * (slopeW + 0.5 * (alpha * vw + mu * ww)));
    }
}
