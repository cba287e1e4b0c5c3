package io.quadric.linalg.solver;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// A system B x = b whose figures leave the range of numbers, in other units: 4^h B, 2^−e b and 4^k P⁻¹ have about the
/// size of 1, and so has 2^−(2h + e) x. All factors are powers of two, so nothing is rounded: the iterates are what
/// they would be without limits to exponents.
final class UnitScale {
    private static final double LARGEST = 0x1p300;
    private static final double LARGEST_FLOAT32 = 0x1p60;
    /// Of exponents, so that 2^e and 2^−e are finite in double.
    private static final int LIMIT = 1000;

    private final LinearSystem system;
    private final int right;
    private final int solution;
    private final int preconditioner;

    private UnitScale(LinearSystem system, int right, int solution, int preconditioner) {
        this.system = system;
        this.right = right;
        this.solution = solution;
        this.preconditioner = preconditioner;
    }

    /// Whether a solve that starts from this state needs other units; not if a figure is zero or not a number.
    static boolean isNeeded(CgState start) {
        double largest = start.x.precision() == Precision.FLOAT64 ? LARGEST : LARGEST_FLOAT32;
        return isExtreme(start.residualNorm(), largest)
                || start.residualNorm() > 0 && isExtreme(start.energy(), largest * largest);
    }

    /// The same after the first product, from pᵀBp.
    static boolean isNeeded(CgState start, double curvature) {
        double largest = start.x.precision() == Precision.FLOAT64 ? LARGEST : LARGEST_FLOAT32;
        double norm = start.residualNorm();
        return isExtreme(Math.abs(curvature) / (norm * norm), largest * largest / LARGEST_FLOAT32);
    }

    private static boolean isExtreme(double x, double largest) {
        return x > largest || x > 0 && x < 1 / largest;
    }

    /// @param residual of the first iterate, not zero
    /// @param frame scratch that lives as long as the system
    static UnitScale of(LinearSystem system, Vector residual, Workspace.Frame frame) {
        int right = exponent(residual.norm());
        Vector first = copy(residual, frame);
        scale(first, -right);
        int inverse = half(system.inversePreconditioner(), first, frame);
        int operator = half(system.operator(), first, frame);
        Vector b = copy(system.rightSide(), frame);
        scale(b, -right);
        LinearSystem unit = new LinearSystem(of(operator, system.operator(), frame), b,
                of(inverse, system.inversePreconditioner(), frame));
        return new UnitScale(unit, right, right + 2 * operator, inverse);
    }

    /// h with ‖4^h A x‖ about 1; 0 if it is not far from that.
    private static int half(SelfAdjointOperator a, Vector x, Workspace.Frame frame) {
        Vector image = frame.vector(x.precision(), x.size());
        a.apply(x, image, frame.workspace());
        int exponent = exponent(image.norm());
        return Math.abs(exponent) < 20 ? 0 : -exponent / 2;
    }

    private static int exponent(double size) {
        return Double.isFinite(size) && size > 0 ? Math.clamp(Math.getExponent(size), -LIMIT, LIMIT) : 0;
    }

    private static SelfAdjointOperator of(int half, SelfAdjointOperator a, Workspace.Frame frame) {
        return half == 0 ? a : new Resized(half, a, frame.vector(a.precision(), a.size()));
    }

    /// 4^h A as 2^h (A (2^h x)), of which no part is much larger or smaller than x and the result.
    private record Resized(int half, SelfAdjointOperator operator, Vector scratch) implements SelfAdjointOperator {
        @Override
        public int size() {
            return operator.size();
        }

        @Override
        public Precision precision() {
            return operator.precision();
        }

        @Override
        public void apply(Vector x, Vector y, Workspace ws) {
            scale(scratch.copyFrom(x), half);
            operator.apply(scratch, y, ws);
            scale(y, half);
        }
    }

    private static Vector copy(Vector x, Workspace.Frame frame) {
        return frame.vector(x.precision(), x.size()).copyFrom(x);
    }

    /// x ← 2^e x in two steps, since 2^e itself may not be a number of the precision.
    private static void scale(Vector x, int exponent) {
        x.scale(Math.scalb(1.0, exponent / 2)).scale(Math.scalb(1.0, exponent - exponent / 2));
    }

    LinearSystem system() {
        return system;
    }

    /// The bound of a residual in the new unit.
    double shrink(double tolerance) {
        return Math.scalb(tolerance, -right);
    }

    /// The radius of a region in the norm of the preconditioner.
    double shrinkRadius(double radius) {
        return Math.scalb(radius, -preconditioner - solution);
    }

    void shrink(Vector x) {
        scale(x, -solution);
    }

    void grow(Vector x) {
        scale(x, solution);
    }

    double growModel(double model) {
        return Math.scalb(Math.scalb(model, right), solution);
    }

    /// In the old units. A curvature that is not positive remains that of a direction of unit size.
    SolveReport grow(SolveReport report) {
        double norm = Math.scalb(report.residualNorm(), right);
        Outcome outcome = switch (report.outcome()) {
            case Outcome.Converged converged -> new Outcome.Converged(norm);
            case Outcome.WorkingPrecision reached -> new Outcome.WorkingPrecision(norm);
            default -> report.outcome();
        };
        return new SolveReport(outcome, report.iterations(), norm, growModel(report.model()));
    }

    /// A listener that sees the iterates in the old unit.
    IterateListener grown(IterateListener listener, Vector x, Workspace.Frame frame) {
        if (listener == IterateListener.NONE) {
            return listener;
        }
        Vector seen = frame.vector(x.precision(), x.size());
        return (iteration, iterate, model) -> {
            grow(seen.copyFrom(iterate));
            return listener.iterate(iteration, seen, growModel(model));
        };
    }
}
