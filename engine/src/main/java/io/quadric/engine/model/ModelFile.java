package io.quadric.engine.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.Words;
import io.quadric.engine.array.NdArray;
import io.quadric.engine.array.Safetensors;
import io.quadric.engine.array.SafetensorsFile;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.file.Input;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.json.LossJson;
import io.quadric.engine.json.NetworkJson;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.prepare.PreparationJson;
import io.quadric.linalg.Precision;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Trained models in files.
///
/// A model is a safetensors file. Its tensors are the parameters by their names, of the type F32 or F64, and the means
/// and variances of normalising layers, F64. Its metadata has `format` ("quadric"); `quadric`, a JSON document with
/// `version`, `precision`, `network`, `loss`, `l2`, `preparation` and `provenance`; and `sha256`, the checksum of that
/// document and of all tensors: of each, sorted by name, the name, the type, the shape and the bytes.
///
/// The version rises whenever an older library would misunderstand a file. A library reads all versions up to its own.
public final class ModelFile {
    static final int VERSION = 1;
    private static final String FORMAT = "quadric";
    private static final String CHECKSUM = "sha256";

    private ModelFile() {}

    /// Writes a model, completely or not at all.
    ///
    /// @param file the path
    /// @param model the model
    /// @throws InputException if a layer or the loss has no name in the registries
    public static void write(Path file, TrainedModel model) {
        Safetensors contents = contents(model);
        OutputFile.write(file, out -> SafetensorsFile.write(out, contents));
    }

    private static Safetensors contents(TrainedModel trained) {
        Map<String, NdArray> tensors = new LinkedHashMap<>(ParameterTensors.write(trained.parameters()));
        tensors.putAll(StatisticsTensors.write(trained.model().network(), trained.statistics().values()));
        String document = document(trained).toString();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", FORMAT);
        metadata.put(FORMAT, document);
        metadata.put(CHECKSUM, checksum(document, new Safetensors(Map.of(), tensors).tensors()));
        return new Safetensors(metadata, tensors);
    }

    private static ObjectNode document(TrainedModel trained) {
        Model model = trained.model();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("version", VERSION);
        node.put("precision", Words.of(trained.parameters().values().precision()));
        node.set("network", NetworkJson.write(model.network()));
        node.put("loss", LossJson.write(model.loss()));
        node.put("l2", model.l2());
        node.set("preparation", PreparationJson.write(trained.preparation()));
        node.set("provenance", ProvenanceJson.write(trained.provenance()));
        return node;
    }

    /// @param tensors sorted by name
    private static String checksum(String document, Map<String, NdArray> tensors) {
        Digest digest = new Digest();
        digest.add(document);
        tensors.forEach((name, tensor) -> {
            digest.add(name);
            digest.add(tensor.type().label());
            digest.add(Arrays.toString(tensor.shape()));
            digest.add(tensor.bytes());
        });
        return digest.hex();
    }

    /// {@return whether a file begins as a safetensors file does}
    ///
    /// @param file the path
    public static boolean isOne(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(Long.BYTES + 1);
            return start.length > Long.BYTES && start[Long.BYTES] == '{';
        } catch (IOException e) {
            return false;
        }
    }

    /// {@return the model in a file}
    ///
    /// @param file the path
    /// @throws InputException if it cannot be read, is no model or damaged, or of a later version
    public static TrainedModel read(Path file) {
        Safetensors contents = SafetensorsFile.read(Input.of(file));
        try {
            return read(contents);
        } catch (InputException e) {
            throw e.at(file.toString());
        }
    }

    private static TrainedModel read(Safetensors contents) {
        String document = contents.metadata().get(FORMAT);
        if (document == null || !FORMAT.equals(contents.metadata().get("format"))) {
            throw new InputException("tensors without the description of a network, expected a model that was saved "
                    + "by this library; 'import' takes parameters from other files");
        }
        JsonPart part = JsonPart.parse(document);
        int version = part.member("version").size();
        if (version > VERSION) {
            throw new InputException("a model of version " + version + ", expected at most " + VERSION
                    + ": it was written by a later version of the library");
        }
        if (!checksum(document, contents.tensors()).equals(contents.metadata().get(CHECKSUM))) {
            throw new InputException("damaged: the checksum is another than when it was written");
        }
        return read(part, contents.tensors());
    }

    private static TrainedModel read(JsonPart part, Map<String, NdArray> tensors) {
        part.object("version", "precision", "network", "loss", "l2", "preparation", "provenance");
        Network network = NetworkJson.read(part.member("network"));
        Precision precision = InputException.unlessRefused(
                () -> Words.constant(Precision.class, part.member("precision").text()));
        Preparation preparation = PreparationJson.read(part.member("preparation"));
        Map<String, NdArray> own = new HashMap<>(tensors);
        own.keySet().removeAll(StatisticsTensors.names(network));
        Parameters parameters = ParameterTensors.read(network.layout(), own, precision);
        NormalizationStatistics statistics = NormalizationStatistics.of(StatisticsTensors.read(network, tensors));
        return InputException.unlessRefused(() -> new TrainedModel(
                new Model(network, LossJson.read(part.member("loss").text()), part.member("l2").number()),
                preparation,
                parameters,
                statistics,
                ProvenanceJson.read(part.member("provenance"))));
    }
}
