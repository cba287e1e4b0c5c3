/// Folders of PNG and JPEG images with a subfolder for each class, read as cases of one size.
///
/// Start with [io.quadric.engine.image.ImageFolder].
package io.quadric.engine.image;
