/// Layers: what a network is made of.
///
/// A [io.quadric.nn.layer.Layer] is a description: shapes and rules, no numbers. Opened at a site in a network it gives
/// a [io.quadric.nn.layer.LayerPass], which runs forward once, keeps what it needs of that run, and from then on
/// answers for its derivative in both directions: tangents forward, cotangents back. From a backward pass a
/// [io.quadric.nn.layer.SecondOrderPass] differentiates once more.
///
/// A backward pass computes no gradients. It *reports* to a [io.quadric.nn.layer.Sink], for each
/// [io.quadric.nn.layer.AffineBlock], the rows whose product is the gradient of the weight; what the sink makes of them
/// is the difference between a gradient, a Fisher diagonal and a Kronecker factor.
///
/// Start with [io.quadric.nn.layer.DenseLayer], then [io.quadric.nn.layer.Activation]. A layer of your own implements
/// the same two interfaces; `Laws` of the verify module hold it to its definition.
package io.quadric.nn.layer;
