package io.sightline.ingest.publish;

/**
 * A lane's account.
 *
 * @param captured numbers given
 * @param inFlight open frames sent and not settled
 * @param unpublished frames that the topic has not acknowledged
 */
public record LaneProgress(long epoch, long captured, int inFlight, long unpublished) {}
