/// Networks and their derivatives, which everything above this module is built on.
///
/// A [io.quadric.nn.Network] is a list of layers with a [io.quadric.nn.ParameterLayout], which gives every parameter
/// array its place in one flat vector. With a loss and an L2 penalty it is a [io.quadric.nn.Model], the objective
/// f(θ) = (1/N) Σ Lᵢ(θ) + (η/2) ‖θ‖². None of these owns numbers: [io.quadric.nn.Parameters] are θ, and a
/// [io.quadric.nn.Batch] is the N cases.
///
/// A [io.quadric.nn.Linearization] brings them together. It runs one forward pass, keeps the activations, and provides
/// everything else at that point:
///
/// ```java
/// Model model = new Model(network, new SoftmaxCrossEntropy());
/// Parameters theta = network.initialize(Initializer.glorot(), Precision.FLOAT32, random);
/// try (var ws = Workspace.withThreads(2); var at = Linearization.at(model, theta, batch, ws)) {
///     double loss = at.loss();
///     at.gradient(g);                                          // g ← ∇f(θ)
///     at.gaussNewton().apply(v, gv, ws);                       // gv ← G v
///     at.gaussNewton().restrictedTo(block).apply(u, gu, ws);   // with a diagonal block of G
/// }
/// ```
///
/// Every pass goes through [io.quadric.nn.layer.LayerChain], the one walk over layers. The curvature matrices differ in
/// what they do at the output: `GaussNewtonOperator` multiplies tangents of the outputs by the loss Hessian,
/// `HessianOperator` differentiates the backward pass, and `StructuralTerm` acts on hidden units on the way.
///
/// Cases may be sequences of different [lengths][io.quadric.nn.layer.Lengths], and may have
/// [weights][io.quadric.nn.layer.Weights]; then every mean over cases is a weighted one.
///
/// This package uses `nn.loss`, `nn.recurrent` and `nn.layer`, and none of them uses it. Start reading with `Network`,
/// then `Linearization` and `GaussNewtonOperator`. Initialisers of your own implement [io.quadric.nn.Initializer].
package io.quadric.nn;
