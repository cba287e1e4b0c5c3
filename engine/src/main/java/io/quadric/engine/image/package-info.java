/// Folders of images by class.
package io.quadric.engine.image;
