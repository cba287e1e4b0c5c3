package io.quadric.engine.experiment;

import io.quadric.engine.ArgumentText;
import io.quadric.engine.report.CurveFiles.Axis;
import java.util.List;
import java.util.function.Function;

/// A published experiment: runs that are compared.
///
/// @param name by which it is asked for
/// @param summary what is compared, in a sentence
/// @param source where the settings come from, and what of them is ours
/// @param needs the data that has to be given
/// @param budget how far the runs come if nothing else is said
/// @param axis of its pictures, beside seconds
/// @param entries the runs at a scale, with different labels
public record Experiment(
        String name,
        String summary,
        String source,
        Needs needs,
        Budget budget,
        Axis axis,
        Function<Scale, List<Entry>> entries)
        implements Study {
    /// {@return the test error below which its runs end, 0 for none}
    public double goal() {
        return budget.reduced().goal();
    }

    @Override
    public List<Entry> runs(Scale scale) {
        return entries.apply(scale);
    }

    /// How large.
    ///
    /// @param size published or small
    /// @param data the name of the data that is given; made-up data has names of its own
    public record Scale(Size size, String data) {
        /// {@return made-up curves}, all of them or few
        public String curves() {
            return of("curves", "curves,cases=500,test=100");
        }

        /// {@return the images of the given data, changed}
        ///
        /// @param arguments how, such as `crop=4,flip=horizontal`
        public String pictures(String arguments) {
            return "pictures:" + ArgumentText.escaped(data) + "," + arguments;
        }

        /// {@return one of two}
        ///
        /// @param <T> of what
        /// @param published the first
        /// @param small the other
        public <T> T of(T published, T small) {
            return size == Size.PUBLISHED ? published : small;
        }
    }

    /// Sizes.
    public enum Size {
        /// The data and the model of the publication.
        PUBLISHED,
        /// The embedded digits or little made-up data, and a model of some hundred parameters, for a try.
        SMALL
    }
}
