/// What several methods are built from and no user needs: inverses of Kronecker factors, BFGS matrices, checks. Not
/// exported.
package io.quadric.optim.internal;
