package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/// Derivatives of a model by central differences of its forward pass, always in FLOAT64, with one Richardson
/// extrapolation: from D(h) = (F(θ + hv) − F(θ − hv)) / 2h the value (4 D(h/2) − D(h)) / 3, whose error falls with h⁴.
///
/// The products follow Martens & Sutskever (2012), §7.2: Jv is a difference of outputs, Jᵀu is put together from Jeᵢ,
/// Gv is Jᵀ(H(Jv)) with the loss Hessian as a difference of loss gradients. Their step is 10⁻⁴ for plain differences;
/// with the extrapolation 10⁻³ is the better balance of truncation (10⁻¹²) and rounding (10⁻¹³).
/// It is taken relative to the largest element of the direction, and grows with the largest parameter above 1.
///
/// @param subject the model with its parameters and cases
/// @param step h for a direction of largest element 1
/// @param statistics by which layers normalise
/// @param ws threads and scratch
public record FiniteDifferences(Subject subject, double step, NormalizationStatistics statistics, Workspace ws) {
    /// The step for smooth models.
    public static final double STEP = 1e-3;

    /// Widens the subject and checks the step.
    ///
    /// @throws IllegalArgumentException if the step is not positive
    public FiniteDifferences {
        if (!(step > 0)) {
            throw new IllegalArgumentException("a positive step expected, got " + step);
        }
        subject = subject.in(Precision.FLOAT64);
    }

    /// Where layers normalise by the batch, as in training.
    ///
    /// @param subject the model with its parameters and cases
    /// @param step h for a direction of largest element 1
    /// @param ws threads and scratch
    public FiniteDifferences(Subject subject, double step, Workspace ws) {
        this(subject, step, NormalizationStatistics.OF_BATCH, ws);
    }

    /// {@return the same where layers normalise by given statistics}
    ///
    /// @param given the statistics
    public FiniteDifferences under(NormalizationStatistics given) {
        return new FiniteDifferences(subject, step, given, ws);
    }

    /// {@return ∇f(θ)ᵀv}
    ///
    /// @param v a direction
    public double slope(Vector v) {
        return along(v, at -> new double[]{at.loss()})[0];
    }

    /// {@return ∇f(θ)}, element by element
    public double[] gradient() {
        double[] gradient = new double[size()];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = slope(unit(i));
        }
        return gradient;
    }

    /// {@return J v, case by case}
    ///
    /// @param v a direction
    public double[] jvp(Vector v) {
        return along(v, at -> at.outputs().flat().toArray());
    }

    /// {@return Jᵀu}, element by element
    ///
    /// @param u one row per case
    public double[] vjp(Matrix u) {
        double[] product = new double[size()];
        for (int i = 0; i < product.length; i++) {
            product[i] = dot(jvp(unit(i)), u.flat().toArray());
        }
        return product;
    }

    /// {@return ∇²f(θ) v}, a difference of gradients
    ///
    /// @param v a direction
    public double[] hvp(Vector v) {
        return along(v, at -> {
            Vector g = Vector.zeros(Precision.FLOAT64, size());
            at.gradient(g);
            return g.toArray();
        });
    }

    /// {@return G v with G = (1/N) Σ Jᵢᵀ Hᵢ Jᵢ + ηI}
    ///
    /// @param v a direction
    public double[] gvp(Vector v) {
        double[] jv = jvp(v);
        int cases = subject.batch().cases();
        Matrix hjv = Matrix.of(cases, jv.length / cases, lossHessian(Vector.of(jv)));
        for (int i = 0; i < cases; i++) {
            hjv.row(i).scale(subject.batch().weights().relative(i));
        }
        double[] product = vjp(hjv);
        for (int i = 0; i < product.length; i++) {
            product[i] = product[i] / cases + subject.model().l2() * v.get(i);
        }
        return product;
    }

    /// {@return H u for the Hessians of the losses with respect to the outputs}, a difference of loss gradients
    ///
    /// @param u as many elements as all outputs
    public double[] lossHessian(Vector u) {
        try (var at = linearize(subject.parameters())) {
            LossAt loss = new LossAt(subject, ws);
            Vector z = at.outputs().copy().flat();
            return derivative(step(z, u), h -> loss.gradient(moved(z, h, u)));
        }
    }

    /// {@return the slope of the summed losses along u}
    ///
    /// @param u as many elements as all outputs
    public double lossSlope(Vector u) {
        try (var at = linearize(subject.parameters())) {
            LossAt loss = new LossAt(subject, ws);
            Vector z = at.outputs().copy().flat();
            return derivative(step(z, u), h -> new double[]{loss.value(moved(z, h, u))})[0];
        }
    }

    private double[] along(Vector v, Function<Linearization, double[]> quantity) {
        Vector theta = subject.parameters().values();
        return derivative(step(theta, v), h -> {
            Parameters moved = new Parameters(subject.parameters().layout(), moved(theta, h, v));
            try (var at = linearize(moved)) {
                return quantity.apply(at);
            }
        });
    }

    private Linearization linearize(Parameters parameters) {
        return Linearization.at(subject.model(), parameters, statistics, subject.batch(), ws);
    }

    private int size() {
        return subject.parameters().values().size();
    }

    private Vector unit(int i) {
        Vector unit = Vector.zeros(Precision.FLOAT64, size());
        unit.set(i, 1);
        return unit;
    }

    private double step(Vector x, Vector v) {
        double largest = Errors.largest(v.toArray());
        return largest == 0 ? step : step * Math.max(1, Errors.largest(x.toArray())) / largest;
    }

    private static Vector moved(Vector x, double h, Vector v) {
        return x.copy().axpy(h, v.copy(Precision.FLOAT64));
    }

    private static double[] derivative(double h, DoubleFunction<double[]> f) {
        double[] wide = central(h, f);
        double[] narrow = central(h / 2, f);
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (4 * narrow[i] - wide[i]) / 3;
        }
        return narrow;
    }

    private static double[] central(double h, DoubleFunction<double[]> f) {
        double[] ahead = f.apply(h);
        double[] behind = f.apply(-h);
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = (ahead[i] - behind[i]) / (2 * h);
        }
        return ahead;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
