package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Precision;

/// One implementation of all kernels, in both precisions.
///
/// @param doubles for FLOAT64 elements
/// @param floats for FLOAT32 elements
public record KernelSet(Loops doubles, Loops floats) {
    /// The kernels of one precision.
    ///
    /// @param elements passes over elements
    /// @param gemm the matrix product
    /// @param images loops over images
    /// @param triangles loops over small triangles
    /// @param planes the convolution
    public record Loops(
            Kernels elements,
            GemmEngine gemm,
            ImageKernels images,
            TriangularBlocks triangles,
            PlaneEngine planes) {}

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
