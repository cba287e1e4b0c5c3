package io.quadric.nn.registry;

import java.util.List;

/// What a jar adds to the registries. The service loader finds it: the jar names the implementing class in
/// `META-INF/services/io.quadric.nn.registry.Extension`, or its module `provides` it.
///
/// ```java
/// public final class MyExtension implements Extension {
///     @Override
///     public List<Named> entries() {
///         return List.of(
///                 new LayerKind("cube", CubeLayer.class),
///                 new Recipe("lion", "Signs of the interpolated momentum", "Chen et al. (2023)", Lion.defaults()));
///     }
/// }
/// ```
///
/// Every entry goes to the registry of its class. Classes that entries describe must be public, and a module must
/// export their package.
@FunctionalInterface
public interface Extension {
    /// {@return the entries}, in the order in which they are to be listed
    List<Named> entries();
}
