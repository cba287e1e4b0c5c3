/// The kernels on the Vector API, which no other package imports: a JVM without the module `jdk.incubator.vector` never
/// loads a class from here.
///
/// [io.quadric.linalg.internal.simd.SimdKernelSet] puts them together, and
/// [io.quadric.linalg.internal.simd.SimdSpecies] holds the vector shape in use. Start with
/// [io.quadric.linalg.internal.simd.SimdDoubleArithmetic]: a loop over whole vectors, then one masked vector for the
/// rest of the row, as everywhere here. [io.quadric.linalg.internal.simd.SimdDoubleMicroKernel12x2], or its
/// relative with fewer registers, is the heart of the matrix product; docs/kernels.md ("Tiles") explains why it is
/// written as it is. What gains nothing from vectors is left to the scalar twin.
package io.quadric.linalg.internal.simd;
