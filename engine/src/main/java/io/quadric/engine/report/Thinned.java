package io.quadric.engine.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A list that stays short: whenever it is full, every other element goes, and from then on only every second one of
/// those that would have been kept is.
final class Thinned<T> {
    private final int most;
    private final List<T> kept = new ArrayList<>();
    private long stride = 1;
    private long offered;

    Thinned(int most) {
        this.most = most;
    }

    void offer(T element) {
        if (offered++ % stride != 0) {
            return;
        }
        if (kept.size() == most) {
            for (int i = 0; i < (most + 1) / 2; i++) {
                kept.set(i, kept.get(2 * i));
            }
            kept.subList((most + 1) / 2, most).clear();
            stride *= 2;
            if ((offered - 1) % stride != 0) {
                return;
            }
        }
        kept.add(element);
    }

    List<T> elements() {
        return Collections.unmodifiableList(kept);
    }
}
