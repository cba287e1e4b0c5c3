package io.quadric.engine.html;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/// Headless Chromium, where it is installed; a test that needs it is skipped elsewhere and says so.
public final class Browser {
    private static final int SECONDS = 60;

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /// The browser, or the end of the test.
    public static Browser orSkip(Path folder) {
        Optional<Path> program = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .flatMap(place -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(place)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(program.isPresent(), "skipped: no Chromium on the PATH (Debian's package is chromium)");
        return new Browser(program.get(), folder);
    }

    /// What the page has become when its scripts have run.
    public String page(Path file) throws IOException, InterruptedException {
        Path out = folder.resolve("dom.html");
        Process process = new ProcessBuilder(
                program.toString(), "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,2000",
                "--user-data-dir=" + folder.resolve("browser"), "--virtual-time-budget=10000", "--dump-dom",
                file.toUri().toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(program + " did not end within " + SECONDS + " seconds");
        }
        return Files.readString(out);
    }
}
