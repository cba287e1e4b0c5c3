package example;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Problem;
import io.quadric.optim.Start;
import io.quadric.optim.hessianfree.KeptPreconditioner;

/// A preconditioner of one's own that is no diagonal: P is the damped Gauss-Newton matrix itself, inverted whenever the
/// damping changes.
final class GaussNewtonInverse implements KeptPreconditioner {
    private final Matrix inverse;
    private double damped = Double.NaN;

    GaussNewtonInverse(Start start) {
        Vector theta = start.parameters().values();
        inverse = Matrix.identity(theta.precision(), theta.size());
    }

    @Override
    public void observe(Objective at, long step, double shift) {
        if (shift != damped) {
            Matrix dense = Problem.dense(at.gaussNewton(), at.workspace());
            Cholesky.invertDamped(dense, 1, shift - at.model().l2(), inverse, at.workspace());
            damped = shift;
        }
    }

    @Override
    public int size() {
        return inverse.rows();
    }

    @Override
    public Precision precision() {
        return inverse.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        Gemm.SET.multiply(inverse, x, y, ws);
    }

    @Override
    public void serialize(Archive archive) {
        archive.array("inverse", inverse);
        damped = archive.number("damped", damped);
    }
}
