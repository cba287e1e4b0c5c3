package io.quadric.engine.cli.option;

import io.quadric.engine.data.DataSourceKind;
import io.quadric.engine.data.DataSources;
import io.quadric.engine.experiment.PublishedGrids;
import io.quadric.engine.json.Presets;
import io.quadric.nn.Registries;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.util.Iterator;
import java.util.List;

/// What may be given for an option, for its help: picocli makes an instance of the class that an option names.
public abstract sealed class RegisteredNames implements Iterable<String> {
    private final List<String> names;

    private RegisteredNames(List<String> names) {
        this.names = names;
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }

    public static final class Data extends RegisteredNames {
        Data() {
            super(DataSources.KINDS.all().stream().map(DataSourceKind::usage).toList());
        }
    }

    public static final class Models extends RegisteredNames {
        Models() {
            super(Presets.ALL.names());
        }
    }

    public static final class Initializations extends RegisteredNames {
        Initializations() {
            super(Registries.INITIALIZERS.names());
        }
    }

    public static final class Studies extends RegisteredNames {
        Studies() {
            super(PublishedGrids.studies());
        }
    }

    public static final class Methods extends RegisteredNames {
        Methods() {
            super(Optimizers.all().stream().map(Recipe::name).toList());
        }
    }
}
