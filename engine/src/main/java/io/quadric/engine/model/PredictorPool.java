package io.quadric.engine.model;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/// Predictors that threads borrow and give back, without locks. A thread tries the place of its own number first; where
/// it finds none it makes a new one, which is kept if there is room.
final class PredictorPool {
    private static final int PLACES = 64;

    private final AtomicReferenceArray<Predictor> places = new AtomicReferenceArray<>(PLACES);
    private final Supplier<Predictor> maker;

    PredictorPool(Supplier<Predictor> maker) {
        this.maker = maker;
    }

    Predictor take() {
        int first = first();
        for (int i = 0; i < PLACES; i++) {
            int place = (first + i) % PLACES;
            Predictor free = places.get(place) == null ? null : places.getAndSet(place, null);
            if (free != null) {
                return free;
            }
        }
        return maker.get();
    }

    void give(Predictor predictor) {
        int first = first();
        for (int i = 0; i < PLACES; i++) {
            if (places.compareAndSet((first + i) % PLACES, null, predictor)) {
                return;
            }
        }
    }

    private static int first() {
        return (int) (Thread.currentThread().threadId() % PLACES);
    }
}
