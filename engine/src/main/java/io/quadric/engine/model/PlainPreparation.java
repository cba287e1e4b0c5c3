package io.quadric.engine.model;

import io.quadric.engine.data.Task;
import io.quadric.engine.prepare.AffineMap;
import io.quadric.engine.prepare.PlainPreparations;
import io.quadric.engine.prepare.Preparation;
import io.quadric.nn.Model;
import java.util.Collections;

/// A preparation that changes nothing, for data that are matrices already.
final class PlainPreparation {
    private PlainPreparation() {}

    static Preparation of(Model model, Task task) {
        return PlainPreparations.of(
                Collections.nCopies(model.network().input().size(), AffineMap.IDENTITY),
                task instanceof Task.Classification classes && classes.classes() > 1
                        ? PlainPreparations.classes(classes.classes())
                        : PlainPreparations.numbers(model.targets().size()));
    }
}
