/// Hessian-free optimisation (Martens & Sutskever 2012), block-diagonal Hessian-free optimisation (Zhang et al. 2017)
/// and Krylov subspace descent (Vinyals & Povey 2012): methods that solve for their step by products with a curvature
/// matrix that is never written out.
///
/// Start with [io.quadric.optim.hessianfree.HessianFree].
package io.quadric.optim.hessianfree;
