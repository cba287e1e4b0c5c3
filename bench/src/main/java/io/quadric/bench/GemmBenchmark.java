package io.quadric.bench;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;
import org.ojalgo.matrix.store.RawStore;
import org.ojalgo.matrix.store.TransformableRegion;
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

/// C ← A B against OpenBLAS, netlib's Vector BLAS, ojAlgo and EJML. [GemmSuite] runs it and writes the table of ratios.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class GemmBenchmark {
    /// Rows, inner indices and columns, and which operands are stored transposed.
    @Param("1024x1024x1024:NN")
    public String shape;

    /// The element type.
    @Param({"FLOAT32", "FLOAT64"})
    public Precision precision;

    /// Threads of ours and of OpenBLAS.
    @Param("1")
    public int threads;

    private Workspace ws;
    private Arena arena;
    private String layout;
    private Matrix a;
    private Matrix b;
    private Matrix c;
    private OpenBlas openBlas;
    private OpenBlas.Native nativeA;
    private OpenBlas.Native nativeB;
    private OpenBlas.Native nativeC;
    private DMatrixRMaj ejmlA;
    private DMatrixRMaj ejmlB;
    private DMatrixRMaj ejmlC;
    private BLAS netlib;
    private MatrixStore<Double> ojAlgoA;
    private MatrixStore<Double> ojAlgoB;
    private TransformableRegion<Double> ojAlgoC;

    /// Makes the operands.
    @Setup
    public void setUp() {
        GemmShape s = GemmShape.of(shape);
        layout = s.layout();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        a = gaussian(s.transposeA() ? s.inner() : s.rows(), s.transposeA() ? s.rows() : s.inner(), random);
        b = gaussian(s.transposeB() ? s.columns() : s.inner(), s.transposeB() ? s.inner() : s.columns(), random);
        c = Matrix.zeros(precision, s.rows(), s.columns());
        ws = Workspace.withThreads(threads);
        arena = Arena.ofShared();
        openBlas = OpenBlas.find().orElse(null);
        if (openBlas != null) {
            openBlas.setThreads(threads);
            nativeA = OpenBlas.Native.of(a, arena);
            nativeB = OpenBlas.Native.of(b, arena);
            nativeC = OpenBlas.Native.of(c, arena);
        }
        ejmlA = new DMatrixRMaj(a.toArray());
        ejmlB = new DMatrixRMaj(b.toArray());
        ejmlC = new DMatrixRMaj(s.rows(), s.columns());
        netlib = JavaBLAS.getInstance();
        var factory = precision == Precision.FLOAT64 ? R064Store.FACTORY : R032Store.FACTORY;
        ojAlgoA = factory.copy(RawStore.wrap(a.toArray()));
        ojAlgoB = factory.copy(RawStore.wrap(b.toArray()));
        ojAlgoC = factory.make(s.rows(), s.columns());
        check(s);
    }

    private Matrix gaussian(int rows, int columns, RandomGenerator random) {
        Matrix m = Matrix.zeros(precision, rows, columns);
        Sampling.gaussian(0, 1, random, m);
        return m;
    }

    /// Compares elements of ours and of OpenBLAS with the sums that define them.
    private void check(GemmShape s) {
        quadric();
        if (openBlas != null) {
            openBlas();
        }
        for (int i = 0; i < s.rows(); i += 97) {
            for (int j = 0; j < s.columns(); j += 89) {
                double exact = 0;
                for (int p = 0; p < s.inner(); p++) {
                    exact += (s.transposeA() ? a.get(p, i) : a.get(i, p))
                            * (s.transposeB() ? b.get(j, p) : b.get(p, j));
                }
                double tolerance = 10 * s.inner() * precision.epsilon();
                boolean peer = openBlas == null || Math.abs(nativeC.get(i, j) - exact) <= tolerance;
                if (!(Math.abs(c.get(i, j) - exact) <= tolerance) || !peer) {
                    throw new IllegalStateException("element " + i + ", " + j + " of " + shape + " is wrong");
                }
            }
        }
    }

    /// Frees native memory and threads.
    @TearDown
    public void tearDown() {
        ws.close();
        arena.close();
    }

    /// {@return ours}
    @Benchmark
    public Matrix quadric() {
        GemmOperand left = layout.charAt(0) == 'T' ? a.t() : a;
        GemmOperand right = layout.charAt(1) == 'T' ? b.t() : b;
        Gemm.SET.multiply(left, right, c, ws);
        return c;
    }

    /// {@return our A Aᵀ, computed as one triangle and mirrored}
    @Benchmark
    public Matrix syrk() {
        Gemm.SET.syrk(a, c, ws);
        return c;
    }

    /// {@return the native library's}
    @Benchmark
    public OpenBlas.Native openBlas() {
        if (openBlas == null) {
            throw new IllegalStateException("OpenBLAS is not installed");
        }
        openBlas.multiply(layout, nativeA, nativeB, nativeC);
        return nativeC;
    }

    /// {@return netlib's on the Vector API, which has one thread; column-major, so it computes Cᵀ = BᵀAᵀ}
    @Benchmark
    public Object netlib() {
        String left = layout.substring(1, 2);
        String right = layout.substring(0, 1);
        int rows = c.rows();
        int columns = c.columns();
        int inner = layout.charAt(0) == 'T' ? a.rows() : a.columns();
        if (precision == Precision.FLOAT64) {
            netlib.dgemm(left, right, columns, rows, inner, 1, b.doubles(), b.columns(), a.doubles(), a.columns(), 0,
                    c.doubles(), columns);
        } else {
            netlib.sgemm(left, right, columns, rows, inner, 1, b.floats(), b.columns(), a.floats(), a.columns(), 0,
                    c.floats(), columns);
        }
        return c;
    }

    /// {@return ojAlgo's, which chooses its threads itself, and for which only "NN" is asked}
    @Benchmark
    public Object ojAlgo() {
        ojAlgoC.fillByMultiplying(ojAlgoA, ojAlgoB);
        return ojAlgoC;
    }

    /// {@return EJML's, which has double precision and one thread, and for which only "NN" is asked}
    @Benchmark
    public DMatrixRMaj ejml() {
        CommonOps_DDRM.mult(ejmlA, ejmlB, ejmlC);
        return ejmlC;
    }
}
