/// From data to a trained model in a few lines.
///
/// ```java
/// Table table = Table.of(features).withTargets(prices);
/// TrainedModel model = Learner.defaults().fit(table);
/// model.save(Path.of("prices.quadric"));
/// ```
///
/// A [io.quadric.engine.learn.Learner] is a record of settings, all of which have defaults: network, method, when to
/// stop, and how the table is prepared and split. What a fit came to besides its model is a
/// [io.quadric.engine.learn.Fit].
package io.quadric.engine.learn;
