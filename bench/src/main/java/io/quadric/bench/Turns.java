package io.quadric.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// Actions that take turns, and the best time of each.
///
/// A benchmark harness measures one action for seconds and then the next. On a machine shared with others their ratio
/// then tells mostly what the neighbours did meanwhile; between turns of milliseconds little changes, and the best of
/// many turns is what the machine can do.
final class Turns {
    private static final int LEAST = 12;

    private final Map<String, Runnable> actions = new LinkedHashMap<>();
    private final Map<String, Double> best = new LinkedHashMap<>();

    /// Adds an action.
    Turns add(String name, Runnable action) {
        actions.put(name, action);
        best.put(name, Double.POSITIVE_INFINITY);
        return this;
    }

    /// Takes turns until the time is over, but at least a dozen.
    Turns run(double seconds) {
        List<Entry<String, Runnable>> all = new ArrayList<>(actions.entrySet());
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (int turn = 0; turn < LEAST || System.nanoTime() < end; turn++) {
            for (Entry<String, Runnable> action : all) {
                long from = System.nanoTime();
                action.getValue().run();
                best.merge(action.getKey(), (System.nanoTime() - from) * 1e-9, Math::min);
            }
        }
        return this;
    }

    /// {@return the best time of an action in seconds}, infinite if there is no such action.
    double seconds(String name) {
        return best.getOrDefault(name, Double.POSITIVE_INFINITY);
    }

    /// {@return a cell with the time of one action by that of another}, empty if there is no such action.
    String ratio(String name, String by) {
        return best.containsKey(name) ? String.format(" %.2f |", seconds(name) / seconds(by)) : " |";
    }
}
