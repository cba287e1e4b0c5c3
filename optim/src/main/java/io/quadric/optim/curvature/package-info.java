/// Statistics that methods keep of the curvature: the Kronecker factors A of inputs and G of output gradients, their
/// moving averages, and where G is taken from (Botev et al. 2017, §3; Ren 2022, Algorithm 12).
package io.quadric.optim.curvature;
