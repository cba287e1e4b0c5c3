package io.quadric.linalg.internal;

import io.quadric.linalg.Precision;

/// One way of computing, for both precisions.
///
/// @param doubles the loops over FLOAT64 elements
/// @param floats the loops over FLOAT32 elements
record KernelSet(Loops doubles, Loops floats) {
    /// The loops of one precision.
    ///
    /// @param elements over elements
    /// @param gemm of the matrix product
    /// @param images over images
    /// @param triangles over small triangles
    /// @param planes of the convolution
    record Loops(
            Kernels elements,
            GemmEngine gemm,
            ImageKernels images,
            TriangularBlocks triangles,
            PlaneEngine planes) {}

    /// The plain loops.
    static KernelSet scalar() {
        return new KernelSet(
                new Loops(
                        new ScalarDoubleKernels(),
                        new DoubleGemmEngine(new ScalarDoubleMicroKernel()),
                        new ScalarDoubleImages(),
                        new ScalarDoubleTriangularBlocks(),
                        new DoublePlaneEngine(new ScalarDoubleStripKernel())),
                new Loops(
                        new ScalarFloatKernels(),
                        new FloatGemmEngine(new ScalarFloatMicroKernel()),
                        new ScalarFloatImages(),
                        new ScalarFloatTriangularBlocks(),
                        new FloatPlaneEngine(new ScalarFloatStripKernel())));
    }

    private Loops loops(Precision precision) {
        return precision == Precision.FLOAT64 ? doubles : floats;
    }

    Kernels of(Precision precision) {
        return loops(precision).elements;
    }

    GemmEngine gemm(Precision precision) {
        return loops(precision).gemm;
    }

    ImageKernels images(Precision precision) {
        return loops(precision).images;
    }

    TriangularBlocks triangles(Precision precision) {
        return loops(precision).triangles;
    }

    PlaneEngine planes(Precision precision) {
        return loops(precision).planes;
    }
}
