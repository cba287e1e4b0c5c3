/// Products on the kernels in use: of matrices ([io.quadric.linalg.internal.product.MatrixProduct], the place to
/// start), of batches of small ones, of a matrix with a vector, and of images with the weights of a convolution
/// ([io.quadric.linalg.internal.product.PlaneConvolution]).
///
/// [io.quadric.linalg.internal.product.RowRanges] shares passes over elements out over the threads, and
/// [io.quadric.linalg.internal.product.SymmetricFill] and [io.quadric.linalg.internal.product.Conversion] copy.
package io.quadric.linalg.internal.product;
