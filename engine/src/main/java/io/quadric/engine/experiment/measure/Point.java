package io.quadric.engine.experiment.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is measured at a point of a trajectory.
///
/// @param step of the trajectory, from 1; the point is that before it
/// @param facts other than cosines, by name, in order
/// @param cosines of each direction
public record Point(long step, Map<String, Double> facts, List<Cosines> cosines) {
    /// Copies the facts and the list.
    public Point {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        cosines = List.copyOf(cosines);
    }

    /// The cosines of a direction.
    ///
    /// @param direction its label
    /// @param with the cosine with each of the reference directions, or with parts of them, by name, in order
    public record Cosines(String direction, Map<String, Double> with) {
        /// Copies the map.
        public Cosines {
            with = Collections.unmodifiableMap(new LinkedHashMap<>(with));
        }
    }

    /// {@return the cosines of the direction of that label}
    ///
    /// @param direction the label
    /// @throws IllegalArgumentException if there is none
    public Map<String, Double> of(String direction) {
        return cosines.stream()
                .filter(its -> its.direction().equals(direction))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no direction '" + direction + "'"))
                .with();
    }
}
