package io.quadric.bench.pytorch;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.nn.Batch;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// A network of ours written in PyTorch's operations, with copies of its parameters: the peer of a gradient.
final class TorchNetwork {
    private final Iterator<ParameterSlice> slices;
    private final Vector values;
    private final List<Tensor> parameters = new ArrayList<>();
    private final UnaryOperator<Tensor> network;
    private final boolean classes;

    /// @throws IllegalArgumentException if a layer or the loss has no translation
    TorchNetwork(Model model, Parameters parameters) {
        this.slices = parameters.layout().slices().iterator();
        this.values = parameters.values();
        this.network = chain(model.network().layers(), model.network().input());
        this.classes = switch (model.loss()) {
            case SoftmaxCrossEntropy softmax -> true;
            case SigmoidCrossEntropy sigmoid -> false;
            default -> throw new IllegalArgumentException("no PyTorch for the loss " + model.loss());
        };
    }

    /// {@return inputs and targets of a batch as tensors} that live until their scope is closed.
    ///
    /// @param x as many rows as there are cases
    /// @param y of targets, classes as indices
    record Cases(Tensor x, Tensor y) {}

    /// {@return a copy of a batch}
    Cases copy(Batch batch) {
        Tensor x = tensor(batch.inputs().flat(), batch.inputs().rows(), batch.inputs().columns());
        if (!classes) {
            return new Cases(x, x);
        }
        Matrix t = batch.targets();
        long[] index = new long[t.rows()];
        for (int i = 0; i < index.length; i++) {
            for (int j = 0; j < t.columns(); j++) {
                index[i] = t.get(i, j) == 1 ? j : index[i];
            }
        }
        LongPointer pointer = new LongPointer(index);
        return new Cases(x, torch.from_blob(pointer, new long[]{index.length}, torch.dtype(torch.ScalarType.Long))
                .clone());
    }

    /// {@return the loss, whose gradient [#gradient()] then has}
    ///
    /// @param cases of [#copy(Batch)]
    double lossAndGradient(Cases cases) {
        try (var _ = new PointerScope()) {
            for (Tensor parameter : parameters) {
                Tensor gradient = parameter.mutable_grad();
                if (gradient.defined()) {
                    gradient.zero_();
                }
            }
            Tensor loss = loss(cases);
            loss.backward();
            return loss.item_double();
        }
    }

    /// {@return the loss as a tensor}, a mean over the cases.
    Tensor loss(Cases cases) {
        Tensor z = network.apply(cases.x());
        return classes
                ? torch.cross_entropy_loss(z, cases.y())
                : torch.binary_cross_entropy_with_logits(z, cases.y()).mul(new Scalar((double) z.size(1)));
    }

    /// {@return the parameters, in our order}
    TensorVector parameters() {
        TensorVector all = new TensorVector();
        parameters.forEach(all::push_back);
        return all;
    }

    /// {@return the gradient in the order of our parameters}
    Vector gradient() {
        Vector all = Vector.zeros(Precision.FLOAT32, values.size());
        int at = 0;
        try (var _ = new PointerScope()) {
            for (Tensor parameter : parameters) {
                float[] part = new float[(int) parameter.numel()];
                new FloatPointer(parameter.grad().contiguous().data_ptr_float()).get(part);
                all.slice(at, at + part.length).copyFrom(Vector.of(part));
                at += part.length;
            }
        }
        return all;
    }

    private static Tensor tensor(Vector x, long... shape) {
        FloatPointer pointer = new FloatPointer(x.toFloatArray());
        return torch.from_blob((Pointer) pointer, shape, torch.dtype(torch.ScalarType.Float)).clone();
    }

    private Tensor parameter() {
        ParameterSlice slice = slices.next();
        long[] shape = slice.spec().dimensions().stream().mapToLong(Integer::longValue).toArray();
        Tensor parameter = tensor(slice.of(values), shape).set_requires_grad(true);
        parameters.add(parameter);
        return parameter;
    }

    private TensorOptional parameter(boolean there) {
        return there ? new TensorOptional(parameter()) : new TensorOptional();
    }

    private UnaryOperator<Tensor> chain(List<Layer> layers, Shape input) {
        List<UnaryOperator<Tensor>> operations = new ArrayList<>();
        Shape shape = input;
        for (Layer layer : layers) {
            operations.add(operation(layer, shape));
            shape = layer.output(shape);
        }
        return x -> {
            Tensor y = x;
            for (UnaryOperator<Tensor> operation : operations) {
                y = operation.apply(y);
            }
            return y;
        };
    }

    private UnaryOperator<Tensor> operation(Layer layer, Shape input) {
        return switch (layer) {
            case DenseLayer dense -> {
                Tensor weight = parameter();
                TensorOptional bias = parameter(dense.bias());
                yield x -> torch.linear(x, weight, bias);
            }
            case Activation(ElementaryFunction function) -> function(function);
            case ConvolutionLayer convolution -> convolution(convolution, (Shape.Image) input);
            case BatchNormalizationLayer(double epsilon) -> {
                TensorOptional scale = parameter(true);
                TensorOptional shift = parameter(true);
                TensorOptional none = new TensorOptional();
                yield x -> torch.batch_norm(x, scale, shift, none, none, true, 0, epsilon, false);
            }
            case ResidualLayer(List<Layer> body, List<Layer> shortcut) -> {
                UnaryOperator<Tensor> main = chain(body, input);
                UnaryOperator<Tensor> beside = chain(shortcut, input);
                yield x -> main.apply(x).add(beside.apply(x));
            }
            case AveragePoolingLayer(Window w) -> x -> torch.avg_pool2d(x, new long[]{w.height(), w.width()},
                    new long[]{w.strideDown(), w.strideAcross()}, new long[]{w.padDown(), w.padAcross()}, false, true,
                    new LongOptional());
            case PadChannelsLayer(int channels) -> {
                long more = channels - ((Shape.Image) input).channels();
                yield x -> torch.constant_pad_nd(x, 0, 0, 0, 0, 0, more);
            }
            case GlobalAveragePoolingLayer() -> x -> x.mean(2, 3);
            case LstmLayer lstm -> lstm(lstm, (Shape.Sequence) input);
            default -> throw new IllegalArgumentException("no PyTorch for the layer " + layer);
        };
    }

    private static UnaryOperator<Tensor> function(ElementaryFunction function) {
        return switch (function) {
            case RELU -> Tensor::relu;
            case TANH -> Tensor::tanh;
            case LOGISTIC -> Tensor::sigmoid;
            default -> throw new IllegalArgumentException("no PyTorch for the function " + function);
        };
    }

    private UnaryOperator<Tensor> convolution(ConvolutionLayer layer, Shape.Image input) {
        Tensor weight = parameter();
        TensorOptional bias = parameter(layer.bias());
        Window w = layer.window();
        long[] stride = {w.strideDown(), w.strideAcross()};
        long[] padding = {w.padDown(), w.padAcross()};
        long[] image = {-1, input.channels(), input.height(), input.width()};
        return x -> torch.conv2d(x.view(image), weight, bias, stride, padding, new long[]{1, 1}, 1);
    }

    /// PyTorch adds a second bias, which is zero here and no parameter.
    private UnaryOperator<Tensor> lstm(LstmLayer layer, Shape.Sequence input) {
        if (layer.peepholes()) {
            throw new IllegalArgumentException("PyTorch's LSTM has no peepholes");
        }
        TensorVector weights = new TensorVector(parameter(), parameter(), parameter());
        weights.push_back(torch.zeros(4L * layer.units()));
        boolean last = layer.output() == SequenceOutput.LAST;
        return x -> {
            Tensor start = torch.zeros(1, x.size(0), layer.units());
            Tensor all = torch.lstm(x.view(-1, input.length(), input.features()), new TensorVector(start, start),
                    weights, true, 1, 0, true, false, true).get0();
            return last ? all.select(1, input.length() - 1L) : all;
        };
    }
}
