/// Layers: what a network is made of, and what their passes report.
///
/// A [io.quadric.nn.layer.Layer] is a description: shapes and rules, no numbers. Opening it at a
/// [site][io.quadric.nn.layer.LayerSite] runs the forward pass and returns a [io.quadric.nn.layer.LayerPass], the layer
/// at that point. From then on it takes tangents forward (`jvp`) and cotangents back (`backward`). At a given cotangent
/// it also has a [io.quadric.nn.layer.SecondOrderPass], whose R-forward pass returns the R-backward pass that belongs to
/// it:
///
/// ```java
/// LayerPass pass = layer.open(site, x, y);                     // y ← f(w, x)
/// pass.jvp(v, rx, ry, ws);                                     // ry ← (∂f/∂x) rx + (∂f/∂w) v
/// pass.backward(dy, dx, sink, ws);                             // dx ← (∂f/∂x)ᵀ dy, and reports to the sink
/// RBackward back = pass.second(dy, dx, frame).rForward(v, rx, ry, frame);
/// back.rBackward(rdy, rdx, sink, ws);
/// ```
///
/// A backward pass computes no gradients. It *reports* to a [io.quadric.nn.layer.Sink], for each
/// [io.quadric.nn.layer.AffineBlock], the rows whose product is the gradient of the weight; what a sink does with them
/// is the difference between a gradient, a Fisher diagonal and a Kronecker factor. Reports are per case and know
/// [which rows belong to which case][io.quadric.nn.layer.CaseRows].
///
/// [io.quadric.nn.layer.LayerPath] and [io.quadric.nn.layer.LayerChain] are layers one after another, as descriptions
/// and at a point. A network is one path, and [io.quadric.nn.layer.ResidualLayer] has two inside.
///
/// This package uses nothing else of the module but `nn.registry`. Start reading with
/// [io.quadric.nn.layer.DenseLayer], then [io.quadric.nn.layer.Activation]. A layer of your own implements the same two
/// interfaces, and the `Laws` of the verify module tell whether it is right.
package io.quadric.nn.layer;
