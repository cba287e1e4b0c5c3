package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Precision;

/// One implementation of all kernels, in both precisions. No records, whose methods would make the jar larger (decision
/// 29).
public final class KernelSet {
    private final Loops doubles;
    private final Loops floats;

    /// @param doubles for FLOAT64 elements
    /// @param floats for FLOAT32 elements
    public KernelSet(Loops doubles, Loops floats) {
        this.doubles = doubles;
        this.floats = floats;
    }

    /// The kernels of one precision.
    public static final class Loops {
        private final Kernels elements;
        private final GemmEngine gemm;
        private final ImageKernels images;
        private final TriangularBlocks triangles;
        private final PlaneEngine planes;

        /// @param elements passes over elements
        /// @param gemm the matrix product
        /// @param images loops over images
        /// @param triangles loops over small triangles
        /// @param planes the convolution
        public Loops(
                Kernels elements,
                GemmEngine gemm,
                ImageKernels images,
                TriangularBlocks triangles,
                PlaneEngine planes) {
            this.elements = elements;
            this.gemm = gemm;
            this.images = images;
            this.triangles = triangles;
            this.planes = planes;
        }
    }

    private Loops loops(Precision precision) {
        return precision == Precision.FLOAT64 ? doubles : floats;
    }

    public Kernels elements(Precision precision) {
        return loops(precision).elements;
    }

    public GemmEngine gemm(Precision precision) {
        return loops(precision).gemm;
    }

    public ImageKernels images(Precision precision) {
        return loops(precision).images;
    }

    public TriangularBlocks triangles(Precision precision) {
        return loops(precision).triangles;
    }

    public PlaneEngine planes(Precision precision) {
        return loops(precision).planes;
    }
}
