package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Recipe `quadric` with its defaults on random networks, the inputs of which have scales between 1e-6 and 1e6: none
/// ends above its starting loss, none with parameters that are not finite.
class QuadricNeverRisesTest {
    private static final int PROBLEMS = Boolean.getBoolean("quadric.torture") ? 1000 : 40;
    private static final int STEPS = 25;

    @Test
    void onRandomProblems() {
        RandomGenerator random = RandomData.generator(11);
        long fallen = RandomNetworks.many(PROBLEMS, 23)
                .filter(subject -> falls(scaled(subject, Math.pow(10, random.nextDouble(-6, 6)))))
                .count();
        assertTrue(fallen > 0.8 * PROBLEMS, fallen + " of " + PROBLEMS + " are lower than at first");
    }

    private static Subject scaled(Subject subject, double scale) {
        Precision precision = subject.name().hashCode() % 2 == 0 ? Precision.FLOAT32 : Precision.FLOAT64;
        Matrix inputs = subject.batch().inputs().copy().scale(scale);
        Batch batch = subject.batch().with(inputs, subject.batch().targets());
        return new Subject(subject.name() + " × " + scale, subject.model(), subject.parameters(), batch).in(precision);
    }

    /// Whether the loss is lower at the end; fails if it is higher or anything is not finite.
    private static boolean falls(Subject subject) {
        Parameters theta = subject.parameters();
        try (Workspace ws = Workspace.serial()) {
            double first = loss(subject, ws);
            Run run = Optimizers.quadric().start(new Start(subject.model(), theta, List.of(subject.batch()), 5, ws));
            for (int k = 0; k < STEPS; k++) {
                run.step(new StepData(subject.batch()));
            }
            double last = loss(subject, ws);
            assertTrue(theta.values().isFinite(), subject.name());
            assertTrue(last <= first || !Double.isFinite(first), subject.name() + ": " + first + " → " + last);
            return last < first;
        }
    }

    private static double loss(Subject subject, Workspace ws) {
        try (var at = Linearization.at(subject.model(), subject.parameters(), subject.batch(), ws)) {
            return at.loss();
        }
    }
}
