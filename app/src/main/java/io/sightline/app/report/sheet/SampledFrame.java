package io.sightline.app.report.sheet;

import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.identity.Identities;

/**
 * A frame worth showing.
 *
 * @param second since the camera's first captured frame
 */
public record SampledFrame(Identities identities, Jpeg picture, double second) {}
