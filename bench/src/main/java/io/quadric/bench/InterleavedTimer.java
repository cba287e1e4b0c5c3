package io.quadric.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;

/// Actions that take turns, and the best time of each.
///
/// A benchmark harness measures one action for seconds and then the next. On a machine shared with others their ratio
/// then tells mostly what the neighbours did meanwhile; between short turns little changes, and the best of many calls
/// is what the machine can do. A turn is longer than the time for which the threads of OpenBLAS go on spinning after a
/// call, so that its later calls have the processors to themselves. The first turns also serve as warm-up.
public final class InterleavedTimer {
    private static final int LEAST_TURNS = 4;
    private static final int LEAST_CALLS = 3;
    private static final double LONGEST = 0.06;

    private final Map<String, Runnable> actions = new LinkedHashMap<>();
    private final Map<String, Double> best = new LinkedHashMap<>();

    /// Adds an action.
    ///
    /// @param name what it is called
    /// @param action what is timed
    /// @return this
    public InterleavedTimer add(String name, Runnable action) {
        actions.put(name, action);
        best.put(name, Double.POSITIVE_INFINITY);
        return this;
    }

    /// Takes turns until the time is over, but at least some.
    ///
    /// @param seconds for all turns together
    /// @return this
    public InterleavedTimer run(double seconds) {
        List<Entry<String, Runnable>> all = new ArrayList<>(actions.entrySet());
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (int turn = 0; turn < LEAST_TURNS || System.nanoTime() < end; turn++) {
            for (Entry<String, Runnable> action : all) {
                best.merge(action.getKey(), bestOfATurn(action.getValue()), Math::min);
            }
        }
        return this;
    }

    private static double bestOfATurn(Runnable action) {
        double best = Double.POSITIVE_INFINITY;
        double spent = 0;
        for (int call = 0; call < LEAST_CALLS || spent < LONGEST; call++) {
            long from = System.nanoTime();
            action.run();
            double seconds = (System.nanoTime() - from) * 1e-9;
            best = Math.min(best, seconds);
            spent += seconds;
        }
        return best;
    }

    /// {@return the actions in their order}
    List<String> names() {
        return List.copyOf(actions.keySet());
    }

    /// {@return the best time of an action in seconds}, infinite if there is no such action.
    ///
    /// @param name of the action
    public double seconds(String name) {
        return best.getOrDefault(name, Double.POSITIVE_INFINITY);
    }

    /// {@return a cell with the time of one action by that of another}, empty if there is no such action.
    String ratio(String name, String by) {
        return best.containsKey(name) ? String.format(Locale.ROOT, " %.2f |", seconds(name) / seconds(by)) : " |";
    }
}
