/// What a kernel is: the interfaces that the scalar and the SIMD kernels implement, and the data that passes through
/// them.
///
/// - [io.quadric.linalg.internal.kernel.Kernels]: passes over the elements of matrices, the place to start reading. The
///   contract is in docs/kernels.md, "Passes over elements".
/// - [io.quadric.linalg.internal.kernel.GemmEngine] with [io.quadric.linalg.internal.kernel.DoubleMicroKernel]: the
///   matrix product, from packing down to one tile of the result.
///   [io.quadric.linalg.internal.kernel.ProductStructure] says which parts of a product can be left out.
/// - [io.quadric.linalg.internal.kernel.PlaneEngine] with [io.quadric.linalg.internal.kernel.DoubleStripKernel]:
///   convolutions; [io.quadric.linalg.internal.kernel.PlaneLayout] tells where each pixel is kept.
/// - [io.quadric.linalg.internal.kernel.ImageKernels] and [io.quadric.linalg.internal.kernel.TriangularBlocks]: loops
///   over images and over small triangles.
/// - [io.quadric.linalg.internal.kernel.KernelSet]: one implementation of each, in both precisions.
///
/// A source named `Double…` has a float twin, which the build generates from it (CONTRIBUTING.md, "Float kernels").
package io.quadric.linalg.internal.kernel;
