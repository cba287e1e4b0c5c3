/// Methods that solve for a step by products with a curvature matrix that is never formed: Hessian-free optimisation
/// (Martens & Sutskever 2012), block-diagonal Hessian-free optimisation (Zhang et al. 2017) and Krylov subspace descent
/// (Vinyals & Povey 2012).
///
/// Start with [io.quadric.optim.hessianfree.HessianFree], whose components are the choices of §§8 to 13 of the paper:
/// damping and its adaptation, the solver, the preconditioner, the choice of the step. A diagonal of your own, for
/// damping or preconditioning, is a [io.quadric.optim.hessianfree.CurvatureDiagonal]; a preconditioner of any other
/// form is a [io.quadric.optim.hessianfree.KeptPreconditioner].
package io.quadric.optim.hessianfree;
