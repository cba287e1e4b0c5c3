package io.quadric.linalg.solver;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.List;

/// Keeps the iterates ⌈νⁱ⌉, i = 0, 1, …, for backtracking (Martens & Sutskever 2012, §8.7, which leaves ν open; Martens
/// 2010 has 1.3).
public final class KeptIterates implements IterateListener {
    private final List<Vector> scratch = new ArrayList<>();
    private final List<Integer> iterations = new ArrayList<>();
    private final List<Integer> grid = new ArrayList<>();

    /// Takes the memory for all iterates up to `maxIterations` from the frame.
    ///
    /// @param spacing ν, above 1
    /// @param maxIterations the limit of iterations
    /// @param precision the element type
    /// @param size the number of elements of an iterate
    /// @param frame the topmost open frame, from which the memory is taken
    /// @throws IllegalArgumentException if the spacing is not above 1
    public KeptIterates(double spacing, int maxIterations, Precision precision, int size, Workspace.Frame frame) {
        grid.addAll(grid(spacing, maxIterations));
        grid.forEach(_ -> scratch.add(frame.vector(precision, size)));
    }

    private static List<Integer> grid(double spacing, int maxIterations) {
        if (!(spacing > 1)) {
            throw new IllegalArgumentException("spacing is " + spacing + ", expected a number above 1");
        }
        List<Integer> grid = new ArrayList<>();
        int last = 0;
        for (double power = 1; Math.ceil(power) <= maxIterations; power *= spacing) {
            int j = (int) Math.ceil(power);
            if (j > last) {
                grid.add(j);
                last = j;
            }
        }
        return grid;
    }

    /// {@return how many iterates are kept at most}
    ///
    /// @param spacing ν
    /// @param maxIterations the limit of iterations
    public static int most(double spacing, int maxIterations) {
        return grid(spacing, maxIterations).size();
    }

    @Override
    public boolean iterate(int iteration, Vector x, double model) {
        int next = iterations.size();
        if (next < grid.size() && grid.get(next) == iteration) {
            scratch.get(next).copyFrom(x);
            iterations.add(iteration);
        }
        return false;
    }

    /// {@return the number of iterates kept}
    public int count() {
        return iterations.size();
    }

    /// {@return kept iterate number `i`}
    ///
    /// @param i 0 for the earliest
    public Vector get(int i) {
        return scratch.get(i);
    }

    /// {@return the iteration of kept iterate number `i`}
    ///
    /// @param i 0 for the earliest
    public int iteration(int i) {
        return iterations.get(i);
    }
}
