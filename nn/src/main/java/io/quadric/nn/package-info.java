/// Networks and their derivatives: layers and losses describe the function, a linearization at given parameters yields
/// loss, gradient, Jacobian products and curvature operators from one forward pass.
package io.quadric.nn;
