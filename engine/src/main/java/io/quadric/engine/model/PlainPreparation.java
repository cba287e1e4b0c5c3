package io.quadric.engine.model;

import io.quadric.engine.data.Task;
import io.quadric.engine.prepare.AffineMap;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.FeatureEncoder;
import io.quadric.engine.prepare.FeatureEncoding;
import io.quadric.engine.prepare.NumberEncoder;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.TargetEncoding;
import io.quadric.engine.table.ColumnType;
import io.quadric.nn.Model;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A preparation that changes nothing, for data that are matrices already: columns x1, x2, … and classes 0, 1, …, or
/// targets y1, y2, ….
final class PlainPreparation {
    private PlainPreparation() {}

    static Preparation of(Model model, Task task) {
        List<FeatureEncoder> encoders = names("x", model.network().input().size())
                .map(name -> (FeatureEncoder) new NumberEncoder(name, AffineMap.IDENTITY, Double.NaN, false))
                .toList();
        return new Preparation(new FeatureEncoding(encoders), target(model, task), Optional.empty());
    }

    private static Stream<String> names(String stem, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(j -> stem + j);
    }

    private static TargetEncoding target(Model model, Task task) {
        if (task instanceof Task.Classification classes && classes.classes() > 1) {
            List<String> names = IntStream.range(0, classes.classes()).mapToObj(Integer::toString).toList();
            return new ClassTarget("class", ColumnType.NUMERIC, names);
        }
        int targets = model.targets().size();
        return new NumberTarget(names("y", targets).toList(), Collections.nCopies(targets, AffineMap.IDENTITY));
    }
}
