/// Quasi-Newton methods for the objective as a whole: the curvature is learnt from how gradients change from step to
/// step. [io.quadric.optim.quasinewton.Lbfgs] states the method and is the place to start. Quasi-Newton methods for the
/// Kronecker factors of a layer are in `kronecker`.
package io.quadric.optim.quasinewton;
