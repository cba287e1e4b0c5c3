package io.quadric.optim.step;

import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import java.util.Map;
import java.util.Optional;

/// Steps straight along a direction: every step is taken whose result is finite.
///
/// @param rule how far along the direction
/// @param start the parameters
/// @param direction the method
record Descent(DirectStep rule, Start start, Direction direction) implements Proposer {
    @Override
    public void prepare() {
        direction.prepare();
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Move(trial);
    }

    private final class Move implements Proposal {
        private final TrialStep trial;
        private double gradientScale = 1;

        Move(TrialStep trial) {
            this.trial = trial;
        }

        @Override
        public Objective.Observer observer(Objective at) {
            return direction.observer(trial.number());
        }

        @Override
        public CaseSet batch(StepData data) {
            return data.gradient();
        }

        @Override
        public Optional<String> solve(Objective at) {
            gradientScale = rule.clip(trial.gradient());
            direction.direction(trial.number(), at, trial.gradient(), trial.delta());
            return Optional.empty();
        }

        @Override
        public StepOutcome judge() {
            long k = trial.number();
            rule.advance(start.parameters().values(), trial.delta(), k, start.ws());
            StepOutcome outcome = trial.replace(
                    rule.rate(k), "the direction is not finite; lower the learning rate or raise the damping");
            if (outcome instanceof StepOutcome.Moved) {
                direction.moved(k, trial.data().gradient());
            }
            return outcome;
        }

        @Override
        public void figures(Map<String, Double> figures) {
            figures.put("stepSize", trial.stepSize());
            if (rule.gradientClip() > 0) {
                figures.put("gradientScale", gradientScale);
            }
            direction.figures(figures);
        }
    }

    @Override
    public void serialize(Archive archive) {
        direction.serialize(archive);
    }
}
