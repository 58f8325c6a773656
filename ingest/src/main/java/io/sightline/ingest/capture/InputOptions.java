package io.sightline.ingest.capture;

import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * FFmpeg's options for each transport. Protocols are named one by one, so that a stream cannot make FFmpeg open files or
 * other servers by redirection or a play list.
 */
final class InputOptions {
    private InputOptions() {}

    /** A new dictionary; the caller frees it. */
    static AVDictionary of(OpenRequest request) {
        AVDictionary dictionary = new AVDictionary(null);
        byName(request).forEach((name, value) -> av_dict_set(dictionary, name, value, 0));
        return dictionary;
    }

    static Map<String, String> byName(OpenRequest request) {
        Map<String, String> options = new LinkedHashMap<>();
        // only a backstop, longer than the deadlines that the interrupt keeps: after a time-out of its own, FFmpeg
        // hands out what its
        // parser held and goes on reading, which would hide a silence
        long backstopMicros = request.openTimeout().plus(request.readTimeout()).toNanos() / 1000 * 2;
        switch (request.transport()) {
            case RTSP -> {
                options.put("protocol_whitelist", "rtsp,rtp,tcp,tls,udp,http,https");
                options.put("rtsp_transport", "tcp");
                options.put("allowed_media_types", "video");
                options.put("timeout", Long.toString(backstopMicros));
                options.put("max_delay", "100000");
                options.put("fflags", "nobuffer");
                options.put("probesize", "1000000");
                options.put("analyzeduration", "1000000");
            }
            case HTTP -> {
                options.put("protocol_whitelist", "http,https,tcp,tls,crypto,httpproxy");
                options.put("rw_timeout", Long.toString(backstopMicros));
                options.put("probesize", "1000000");
                options.put("analyzeduration", "1000000");
            }
            case FILE -> options.put("protocol_whitelist", "file");
        }
        request.tls().ifPresent(tls -> {
            options.put("tls_verify", tls.verify() == OpenRequest.Tls.Verify.YES ? "1" : "0");
            tls.caFile().ifPresent(file -> options.put("ca_file", file.toString()));
        });
        return options;
    }
}
