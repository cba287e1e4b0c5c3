package io.quadric.optim.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.linalg.Precision;
import io.quadric.nn.Model;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import org.junit.jupiter.api.Test;

class PenaltyCutoffTest {
    private static Run start(Problem problem, Optimizer optimizer, double l2) {
        Model model = new Model(problem.model.network(), problem.model.loss(), l2);
        return optimizer.start(new Start(model, problem.parameters, List.of(problem.batch), 7, problem.ws));
    }

    /// Three steps with the penalty, then a run without from the state of the third, are the same as one run that
    /// ends it.
    @Test
    void afterItsLastStepTheModelHasNoPenalty() {
        for (Optimizer method : List.of(Optimizers.hessianFree(), Optimizers.kfacAveraged())) {
            try (Problem one = Problem.curved(Precision.FLOAT64, 1);
                    Problem two = Problem.curved(Precision.FLOAT64, 1)) {
                Run ending = start(one, new PenaltyCutoff(method, 3), 0.1);
                Run with = start(two, method, 0.1);
                for (int k = 0; k < 3; k++) {
                    assertEquals(two.step(with), one.step(ending));
                }
                Run without = start(two, method, 0);
                without.restore(with.state());
                for (int k = 0; k < 3; k++) {
                    assertEquals(two.step(without), one.step(ending));
                }
            }
        }
    }

    @Test
    void resumesOnEitherSideOfTheEnd() {
        Optimizer optimizer = new PenaltyCutoff(Optimizers.hessianFree(), 2);
        for (int before = 1; before <= 3; before++) {
            try (Problem straight = Problem.curved(Precision.FLOAT64, 1);
                    Problem resumed = Problem.curved(Precision.FLOAT64, 1)) {
                Run first = start(straight, optimizer, 0.1);
                for (int k = 0; k < before; k++) {
                    straight.step(first);
                }
                Run second = start(resumed, optimizer, 0.1);
                second.restore(first.state());
                resumed.parameters.update(theta -> theta.copyFrom(straight.parameters.values()));
                for (int k = 0; k < 3; k++) {
                    assertEquals(straight.step(first), resumed.step(second));
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> new PenaltyCutoff(optimizer, -1));
    }
}
