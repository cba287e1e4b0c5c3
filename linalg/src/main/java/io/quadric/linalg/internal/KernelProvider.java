package io.quadric.linalg.internal;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.GemmEngine;
import io.quadric.linalg.internal.kernel.ImageKernels;
import io.quadric.linalg.internal.kernel.KernelSet;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.kernel.PlaneEngine;
import io.quadric.linalg.internal.kernel.TriangularBlocks;
import io.quadric.linalg.internal.scalar.ScalarKernelSet;
import io.quadric.linalg.internal.simd.SimdKernelSet;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Set;

/// Chooses the kernels, once: SIMD if the Vector API is present, compiled by C2, and agrees with the scalar twin;
/// scalar otherwise. The system property `quadric.simd` = `auto`, `scalar`, `128`, `256` or `512` overrides the choice.
public final class KernelProvider {
    private static final String PROPERTY = "quadric.simd";
    private static final String MODULE = "jdk.incubator.vector";
    private static final Set<String> VALUES = Set.of("auto", "scalar", "128", "256", "512");

    private static final Choice CHOICE = choose();

    private KernelProvider() {}

    /// What was chosen, and why.
    private record Choice(KernelSet kernels, boolean simd, String reason) {}

    /// {@return the loops over elements}
    public static Kernels kernels(Precision precision) {
        return CHOICE.kernels.elements(precision);
    }

    /// {@return the matrix product}
    public static GemmEngine gemm(Precision precision) {
        return CHOICE.kernels.gemm(precision);
    }

    /// {@return the loops over images and channels}
    public static ImageKernels images(Precision precision) {
        return CHOICE.kernels.images(precision);
    }

    /// {@return the loops over small triangles}
    public static TriangularBlocks triangles(Precision precision) {
        return CHOICE.kernels.triangles(precision);
    }

    /// {@return the convolution}
    public static PlaneEngine planes(Precision precision) {
        return CHOICE.kernels.planes(precision);
    }

    /// {@return whether the SIMD kernels are in use}
    public static boolean isSimd() {
        return CHOICE.simd;
    }

    /// {@return what is in use and why, in a line}
    public static String description() {
        return CHOICE.reason;
    }

    private static Choice choose() {
        Choice choice = decide();
        Level level = choice.simd ? Level.DEBUG : Level.WARNING;
        System.getLogger("io.quadric.linalg").log(level, "kernels: " + choice.reason);
        return choice;
    }

    private static Choice decide() {
        String asked = System.getProperty(PROPERTY, "auto");
        if (!VALUES.contains(asked)) {
            return scalar("the system property " + PROPERTY + " is '" + asked
                    + "', expected one of auto, scalar, 128, 256, 512");
        }
        if (asked.equals("scalar")) {
            return scalar("asked for by the system property " + PROPERTY);
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            return scalar("slow, because the Vector API is absent; start Java with --add-modules " + MODULE);
        }
        String vm = System.getProperty("java.vm.info", "");
        if (vm.contains("interpreted") || vm.contains("emulated-client")) {
            return scalar("the Vector API needs the C2 compiler, this machine runs in " + vm);
        }
        return simd(asked);
    }

    private static Choice simd(String asked) {
        try {
            KernelSet simd = SimdKernelSet.create();
            if (asked.equals("auto") && SimdKernelSet.lacksMultiplyAdd()) {
                return scalar("the processor has no AVX2");
            }
            if (!agrees(simd)) {
                return scalar("the SIMD kernels disagree with the scalar ones on this machine");
            }
            String why = asked.equals("auto") ? "preferred by this machine" : "asked for by " + PROPERTY;
            return new Choice(simd, true, SimdKernelSet.description() + ", " + why);
        } catch (LinkageError | RuntimeException e) {
            return scalar("the SIMD kernels cannot be loaded: " + e);
        }
    }

    private static Choice scalar(String reason) {
        return new Choice(ScalarKernelSet.create(), false, "scalar, " + reason);
    }

    /// Whether both give the same product of small whole numbers, which is exact in either precision, and nearly the
    /// same sum of a function's values.
    private static boolean agrees(KernelSet simd) {
        KernelSet scalar = ScalarKernelSet.create();
        boolean agree = true;
        for (Precision precision : Precision.values()) {
            double[][] expected = product(scalar.gemm(precision), precision);
            agree &= Arrays.deepEquals(expected, product(simd.gemm(precision), precision));
            double sum = sumOfTanh(scalar.elements(precision), precision);
            agree &= Math.abs(sum - sumOfTanh(simd.elements(precision), precision)) < 1e-4;
        }
        return agree;
    }

    /// The elements of a 13 × 7 by 7 × 37 product; reads them one by one, since the kernels are not chosen yet.
    private static double[][] product(GemmEngine engine, Precision precision) {
        Matrix c = Matrix.zeros(precision, 13, 37);
        Operands operands = new Operands(wholeNumbers(precision, 13, 7), wholeNumbers(precision, 7, 37), c);
        BlockedGemm.multiply(engine, 1, operands, 0, Workspace.serial());
        double[][] elements = new double[c.rows()][c.columns()];
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                elements[i][j] = c.get(i, j);
            }
        }
        return elements;
    }

    private static double sumOfTanh(Kernels kernels, Precision precision) {
        Matrix x = wholeNumbers(precision, 3, 37);
        kernels.apply(ElementaryFunction.TANH, x, x);
        return kernels.sum(x);
    }

    private static Matrix wholeNumbers(Precision precision, int rows, int columns) {
        Matrix m = Matrix.zeros(precision, rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                m.set(i, j, (i * 31 + j * 17) % 11 - 5);
            }
        }
        return m;
    }
}
