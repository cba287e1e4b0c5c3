package io.quadric.engine.model;

import io.quadric.engine.InputException;
import io.quadric.engine.array.NdArray;
import io.quadric.engine.array.NpzFile;
import io.quadric.engine.array.Safetensors;
import io.quadric.engine.array.SafetensorsFile;
import io.quadric.engine.file.Input;
import io.quadric.engine.file.OutputFile;
import io.quadric.linalg.Precision;
import io.quadric.nn.Initializer;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parameters in files of their own: safetensors, which trained models are too, or NumPy's archives `.npz`.
public final class ParameterFiles {
    private ParameterFiles() {}

    private static Map<String, NdArray> tensors(Path file) {
        return isArchive(file) ? NpzFile.read(file) : SafetensorsFile.read(Input.of(file)).tensors();
    }

    private static boolean isArchive(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 'P' && in.read() == 'K';
        } catch (IOException e) {
            return false;
        }
    }

    /// {@return the parameters in a file}
    ///
    /// @param file the path
    /// @param network whose parameters they are; statistics of its normalising layers may be there too
    /// @param precision of the parameters
    /// @throws InputException if it cannot be read, or names or shapes are not the network's; the message lists them
    public static Parameters parameters(Path file, Network network, Precision precision) {
        Map<String, NdArray> own = new HashMap<>(tensors(file));
        own.keySet().removeAll(StatisticsTensors.names(network));
        try {
            return ParameterTensors.read(network.layout(), own, precision);
        } catch (InputException e) {
            throw e.at(file.toString());
        }
    }

    /// {@return initial parameters read from a file}
    ///
    /// @param parameters of the network that is initialised
    public static Initializer initializer(Parameters parameters) {
        return (spec, values, random) -> values.copyFrom(
                parameters.layout().slice(spec.name()).matrixOf(parameters.values()));
    }

    /// {@return the statistics of normalising layers in a file}; the batch's own for networks without such layers.
    ///
    /// @param file the path
    /// @param network whose statistics they are
    /// @throws InputException if it cannot be read, or statistics are missing
    public static NormalizationStatistics statistics(Path file, Network network) {
        List<String> names = StatisticsTensors.names(network);
        if (names.isEmpty()) {
            return NormalizationStatistics.OF_BATCH;
        }
        try {
            return NormalizationStatistics.of(StatisticsTensors.read(network, tensors(file)));
        } catch (InputException e) {
            throw e.at(file.toString());
        }
    }

    private static Map<String, NdArray> tensors(TrainedModel model) {
        Map<String, NdArray> tensors = new LinkedHashMap<>(ParameterTensors.write(model.parameters()));
        tensors.putAll(StatisticsTensors.write(model.model().network(), model.statistics().values()));
        return tensors;
    }

    /// Writes parameters and statistics as safetensors.
    ///
    /// @param file the path
    /// @param model whose they are
    public static void writeSafetensors(Path file, TrainedModel model) {
        Safetensors contents = new Safetensors(Map.of(), tensors(model));
        OutputFile.write(file, out -> SafetensorsFile.write(out, contents));
    }

    /// Writes parameters and statistics as an archive of NumPy.
    ///
    /// @param file the path
    /// @param model whose they are
    public static void writeNpz(Path file, TrainedModel model) {
        Map<String, NdArray> tensors = tensors(model);
        OutputFile.write(file, out -> NpzFile.write(out, tensors));
    }
}
