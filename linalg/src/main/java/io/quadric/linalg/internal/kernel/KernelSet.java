package io.quadric.linalg.internal.kernel;

import io.quadric.linalg.Precision;

/// One way of computing, for both precisions.
///
/// @param doubles the loops over FLOAT64 elements
/// @param floats the loops over FLOAT32 elements
public record KernelSet(Loops doubles, Loops floats) {
    /// The loops of one precision.
    ///
    /// @param elements over elements
    /// @param gemm of the matrix product
    /// @param images over images
    /// @param triangles over small triangles
    /// @param planes of the convolution
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
