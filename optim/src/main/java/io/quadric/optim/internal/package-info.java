/// Parts that several methods share and no user needs; not exported. [io.quadric.optim.internal.KroneckerInverses]
/// inverts damped Kronecker factors, [io.quadric.optim.internal.InverseHessian] is what BFGS and L-BFGS update,
/// [io.quadric.optim.internal.InitialStatistics] goes through the warm-up data,
/// [io.quadric.optim.internal.TrialObjective] evaluates the objective near θ.
package io.quadric.optim.internal;
