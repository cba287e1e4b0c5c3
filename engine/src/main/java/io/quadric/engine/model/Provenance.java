package io.quadric.engine.model;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where a model comes from.
///
/// @param recipe the method it was trained by
/// @param hyperParameters of the method that were not its defaults
/// @param seed of batches, first parameters and draws
/// @param data the name of the training data
/// @param fingerprint SHA-256 of the prepared inputs and targets it was trained on, in hexadecimal digits
/// @param figures what the training came to, by name
/// @param version of the library
/// @param date when
public record Provenance(
        String recipe,
        Map<String, String> hyperParameters,
        long seed,
        String data,
        String fingerprint,
        Map<String, Double> figures,
        String version,
        Instant date) {
    /// Copies the maps.
    public Provenance {
        hyperParameters = Collections.unmodifiableMap(new LinkedHashMap<>(hyperParameters));
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }
}
