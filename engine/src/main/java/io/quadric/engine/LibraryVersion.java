package io.quadric.engine;

import java.util.Optional;

/// The version of this library.
public final class LibraryVersion {
    private LibraryVersion() {}

    /// {@return the version of the module, or of the jar on the class path; "development" where neither has one}
    public static String get() {
        return Optional.ofNullable(LibraryVersion.class.getModule().getDescriptor())
                .flatMap(descriptor -> descriptor.rawVersion())
                .or(() -> Optional.ofNullable(LibraryVersion.class.getPackage().getImplementationVersion()))
                .orElse("development");
    }
}
