/**
 * Where a model's file is: in the models folder or, fetched once, in a cache folder; and whether it is the one that the lock
 * names. In: both folders. Out: {@link io.sightline.inference.store.VerifiedModel}. Fetching starts the npm client, which
 * decides by its own configuration where packages come from; several processes may fetch into one cache at once.
 */
@NullMarked
package io.sightline.inference.store;

import org.jspecify.annotations.NullMarked;
