package io.quadric.engine.array;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// The contents of a safetensors file.
///
/// @param metadata texts by name
/// @param tensors arrays by name, sorted
public record Safetensors(Map<String, String> metadata, Map<String, NdArray> tensors) {
    /// Sorts and copies the maps.
    ///
    /// @throws IllegalArgumentException if a tensor is called `__metadata__`
    public Safetensors {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        tensors = Collections.unmodifiableMap(new TreeMap<>(tensors));
        if (tensors.containsKey(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException("no tensor may be called " + SafetensorsHeader.METADATA);
        }
    }
}
