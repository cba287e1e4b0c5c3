package io.quadric.optim.recipe;

import io.quadric.nn.registry.Named;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// An optimizer that can be put around every other one. Setting one of the hyper-parameters that it adds does so.
///
/// @param name its name
/// @param summary what setting its hyper-parameters does, for help: "if …"
/// @param source where it comes from
/// @param around puts it around a method, with its defaults
public record Decoration(String name, String summary, String source, UnaryOperator<Optimizer> around)
        implements Named {
    /// {@return the hyper-parameters that it adds to a method}; none if the method has it already
    ///
    /// @param method the method
    public List<HyperParameter> added(Optimizer method) {
        List<String> own = HyperParameters.of(method).stream().map(HyperParameter::name).toList();
        List<HyperParameter> added = new ArrayList<>(HyperParameters.of(around.apply(method)));
        added.removeIf(parameter -> own.contains(parameter.name()));
        return added;
    }
}
