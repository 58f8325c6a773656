/**
 * In: a YAML file, {@code SIGHTLINE_*} variables and flags, each beating the one before. Out: typed values, or one
 * {@link io.sightline.runtime.settings.SettingsException} with every mistake, its place, what is allowed and the
 * nearest known name. Secrets are references ({@code env:NAME}, {@code file:PATH}) and never show. No threads; reads
 * the settings file and the secrets' files, nothing else.
 */
@NullMarked
package io.sightline.runtime.settings;

import org.jspecify.annotations.NullMarked;
