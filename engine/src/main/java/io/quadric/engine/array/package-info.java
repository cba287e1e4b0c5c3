/// Arrays of numbers in the formats of other tools: NumPy's `.npy` and `.npz`, and safetensors.
///
/// An [io.quadric.engine.array.NdArray] has a type, a shape and elements in row-major order, and becomes a vector or
/// matrix of either precision. What a header claims is checked before memory is taken for it.
package io.quadric.engine.array;
