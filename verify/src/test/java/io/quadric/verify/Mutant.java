package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.nn.Network;
import io.quadric.optim.Optimizer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A source of nn with one line changed.
///
/// @param file below `nn/src/main/java/io/quadric/nn`
/// @param line which line, from 0
/// @param text what is there instead
record Mutant(String file, int line, String text) {
    private static final Path SOURCES = Path.of("..", "nn", "src", "main", "java", "io", "quadric", "nn");

    /// What has become of a mutant.
    enum Fate {
        /// A law is broken.
        KILLED,
        /// An exception is thrown while a law is checked.
        THREW,
        /// The check does not end.
        ENDLESS,
        /// All laws hold.
        SURVIVED,
        /// It is no program.
        NOT_COMPILED
    }

    /// {@return the only place of a text, changed}
    static Mutant of(String file, String old, String changed) {
        List<String> lines = lines(file);
        List<Integer> places = Stream.iterate(0, i -> i + 1).limit(lines.size())
                .filter(i -> lines.get(i).contains(old)).toList();
        if (places.size() != 1) {
            throw new IllegalStateException("'" + old + "' is " + places.size() + " times in " + file);
        }
        return new Mutant(file, places.getFirst(), lines.get(places.getFirst()).replace(old, changed));
    }

    static List<String> lines(String file) {
        try {
            return Files.readAllLines(SOURCES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [#fate], with a limit to the processor time, which a stopped process does not use.
    Fate fateWithin(Duration limit, Path directory) {
        FutureTask<Fate> task = new FutureTask<>(() -> fate(directory));
        Duration start = processorTime();
        Thread.ofPlatform().daemon().start(task);
        while (processorTime().minus(start).compareTo(limit) < 0) {
            try {
                return task.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                // goes on
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return Fate.ENDLESS;
    }

    private static Duration processorTime() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    /// @param directory for its classes, empty
    Fate fate(Path directory) throws IOException {
        return fate(directory, file.replace(".java", ""));
    }

    /// @param directory for its classes, empty
    /// @param user the layer or loss that shows it first, as the file is named, without the suffix
    Fate fate(Path directory, String user) throws IOException {
        if (!compile(directory)) {
            return Fate.NOT_COMPILED;
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader = new OwnClasses(directory)) {
            Thread.currentThread().setContextClassLoader(loader); // where registries look for extensions
            Class<?> laws = loader.loadClass(MutantLaws.class.getName());
            BooleanSupplier hold = (BooleanSupplier) laws.getDeclaredConstructor(String.class)
                    .newInstance("io.quadric.nn." + user.replace('/', '.'));
            return hold.getAsBoolean() ? Fate.SURVIVED : Fate.KILLED;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException | LinkageError e) {
            return Fate.THREW;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private boolean compile(Path directory) {
        List<String> lines = new ArrayList<>(lines(file));
        lines.set(line, text);
        String source = String.join("\n", lines);
        URI name = URI.create("string:///io/quadric/nn/" + file);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String path = Stream.of(classes()).map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        List<String> options = List.of("-nowarn", "-proc:none", "-classpath", path, "-d", directory.toString());
        var object = new SimpleJavaFileObject(name, SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreErrors) {
                return source;
            }
        };
        return compiler.getTask(new StringWriter(), null, d -> {}, options, null, List.of(object)).call();
    }

    /// The classes of the library and of these tests.
    private static Path[] classes() {
        return Stream.of(Matrix.class, Network.class, Optimizer.class, Laws.class, MutantLaws.class)
                .map(type -> {
                    try {
                        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
                    } catch (URISyntaxException e) {
                        throw new IllegalStateException(e);
                    }
                }).toArray(Path[]::new);
    }

    /// Loads all classes of the library anew, those of the mutant in place of others.
    private static final class OwnClasses extends URLClassLoader {
        OwnClasses(Path directory) {
            super(Stream.concat(Stream.of(directory), Stream.of(classes())).map(OwnClasses::url).toArray(URL[]::new),
                    MutantLaws.class.getClassLoader());
        }

        private static URL url(Path path) {
            try {
                return path.toUri().toURL();
            } catch (MalformedURLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.quadric.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
