/// Methods that multiply the gradient of each parameter array by one matrix for each axis of the array:
/// [io.quadric.optim.tensor.Tnt] and [io.quadric.optim.tensor.Shampoo] (Ren 2022, chapter 4). All they know of a layer
/// is the shapes of its arrays, which a [io.quadric.optim.tensor.TensorView] may change. Both share one direction; they
/// differ in the gradient whose contractions they average and in the matrix they make of an average.
package io.quadric.optim.tensor;
