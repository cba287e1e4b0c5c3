/// The choice of the kernels: [io.quadric.linalg.internal.KernelProvider] decides once per virtual machine between SIMD
/// and scalar kernels, and hands them out by precision. None of the `internal` packages is exported.
///
/// From the bottom up, each package using only those before it:
///
/// | package | contents |
/// |---|---|
/// | `kernel` | interfaces of the kernels, and the data that passes through them |
/// | `blocked` | the loops over blocks and tiles around the innermost kernels |
/// | `scalar` | kernels in plain Java |
/// | `simd` | their twins on the Vector API, and the only package that imports it |
/// | `internal` | the choice between the two |
/// | `product` | products of matrices, vectors and images, on the chosen kernels |
/// | `factor` | Cholesky and LU factorisations, triangular solves |
/// | `eigen` | the symmetric eigenvalue problem |
/// | `root` | inverse p-th roots |
///
/// All of them work on [io.quadric.linalg.Matrix] and [io.quadric.linalg.Vector], whose own passes over elements come
/// from `KernelProvider` in turn. Nothing here checks shapes: the public classes of `io.quadric.linalg` do. A reader
/// who wants to know how a product is computed starts at [io.quadric.linalg.internal.product.MatrixProduct] and follows
/// the calls down to [io.quadric.linalg.internal.kernel.DoubleMicroKernel]; docs/kernels.md explains the way.
package io.quadric.linalg.internal;
