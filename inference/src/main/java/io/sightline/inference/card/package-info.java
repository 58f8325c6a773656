/**
 * What a model is: its card, and the lock that names every model. In: two kinds of YAML files in the models folder. Out:
 * records. A wrong file is one {@link io.sightline.inference.ModelException} that lists every mistake with its field.
 */
@NullMarked
package io.sightline.inference.card;

import org.jspecify.annotations.NullMarked;
