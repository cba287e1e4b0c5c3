package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Augmentation;
import io.quadric.engine.cases.Augmentation.Flips;
import io.quadric.engine.cases.AugmentedCases;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.cases.ChannelScale;
import io.quadric.engine.prepare.AffineMap;
import io.quadric.engine.prepare.FeatureEncoder;
import io.quadric.engine.prepare.NumberEncoder;
import io.quadric.engine.prepare.PlainPreparations;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.TargetEncoding;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Argument;
import java.util.List;
import java.util.Optional;

/// Images of other data, with channels that are scaled and training cases that are changed at random. By name:
/// `pictures:` with the other data, and after commas `crop=4`, `flip=horizontal` and `channels=standardised`.
///
/// Channels are scaled by the mean and the deviation of all pixels of the training cases; models keep the scale and
/// predict images as they are. Then the batches of steps are augmented, as [Augmentation] says; padding is 0, which is
/// the mean of a standardised channel.
///
/// @param whole the images
/// @param crop pixels of padding on each side before an image is cut out of it; 0 for none
/// @param flip whether images are mirrored
/// @param channels whether they are scaled
public record ImageInputs(
        DataSource whole,
        @Argument(otherwise = "0") int crop,
        @Argument(otherwise = "none") Flips flip,
        @Argument(otherwise = "as-they-are") Channels channels)
        implements DataSource {
    /// Whether channels are scaled.
    public enum Channels {
        /// They are not.
        AS_THEY_ARE,
        /// To the mean 0 and the deviation 1 over the training cases.
        STANDARDISED
    }

    @Override
    public DataSource opened() {
        return new ImageInputs(whole.opened(), crop, flip, channels);
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        Dataset data = whole.load(task, precision);
        if (!(data.shape() instanceof Shape.Image image)) {
            throw new InputException(whole.description() + ": cases of " + data.shape() + ", expected images");
        }
        Dataset scaled = channels == Channels.STANDARDISED ? standardised(data, image) : data;
        Dataset named = new Dataset(name(), scaled.task(), scaled.shape(), scaled.train(), scaled.test(), scaled
                .criterion(), scaled.preparation());
        if (crop == 0 && flip == Flips.NONE) {
            return named;
        }
        return InputException.unlessRefused(() -> named.with(
                new AugmentedCases(named.train(), new Augmentation(image, crop, flip)), named.test()));
    }

    private static Dataset standardised(Dataset data, Shape.Image image) {
        data.preparation().ifPresent(known -> requirePlain(data, known));
        ChannelScale scale = ChannelScale.standardising(data.train(), image);
        Optional<Cases> test = data.test().map(cases -> cases.mapped(scale));
        List<AffineMap> pixels = scale.pixels();
        TargetEncoding target = data.preparation().map(Preparation::target).orElseGet(() -> target(data, pixels));
        return new Dataset(data.name(), data.task(), image, data.train().mapped(scale), test, data.criterion(),
                Optional.of(PlainPreparations.of(pixels, target)));
    }

    private static TargetEncoding target(Dataset data, List<AffineMap> pixels) {
        return switch (data.task()) {
            case Task.Classification labels when labels.classes() > 1 -> PlainPreparations.classes(labels.classes());
            case Task.Autoencoding inputs -> PlainPreparations.numbers(pixels);
            default -> PlainPreparations.numbers(data.train().form().targets());
        };
    }

    /// A table of images has pixels that are not scaled.
    private static void requirePlain(Dataset data, Preparation known) {
        int pixels = data.shape().size();
        List<FeatureEncoder> encoders = known.features().encoders();
        boolean plain = encoders.size() == pixels && encoders.stream().allMatch(
                encoder -> encoder instanceof NumberEncoder number && number.scale().equals(AffineMap.IDENTITY));
        if (!plain) {
            throw new InputException(data.name() + ": the inputs are scaled already, expected images as they are");
        }
    }
}
