package io.sightline.contracts.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;

/**
 * A record of the topic {@code cameras}: how a camera is.
 *
 * @param state {@code connecting}, {@code streaming}, {@code reconnecting}, {@code ended} (a file's end) or {@code stopped}
 * @param cause why it is not streaming: {@code refused}, {@code unreachable}, {@code unauthorised}, {@code not_found},
 *     {@code not_video}, {@code silent}, {@code tls}, {@code end_of_stream}, {@code unreadable}, {@code failed}
 * @param detail the cause in a sentence that says what to do; without credentials
 * @param source the camera's address without credentials
 * @param captured frames captured in this epoch so far
 * @param reconnects since ingest started
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CameraState(
        String camera,
        String state,
        Optional<String> cause,
        Optional<String> detail,
        String source,
        long epoch,
        long captured,
        int reconnects,
        Optional<String> codec,
        int widthPx,
        int heightPx,
        Optional<String> timeSource,
        long atUs) {}
