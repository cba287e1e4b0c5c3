package io.quadric.engine.experiment;

import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.linalg.Workspace;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A study that compares no runs: it measures something of methods or networks and writes files of its own, `table.md`
/// among them.
public non-sealed interface Measurement extends Study {
    /// {@return how many steps it takes if nothing is said}
    ///
    /// @param scale published or small
    long budget(Scale scale);

    /// Measures, and writes the files; what is measured of an interrupted one so far is there.
    ///
    /// @param order what is wanted
    void measure(Order order);

    /// What is wanted.
    ///
    /// @param scale published or small
    /// @param steps how many
    /// @param seed of everything random
    /// @param folder for the files
    /// @param ws threads and scratch
    /// @param progress is told what there is to say after each step
    record Order(Scale scale, long steps, long seed, Path folder, Workspace ws, Consumer<String> progress) {
        /// {@return a generator for what is drawn}, which begins anew at the seed
        public RandomGenerator random() {
            return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        }
    }
}
