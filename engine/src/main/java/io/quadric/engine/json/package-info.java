/// Networks, losses and models as JSON, in the vocabulary of [io.quadric.engine.json.NetworkJson]. Whatever does not
/// fit is an [io.quadric.engine.InputException] that names the path within the document, such as `layers[3].units`.
package io.quadric.engine.json;
