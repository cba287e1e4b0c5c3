package io.quadric.spark.ml;

import io.quadric.nn.layer.Layer;
import java.util.List;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.util.Identifiable;

/// Layers as a parameter. They are stored as Java serialises them.
final class LayersParam extends Param<List<Layer>> {
    private static final long serialVersionUID = 1;

    LayersParam(Identifiable owner, String name, String doc) {
        super(owner, name, doc);
    }

    @Override
    public String jsonEncode(List<Layer> value) {
        return '"' + LayerText.of(value) + '"';
    }

    @Override
    public List<Layer> jsonDecode(String json) {
        return LayerText.layers(json.substring(1, json.length() - 1));
    }
}
