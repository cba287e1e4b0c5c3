/// Cases that batches are gathered from, wherever they lie.
///
/// [io.quadric.engine.cases.Cases] is what training and evaluation see; [io.quadric.engine.cases.Digest] tells the same
/// cases from others. Files of cases are in `io.quadric.engine.cases.shard`.
package io.quadric.engine.cases;
