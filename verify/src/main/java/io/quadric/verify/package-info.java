/// The laws that every network, layer, loss and operator must obey, with independent references to compare against.
/// They need no test framework, so a user can hold his own layer, or his whole model, to them.
///
/// A model of yours, with random parameters and cases:
///
/// ```java
/// Network network = new Network(
///         new Shape.Features(6),
///         List.of(new DenseLayer(8, true), new Activation(ElementaryFunction.TANH), new DenseLayer(3, true)));
/// Model model = new Model(network, new SoftmaxCrossEntropy(), 0.01);
/// LawReport report = Laws.check(Subject.random("mine", model, 5, 1), 1);
/// System.out.print(report);   // a line for each law, what failed and why, and where a check proves little
/// ```
///
/// At your own parameters and cases it is `Laws.check(new Subject("mine", model, parameters, batch), 1)`. Keep it
/// small, since some laws write the Jacobian out. A subject that breaks a law is made smaller by
/// [io.quadric.verify.Shrinker], and [io.quadric.verify.Laws] may be joined by laws of your own.
///
/// Steps of finite differences and scales of parameters follow Martens & Sutskever (2012), §7.2, see
/// [io.quadric.verify.FiniteDifferences] and [io.quadric.verify.Subject].
package io.quadric.verify;
