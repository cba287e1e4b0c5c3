package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.ModelOption;
import io.quadric.engine.cli.option.ReadFiles;
import io.quadric.engine.cli.output.FileReport;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.model.ParameterFiles;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.onnx.OnnxFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric export`.
@Command(
        name = "export",
        description = "Writes a trained model for other tools: ONNX with its preparation, or its parameters by name as "
                + "safetensors or as an archive of NumPy.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 2 wrong usage or input."})
final class ExportCommand implements Callable<Integer> {
    private final Output output;

    @Mixin
    private ModelOption model = new ModelOption();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "The file.")
    private Path out = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "onnx, safetensors or npz (default: by the end of the file's name).")
    private Optional<String> format = Optional.empty();

    @Option(names = "--json", description = "Prints a JSON object at the end.")
    private boolean json;

    ExportCommand(Output output) {
        this.output = output;
    }

    private enum Format {
        ONNX(OnnxFile::write),
        SAFETENSORS(ParameterFiles::writeSafetensors),
        NPZ(ParameterFiles::writeNpz);

        private final BiConsumer<Path, TrainedModel> writer;

        Format(BiConsumer<Path, TrainedModel> writer) {
            this.writer = writer;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() {
        Format chosen = format();
        try (ClaimedFiles _ = new ReadFiles(List.of(model.file())).claim("--out", Optional.of(out))) {
            write(chosen, model.load());
        }
        FileReport.print(output.out(), json, chosen.label(), out);
        return 0;
    }

    private void write(Format chosen, TrainedModel trained) {
        try {
            chosen.writer.accept(out, trained);
        } catch (InputException e) {
            throw e.at("--model " + model.file());
        }
    }

    private Format format() {
        String name = format.orElseGet(() -> {
            String file = out.toString().toLowerCase(Locale.ROOT);
            return file.substring(file.lastIndexOf('.') + 1);
        });
        return Arrays.stream(Format.values())
                .filter(known -> known.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException((format.isPresent() ? "--format " + name : "--out " + out)
                        + ": no known format, expected " + Arrays.stream(Format.values())
                                .map(Format::label)
                                .collect(Collectors.joining(", "))
                        + (format.isPresent() ? "" : " as the end of the name, or --format")));
    }
}
