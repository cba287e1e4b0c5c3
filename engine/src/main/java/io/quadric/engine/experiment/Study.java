package io.quadric.engine.experiment;

import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.nn.registry.Named;
import java.util.List;

/// What `quadric experiment` can repeat: a comparison of runs, or a measurement.
public sealed interface Study extends Named permits Experiment, Measurement {
    /// {@return what is compared, in a sentence}
    String summary();

    /// {@return the data that has to be given}
    Needs needs();

    /// {@return the methods with their settings}
    ///
    /// @param scale published or small
    List<Entry> runs(Scale scale);

    /// The data that has to be given.
    enum Needs {
        /// A folder in the format of MNIST.
        MNIST("MNIST", "a folder in the format of MNIST"),
        /// A folder in the binary format of CIFAR-10.
        CIFAR_10("CIFAR-10", "a folder in the binary format of CIFAR-10"),
        /// A folder in the binary format of CIFAR-100.
        CIFAR_100("CIFAR-100", "a folder in the binary format of CIFAR-100"),
        /// The file webspam of LIBSVM's collection, unigrams.
        WEBSPAM("webspam", "the file of the 254 unigrams of webspam in the format of LIBSVM"),
        /// A folder with Olivetti's faces.
        OLIVETTI("Olivetti", "a folder with Olivetti's faces"),
        /// None: it is made up.
        NOTHING("made up", "nothing");

        private final String label;
        private final String expected;

        Needs(String label, String expected) {
            this.label = label;
            this.expected = expected;
        }

        /// {@return its name in a list}
        public String label() {
            return label;
        }

        /// {@return what has to be given, for messages}
        public String expected() {
            return expected;
        }
    }
}
