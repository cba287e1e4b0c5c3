package io.quadric.nn;

import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.loss.BinaryMixture;
import io.quadric.nn.loss.ConvexifiedLoss;
import io.quadric.nn.loss.ConvexifiedLoss.Remedy;
import io.quadric.nn.loss.NamedLoss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.registry.Registry;
import java.util.List;

/// What has a name in this module. A new layer, recurrent cell, loss or initializer is registered here by its line, or
/// in a jar of its own by an [io.quadric.nn.registry.Extension].
public final class Registries {
    /// Layers and recurrent cells.
    public static final Registry<LayerKind> LAYERS = new Registry<>("layer type", LayerKind.class, List.of(
            new LayerKind("dense", DenseLayer.class),
            new LayerKind("activation", Activation.class),
            new LayerKind("recurrent", RecurrentLayer.class),
            new LayerKind("lstm", LstmLayer.class),
            new LayerKind("gru", GruLayer.class),
            new LayerKind("residual", ResidualLayer.class),
            new LayerKind("conv2d", ConvolutionLayer.class),
            new LayerKind("max-pool2d", MaxPoolingLayer.class),
            new LayerKind("avg-pool2d", AveragePoolingLayer.class),
            new LayerKind("global-avg-pool2d", GlobalAveragePoolingLayer.class),
            new LayerKind("flatten", FlattenLayer.class),
            new LayerKind("pad-channels", PadChannelsLayer.class),
            new LayerKind("batch-norm", BatchNormalizationLayer.class)));

    /// Losses.
    public static final Registry<NamedLoss> LOSSES = new Registry<>("loss", NamedLoss.class, List.of(
            new NamedLoss("squared-error", new SquaredError()),
            new NamedLoss("sigmoid-cross-entropy", new SigmoidCrossEntropy()),
            new NamedLoss("softmax-cross-entropy", new SoftmaxCrossEntropy()),
            new NamedLoss("binary-mixture", new BinaryMixture()),
            new NamedLoss("projected-binary-mixture", new ConvexifiedLoss(new BinaryMixture(), Remedy.PROJECTION)),
            new NamedLoss("shifted-binary-mixture", new ConvexifiedLoss(new BinaryMixture(), Remedy.SHIFT))));

    /// Distributions of the first parameters.
    public static final Registry<InitializerKind> INITIALIZERS = new Registry<>(
            "initialization", InitializerKind.class, List.of(
                    new InitializerKind("glorot", Initializer.Glorot.class),
                    new InitializerKind("fan-in", Initializer.FanIn.class),
                    new InitializerKind("sparse", Initializer.Sparse.class),
                    new InitializerKind("orthogonal", Initializer.Orthogonal.class),
                    new InitializerKind("echo-state", Initializer.EchoState.class)));

    private Registries() {}
}
