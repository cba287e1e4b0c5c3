package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quadric.nn.Registries;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.SecondOrderPass;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.LossPoint;
import io.quadric.nn.loss.NamedLoss;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Faults are planted into every layer and loss that the nn module exports, and into every pass.
class CompletenessTest {
    private static final String PACKAGE = "io/quadric/nn/";

    @Test
    void faultsArePlantedIntoEveryLayer() throws IOException, URISyntaxException {
        assertPlanted(Layer.class, PlantedFaultsTest.allLayers());
    }

    @Test
    void faultsArePlantedIntoEveryLoss() throws IOException, URISyntaxException {
        assertPlanted(Loss.class, PlantedFaultsTest.losses());
    }

    /// All but the layer of three functions, which no file can describe.
    @Test
    void everyExportedLayerAndLossIsRegistered() throws IOException, URISyntaxException {
        Set<String> layers = exported(Layer.class);
        layers.removeAll(Registries.LAYERS.all().stream()
                .map(kind -> kind.type().type().getName()).collect(Collectors.toSet()));
        assertEquals(Set.of(ElementwiseLayer.class.getName()), layers);
        assertPlanted(Loss.class, Registries.LOSSES.all().stream().map(NamedLoss::loss));
    }

    private static void assertPlanted(Class<?> type, Stream<?> planted) throws IOException, URISyntaxException {
        Set<String> exported = exported(type);
        assertFalse(exported.isEmpty());
        exported.removeAll(planted.map(object -> object.getClass().getName()).collect(Collectors.toSet()));
        assertEquals(Set.of(), exported);
    }

    /// Names of the public classes of a type, wherever the module was built to.
    private static Set<String> exported(Class<?> type) throws IOException, URISyntaxException {
        URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
        Path path = Path.of(place);
        if (Files.isDirectory(path)) {
            return exported(type, path.resolve(PACKAGE));
        }
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
            return exported(type, jar.getPath("/", PACKAGE));
        }
    }

    private static Set<String> exported(Class<?> type, Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> PACKAGE + classes.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-info"))
                    .map(name -> load(name.substring(0, name.length() - 6).replace('/', '.')))
                    .filter(c -> type.isAssignableFrom(c) && !c.isInterface())
                    .map(Class::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Layer.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Hidden units are held to the Gauss-Newton matrix they must give by the tests of structural damping.
    @Test
    void faultsArePlantedIntoEveryPassOfALayer() {
        Set<String> passes = methods(LayerPass.class, SecondOrderPass.class, SecondOrderPass.RBackward.class);
        passes.add("open");
        passes.remove("hiddenUnits");
        assertEquals(passes, methods(Arrays.stream(FaultyLayer.Fault.values()).map(fault -> fault.method)));
    }

    @Test
    void faultsArePlantedIntoEveryPassOfALoss() {
        Set<String> passes = methods(LossPoint.class);
        passes.addAll(List.of("sample", "mean"));
        assertEquals(passes, methods(Arrays.stream(FaultyLoss.Fault.values()).map(fault -> fault.method)));
    }

    private static Set<String> methods(Class<?>... types) {
        return methods(Arrays.stream(types)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> !method.isSynthetic())
                .map(Method::getName));
    }

    private static Set<String> methods(Stream<String> names) {
        return names.collect(Collectors.toCollection(TreeSet::new));
    }
}
