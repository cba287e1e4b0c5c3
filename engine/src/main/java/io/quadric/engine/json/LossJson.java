package io.quadric.engine.json;

import io.quadric.engine.InputException;
import io.quadric.nn.loss.BinaryMixture;
import io.quadric.nn.loss.ConvexifiedLoss;
import io.quadric.nn.loss.ConvexifiedLoss.Remedy;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.util.List;

/// Losses by name: `squared-error`, `sigmoid-cross-entropy`, `softmax-cross-entropy`, `binary-mixture`, and the last
/// one with a [curvature made convex][ConvexifiedLoss]: `projected-binary-mixture`,
/// `shifted-binary-mixture`.
public final class LossJson {
    private static final List<Named> LOSSES = List.of(
            new Named("squared-error", new SquaredError()),
            new Named("sigmoid-cross-entropy", new SigmoidCrossEntropy()),
            new Named("softmax-cross-entropy", new SoftmaxCrossEntropy()),
            new Named("binary-mixture", new BinaryMixture()),
            new Named("projected-binary-mixture", new ConvexifiedLoss(new BinaryMixture(), Remedy.PROJECTION)),
            new Named("shifted-binary-mixture", new ConvexifiedLoss(new BinaryMixture(), Remedy.SHIFT)));

    private LossJson() {}

    private record Named(String name, Loss loss) {}

    /// {@return all names}
    public static List<String> names() {
        return LOSSES.stream().map(Named::name).toList();
    }

    /// {@return the loss of the given name}
    ///
    /// @param name the name
    /// @throws InputException if there is none
    public static Loss read(String name) {
        return LOSSES.stream()
                .filter(named -> named.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name))
                .loss();
    }

    private static InputException unknown(String name) {
        return new InputException("unknown loss '" + name + "', expected one of " + String.join(", ", names()));
    }

    /// {@return the name of a loss}
    ///
    /// @param loss one of those that have a name
    /// @throws InputException if it has none
    public static String write(Loss loss) {
        return LOSSES.stream()
                .filter(named -> named.loss().equals(loss))
                .findFirst()
                .orElseThrow(() -> new InputException("the loss " + loss + " has no name in JSON"))
                .name();
    }
}
