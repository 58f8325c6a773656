package io.sightline.detect;

import io.sightline.contracts.face.TrackId;

/** A detected face with the track it belongs to. */
record TrackedFace(TrackId track, Detection detection) {}
