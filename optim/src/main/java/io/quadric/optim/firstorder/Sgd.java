package io.quadric.optim.firstorder;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Archive;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.DirectStep;
import io.quadric.optim.step.Direction;
import java.util.OptionalLong;

/// Gradient descent with momentum: m ← μm + g; p = m for the heavy ball (Polyak 1964), or p = g + μm for Nesterov's
/// momentum, where the stored parameters are the look-ahead point (Sutskever et al. 2013, rewritten for that point).
///
/// @param step the step rule
/// @param momentum μ, 0 for plain gradient descent
/// @param nesterov whether the momentum is Nesterov's
public record Sgd(
        DirectStep step,
        @Tunable("momentum μ") double momentum,
        @Tunable("whether the momentum is Nesterov's") boolean nesterov)
        implements Optimizer {
    /// Checks the value.
    ///
    /// @throws IllegalArgumentException if μ is not in [0, 1)
    public Sgd {
        Require.fraction("momentum", momentum);
    }

    /// The velocity.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(layout.size());
    }

    @Override
    public Run start(Start start) {
        Vector theta = start.parameters().values();
        return step.run("sgd", start, new Momentum(Vector.zeros(theta.precision(), theta.size()), start.ws()));
    }

    private final class Momentum implements Direction {
        private final Vector velocity;
        private final Workspace ws;

        Momentum(Vector velocity, Workspace ws) {
            this.velocity = velocity;
            this.ws = ws;
        }

        @Override
        public void direction(long k, Linearization at, Vector g, Vector p) {
            ws.ranges(g.size(), (range, from, to) -> {
                Vector v = velocity.slice(from, to).axpby(1, g.slice(from, to), momentum);
                Vector direction = p.slice(from, to).copyFrom(v);
                if (nesterov) {
                    direction.axpby(1, g.slice(from, to), momentum);
                }
            });
        }

        @Override
        public void serialize(Archive archive) {
            archive.array("velocity", velocity);
        }
    }
}
