/// Methods with one factor for each axis of a parameter array: tensor-normal training and Shampoo (Ren 2022, chapter
/// 4).
package io.quadric.optim.tensor;
