package io.quadric.engine.train;

import java.util.Optional;

/// A request, from any thread, that a run end after the step at hand. What it has come to stays usable.
public final class Cancellation implements Stop {
    private volatile boolean requested;

    /// A request not yet made.
    public Cancellation() {
        requested = false;
    }

    /// Makes the request.
    public void request() {
        requested = true;
    }

    /// {@return whether it has been made}
    public boolean isRequested() {
        return requested;
    }

    @Override
    public Optional<String> reason(StepEvent event) {
        return requested ? Optional.of("cancelled") : Optional.empty();
    }
}
