package io.quadric.bench;

import io.quadric.bench.OpenBlas.Native;
import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Cholesky factorisation, inverse and eigendecomposition of a symmetric positive definite matrix, against LAPACK in
/// OpenBLAS and against EJML. Every call includes the copy that the factorisation overwrites. [FactorizationSuite] runs
/// it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class FactorizationBenchmark {
    /// Rows of the matrix.
    @Param("500")
    public int n;

    /// The element type; EJML's is always FLOAT64.
    @Param({"FLOAT32", "FLOAT64"})
    public Precision precision;

    /// Threads of ours and of OpenBLAS.
    @Param("1")
    public int threads;

    private Workspace ws;
    private Arena arena;
    private Matrix a;
    private Matrix work;
    private Matrix result;
    private Vector values;
    private Lapack lapack;
    private Native nativeA;
    private Native nativeWork;
    private DMatrixRMaj ejmlA;
    private DMatrixRMaj ejmlWork;

    /// Makes A = RRᵀ/n + I and checks ours against the peer's.
    @Setup
    public void setUp() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(n);
        ws = Workspace.withThreads(threads);
        Matrix root = Matrix.zeros(precision, n, n);
        Sampling.gaussian(0, 1, random, root);
        a = Matrix.identity(precision, n);
        new Gemm(1.0 / n, 1).syrk(root, a, ws);
        work = a.copy();
        result = Matrix.zeros(precision, n, n);
        values = Vector.zeros(precision, n);
        ejmlA = new DMatrixRMaj(a.toArray());
        ejmlWork = ejmlA.copy();
        arena = Arena.ofShared();
        OpenBlas.find().ifPresent(library -> {
            library.setThreads(threads);
            lapack = new Lapack(library, precision, n, arena);
            nativeA = Native.of(a, arena);
            nativeWork = Native.of(a, arena);
            check();
        });
    }

    private void check() {
        double tolerance = 100 * n * precision.epsilon();
        choleskyQuadric();
        choleskyOpenBlas();
        compare("Cholesky factor", work.get(n - 1, n / 2), nativeWork.get(n - 1, n / 2), tolerance);
        inverseQuadric();
        inverseOpenBlas();
        compare("inverse", result.get(n - 1, n / 2), nativeWork.get(n - 1, n / 2), tolerance);
        eigenQuadric();
        eigenOpenBlas();
        for (int i : new int[]{0, n / 2, n - 1}) {
            compare("eigenvalue", values.get(i), lapack.eigenvalue(i, precision), tolerance);
        }
    }

    private static void compare(String what, double ours, double theirs, double tolerance) {
        if (!(Math.abs(ours - theirs) <= tolerance)) {
            throw new IllegalStateException(what + ": ours is " + ours + ", the peer's " + theirs);
        }
    }

    /// Frees native memory and threads.
    @TearDown
    public void tearDown() {
        ws.close();
        arena.close();
    }

    private Cholesky factored() {
        work.copyFrom(a);
        return switch (Cholesky.factorInPlace(work, ws)) {
            case Cholesky.Outcome.Factored(Cholesky factor) -> factor;
            case Cholesky.Outcome.NotPositiveDefinite failed -> throw new IllegalStateException(failed.advice());
        };
    }

    /// {@return our Cholesky factor}
    @Benchmark
    public Object choleskyQuadric() {
        return factored();
    }

    /// {@return LAPACK's potrf}
    @Benchmark
    public Object choleskyOpenBlas() {
        nativeWork.elements().copyFrom(nativeA.elements());
        lapack.cholesky(nativeWork);
        return nativeWork;
    }

    /// {@return EJML's Cholesky factor}
    @Benchmark
    public Object choleskyEjml() {
        ejmlWork.setTo(ejmlA);
        var decomposition = DecompositionFactory_DDRM.chol(n, true);
        return decomposition.decompose(ejmlWork);
    }

    /// {@return our inverse}
    @Benchmark
    public Object inverseQuadric() {
        factored().inverse(result, ws);
        return result;
    }

    /// {@return LAPACK's potrf and potri, of which one triangle is the inverse}
    @Benchmark
    public Object inverseOpenBlas() {
        nativeWork.elements().copyFrom(nativeA.elements());
        lapack.inverse(nativeWork);
        return nativeWork;
    }

    /// {@return EJML's inverse by Cholesky factorisation}
    @Benchmark
    public Object inverseEjml() {
        var solver = LinearSolverFactory_DDRM.chol(n);
        ejmlWork.setTo(ejmlA);
        solver.setA(ejmlWork);
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        solver.invert(inverse);
        return inverse;
    }

    /// {@return our eigenvectors}
    @Benchmark
    public Object eigenQuadric() {
        return SymmetricEigen.decompose(a, values, result, ws);
    }

    /// {@return LAPACK's syevd}
    @Benchmark
    public Object eigenOpenBlas() {
        nativeWork.elements().copyFrom(nativeA.elements());
        lapack.eigen(nativeWork);
        return nativeWork;
    }

    /// {@return EJML's eigenvectors}
    @Benchmark
    public Object eigenEjml() {
        ejmlWork.setTo(ejmlA);
        var decomposition = DecompositionFactory_DDRM.eig(n, true, true);
        decomposition.decompose(ejmlWork);
        return CommonOps_DDRM.elementMax(ejmlWork);
    }
}
