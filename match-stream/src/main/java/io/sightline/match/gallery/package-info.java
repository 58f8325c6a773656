/**
 * Persons and their templates. Redis keeps them ({@link io.sightline.match.gallery.GalleryStore}: every change in one transaction with
 * its entry on a stream of changes); every matcher searches a local, immutable {@link io.sightline.match.gallery.GallerySnapshot} that
 * {@link io.sightline.match.gallery.GalleryIndex} keeps in step in a thread of its own ({@code match-gallery}). A store call fails
 * with {@link io.sightline.match.gallery.GalleryException} when Redis is away or full; the index does not fail: it says what it waits
 * for, retries, and goes on serving its last snapshot.
 */
@NullMarked
package io.sightline.match.gallery;

import org.jspecify.annotations.NullMarked;
