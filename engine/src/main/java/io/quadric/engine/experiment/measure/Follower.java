package io.quadric.engine.experiment.measure;

import io.quadric.linalg.Vector;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;

/// A method that takes its steps from the points of another trajectory. Its memory stays from point to point.
final class Follower {
    private final Vector theta;
    private final Start own;
    private final Run run;

    /// @param optimizer the method
    /// @param at model and parameters of the trajectory; the batches of the warm-up
    Follower(Optimizer optimizer, Start at) {
        theta = at.parameters().values();
        own = new Start(
                at.model(), at.parameters().copy(theta.precision()), at.warmUp(), at.seed(), at.ws());
        run = optimizer.start(own);
    }

    /// The step that the method takes from where the trajectory is. A step that fails is 0.
    Vector direction(StepData batch) {
        own.parameters().update(values -> values.copyFrom(theta));
        run.step(batch);
        Vector direction = own.parameters().values().copy();
        direction.axpy(-1, theta);
        return direction;
    }
}
