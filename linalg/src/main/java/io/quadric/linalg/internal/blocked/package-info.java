/// The loops around the innermost kernels, written once for scalar and SIMD kernels alike.
///
/// [io.quadric.linalg.internal.blocked.BlockedGemm] cuts a product into blocks that fit the caches and shares them out
/// over the threads: start there. [io.quadric.linalg.internal.blocked.DoublePacking] copies a block into the order in
/// which it will be read, and [io.quadric.linalg.internal.blocked.DoublePanelProduct] calls the micro-kernel for each
/// tile. [io.quadric.linalg.internal.blocked.DoublePlaneEngine] does the same for convolutions.
package io.quadric.linalg.internal.blocked;
