/// The laws that every network, layer, loss and operator must obey, with independent references to compare against.
/// They need no test framework, so a user can hold his own layer to them.
package io.quadric.verify;
