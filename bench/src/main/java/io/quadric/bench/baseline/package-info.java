/// First-order and layer-wise methods of recent years that recipes of the library are compared with, one file each.
/// They are not part of the library: each is an optimizer as a user would write it.
package io.quadric.bench.baseline;
