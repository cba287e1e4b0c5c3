/// The kernels in plain Java: the reference that the tests compare the SIMD kernels with, and what runs where the
/// Vector API is not available.
///
/// [io.quadric.linalg.internal.scalar.ScalarKernelSet] puts them together. The loops of
/// [io.quadric.linalg.internal.scalar.ScalarDoubleKernels] state what each kernel computes, element by element; read
/// one here before its twin in `simd`.
package io.quadric.linalg.internal.scalar;
