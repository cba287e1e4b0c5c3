package io.quadric.verify;

/// A reason why a check of a subject proves less than it seems to.
///
/// @param subject the name of the subject
/// @param text the reason
public record Warning(String subject, String text) {}
