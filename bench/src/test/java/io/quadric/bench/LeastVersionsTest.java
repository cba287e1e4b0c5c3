package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The libraries that engine needs at run time are listed in `config/least-versions.txt` with the least version that
/// may be used, and none is older.
class LeastVersionsTest {
    private static final Pattern LINE = Pattern.compile("^(?!#)([\\w.-]+:[\\w.-]+) (\\S+)$", Pattern.MULTILINE);
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);

    private static Map<String, Version> least() {
        Map<String, Version> least = new TreeMap<>();
        for (MatchResult line : LINE.matcher(
                Sources.read(Sources.ROOT.resolve("config/least-versions.txt"))).results().toList()) {
            least.put(line.group(1), Version.parse(line.group(2)));
        }
        return least;
    }

    @Test
    void everyDependencyIsListed() {
        String pom = Sources.read(Sources.ROOT.resolve("engine/pom.xml"));
        List<String> dependencies = DEPENDENCY.matcher(pom)
                .results()
                .filter(found -> !found.group(3).contains("<scope>test</scope>") && !found.group(1).startsWith("$")
                        && !found.group(1).equals("io.quadric"))
                .map(found -> found.group(1) + ":" + found.group(2))
                .toList();
        assertTrue(!dependencies.isEmpty() && least().keySet().containsAll(dependencies), dependencies::toString);
    }

    @Test
    void noneIsOlder() {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> Path.of(path).getFileName().toString())
                .toList();
        int found = 0;
        for (Map.Entry<String, Version> entry : least().entrySet()) {
            String artifact = entry.getKey().substring(entry.getKey().indexOf(':') + 1);
            Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
            for (MatchResult match : jars.stream().flatMap(name -> jar.matcher(name).results()).toList()) {
                Version version = Version.parse(match.group(1).replace(".Final", ""));
                assertTrue(version.compareTo(entry.getValue()) >= 0, match.group() + " is older than " + entry);
                found++;
            }
        }
        assertTrue(found >= 5, "only " + found + " of the listed libraries are on the class path");
    }
}
