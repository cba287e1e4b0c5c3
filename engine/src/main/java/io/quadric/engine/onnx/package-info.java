/// Models as ONNX files, which other runtimes execute: network, preparation of the columns, and how outputs become
/// predictions.
///
/// [io.quadric.engine.onnx.OnnxFile] writes a file. A layer is expressed by
/// [io.quadric.engine.onnx.LayerExport], or refused by name.
package io.quadric.engine.onnx;
