package io.quadric.engine.json;

import io.quadric.engine.InputException;

/// A layer that the format knows and this version does not have.
public final class UnsupportedTypeException extends InputException {
    private static final long serialVersionUID = 1L;

    /// With the type and the place.
    ///
    /// @param message one line
    public UnsupportedTypeException(String message) {
        super(message);
    }
}
