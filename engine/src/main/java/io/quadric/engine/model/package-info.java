/// Trained models: prediction, and the file that keeps everything it needs.
///
/// ```java
/// TrainedModel model = TrainedModel.load(Path.of("houses.quadric"));
/// double price = model.predictNumber(Map.of("area", 80, "town", "Rome"));
/// ```
package io.quadric.engine.model;
