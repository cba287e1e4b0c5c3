package io.quadric.engine.cases.shard;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of shards: the part, the generation – that of the pack before is another one, so that its files stay until the
/// new manifest is there – and the number of the shard.
final class ShardNames {
    private static final Pattern NAME = Pattern.compile("[a-z]+-([0-9]{1,9})-[0-9]{5,9}\\.shard");

    private ShardNames() {}

    static String of(String part, int generation, int number) {
        return String.format(Locale.ROOT, "%s-%d-%05d.shard", part, generation, number);
    }

    static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    static int generation(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
