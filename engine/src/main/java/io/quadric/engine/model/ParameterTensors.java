package io.quadric.engine.model;

import io.quadric.engine.InputException;
import io.quadric.engine.array.NdArray;
import io.quadric.engine.table.Names;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.ParameterSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Parameters as named tensors, and back.
public final class ParameterTensors {
    private ParameterTensors() {}

    /// {@return a tensor for each array of parameters, by its name}
    ///
    /// @param parameters θ
    public static Map<String, NdArray> write(Parameters parameters) {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        for (ParameterSlice slice : parameters.layout().slices()) {
            tensors.put(slice.name(), NdArray.of(slice.of(parameters.values()), shape(slice)));
        }
        return tensors;
    }

    private static int[] shape(ParameterSlice slice) {
        return slice.spec().dimensions().stream().mapToInt(Integer::intValue).toArray();
    }

    /// {@return the parameters that tensors hold}
    ///
    /// @param layout names and shapes
    /// @param tensors by name, of any type
    /// @param precision of the parameters
    /// @throws InputException if a tensor is missing, has another shape or there is another one; the message lists them
    public static Parameters read(ParameterLayout layout, Map<String, NdArray> tensors, Precision precision) {
        List<String> names = layout.slices().stream().map(ParameterSlice::name).toList();
        List<String> missing = names.stream().filter(name -> !tensors.containsKey(name)).toList();
        List<String> others = tensors.keySet().stream().filter(name -> !names.contains(name)).toList();
        if (!missing.isEmpty() || !others.isEmpty()) {
            List<String> complaints = new ArrayList<>();
            if (!missing.isEmpty()) {
                complaints.add("missing: " + Names.list(missing));
            }
            if (!others.isEmpty()) {
                complaints.add("not of this network: " + Names.list(others));
            }
            throw new InputException("tensors do not fit the network; " + String.join("; ", complaints));
        }
        Vector values = Vector.zeros(precision, layout.size());
        for (ParameterSlice slice : layout.slices()) {
            NdArray tensor = tensors.get(slice.name());
            if (!Arrays.equals(tensor.shape(), shape(slice))) {
                throw new InputException("tensor '" + slice.name() + "' has the shape "
                        + Arrays.toString(tensor.shape()) + ", expected " + Arrays.toString(shape(slice)));
            }
            slice.of(values).copyFrom(tensor.toVector(precision));
        }
        return new Parameters(layout, values);
    }
}
