package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.linalg.Precision;
import io.quadric.nn.registry.Argument;

/// The first cases of other data, in their order, for runs that have not the time to pass over all of them.
///
/// By name: `first:` with `digits` or a folder, and after commas `cases=` and `test=`, 1,000 each unless given.
///
/// @param whole the data
/// @param cases most cases to train on
/// @param test most cases to test with
public record Excerpt(
        DataSource whole, @Argument(otherwise = "1000") int cases, @Argument(otherwise = "1000") int test)
        implements DataSource {
    /// Checks the numbers.
    ///
    /// @throws InputException if a number of cases is below 1
    public Excerpt {
        if (cases < 1 || test < 1) {
            throw new InputException(
                    "first: " + cases + " cases and " + test + " test cases, expected at least 1 of each");
        }
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        Dataset all = whole.load(task, precision);
        return new Dataset(
                name(),
                all.task(),
                all.shape(),
                first(all.train(), cases),
                all.test().map(part -> first(part, test)),
                all.criterion(),
                all.preparation());
    }

    private static Cases first(Cases all, int cases) {
        return all.first(Math.min(cases, all.cases()));
    }
}
