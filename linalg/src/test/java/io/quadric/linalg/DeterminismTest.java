package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quadric.linalg.RegisteredOperations.Inputs;
import io.quadric.linalg.RegisteredOperations.Named;
import io.quadric.linalg.analysis.SpectralDensity;
import io.quadric.linalg.internal.simd.EmulatedWidth;
import io.quadric.linalg.operator.LinearOperator;
import io.quadric.linalg.solver.LinearSystem;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every public operation that takes a workspace gives the same bits for any number of threads.
@Tag("kernels")
@Execution(ExecutionMode.CONCURRENT)
class DeterminismTest {
    static List<Named> operations() {
        return RegisteredOperations.all();
    }

    /// Not with emulated vectors: that takes minutes, and the work is shared out in the same way.
    @ParameterizedTest
    @MethodSource("operations")
    void bitsDoNotDependOnTheNumberOfThreads(Named named) {
        assumeFalse(EmulatedWidth.isInUse());
        for (Precision precision : Precision.values()) {
            Inputs in = Inputs.of(precision);
            double[] expected = named.operation().run(in, Workspace.serial());
            for (int threads = 2; threads <= 4; threads++) {
                try (Workspace ws = Workspace.withThreads(threads)) {
                    assertArrayEquals(expected, named.operation().run(in, ws), threads + " threads");
                }
            }
        }
    }

    @Test
    void everyOperationWithAWorkspaceIsRegistered() throws IOException, URISyntaxException {
        Set<String> registered = new TreeSet<>();
        operations().forEach(o -> registered.add(o.name().split(":")[0]));
        Set<String> existing = new TreeSet<>();
        for (Class<?> anchor : List.of(Gemm.class, LinearOperator.class, LinearSystem.class, SpectralDensity.class)) {
            for (Class<?> type : publicTypes(anchor)) {
                operationsOf(type).forEach(m -> existing.add(name(type, m)));
            }
        }
        assertEquals(existing, registered);
    }

    /// The public types of the package of `anchor`, by their class files.
    static List<Class<?>> publicTypes(Class<?> anchor) throws IOException, URISyntaxException {
        Path classes = Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve(anchor.getPackageName().replace('.', '/')))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.endsWith("-info")) {
                    types.add(load(anchor.getPackageName() + "." + name));
                }
            }
        }
        return types.stream().filter(t -> Modifier.isPublic(t.getModifiers())).toList();
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Method> operationsOf(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && !Modifier.isAbstract(m.getModifiers()))
                .filter(m -> !m.isSynthetic() && List.of(m.getParameterTypes()).contains(Workspace.class))
                .toList();
    }

    private static String name(Class<?> type, Method method) {
        String name = type.getSimpleName() + "." + method.getName();
        if (operationsOf(type).stream().filter(m -> m.getName().equals(method.getName())).count() == 1) {
            return name;
        }
        return name + Arrays.stream(method.getParameterTypes())
                .filter(p -> p != Workspace.class)
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
