package io.quadric.linalg.internal;

import io.quadric.linalg.Precision;

/// One way of computing, for both precisions.
///
/// @param doubles the loops over FLOAT64 elements
/// @param floats the loops over FLOAT32 elements
/// @param doubleGemm the FLOAT64 matrix product
/// @param floatGemm the FLOAT32 matrix product
/// @param doubleImages the loops over FLOAT64 images
/// @param floatImages the loops over FLOAT32 images
/// @param doubleTriangles the loops over small FLOAT64 triangles
/// @param floatTriangles the loops over small FLOAT32 triangles
record KernelSet(
        Kernels doubles,
        Kernels floats,
        GemmEngine doubleGemm,
        GemmEngine floatGemm,
        ImageKernels doubleImages,
        ImageKernels floatImages,
        TriangularBlocks doubleTriangles,
        TriangularBlocks floatTriangles) {
    /// The plain loops.
    static KernelSet scalar() {
        return new KernelSet(
                new ScalarDoubleKernels(),
                new ScalarFloatKernels(),
                new DoubleGemmEngine(new ScalarDoubleMicroKernel()),
                new FloatGemmEngine(new ScalarFloatMicroKernel()),
                new ScalarDoubleImages(),
                new ScalarFloatImages(),
                new ScalarDoubleTriangularBlocks(),
                new ScalarFloatTriangularBlocks());
    }

    Kernels of(Precision precision) {
        return precision == Precision.FLOAT64 ? doubles : floats;
    }

    GemmEngine gemm(Precision precision) {
        return precision == Precision.FLOAT64 ? doubleGemm : floatGemm;
    }

    ImageKernels images(Precision precision) {
        return precision == Precision.FLOAT64 ? doubleImages : floatImages;
    }

    TriangularBlocks triangles(Precision precision) {
        return precision == Precision.FLOAT64 ? doubleTriangles : floatTriangles;
    }
}
