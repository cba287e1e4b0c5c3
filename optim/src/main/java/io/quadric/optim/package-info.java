/// Training methods: each optimizer combines a curvature, a linear solver and a step rule, and a run of it takes steps
/// and reports what each did.
package io.quadric.optim;
