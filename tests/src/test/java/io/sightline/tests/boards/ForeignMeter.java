package io.sightline.tests.boards;

import java.util.List;

/** Metrics that boards and rules may use beside the catalogue's: a closed list, each with the labels that it may be asked by. */
enum ForeignMeter implements Metric {
    UP("up", "job"),
    ALERTS("ALERTS", "alertname", "alertstate", "severity", "camera", "stage"),
    SCRAPE_SECONDS("scrape_duration_seconds", "job"),
    SCRAPE_SAMPLES("scrape_samples_scraped", "job"),

    KAFKA_LAG("kafka_consumer_fetch_manager_records_lag_max", "client_id", "topic", "partition"),
    KAFKA_CONSUMED("kafka_consumer_fetch_manager_records_consumed_total", "client_id", "topic"),
    KAFKA_REBALANCES("kafka_consumer_coordinator_rebalance_total", "client_id"),
    KAFKA_FAILED_REBALANCES("kafka_consumer_coordinator_failed_rebalance_total", "client_id"),
    KAFKA_SENT("kafka_producer_record_send_total", "client_id"),
    KAFKA_SEND_ERRORS("kafka_producer_record_error_total", "client_id"),
    KAFKA_SEND_RETRIES("kafka_producer_record_retry_total", "client_id"),
    KAFKA_REQUEST_LATENCY("kafka_producer_request_latency_avg", "client_id"),
    KAFKA_PROCESS_RATIO("kafka_stream_thread_process_ratio", "thread_id"),
    KAFKA_PROCESS_LATENCY("kafka_stream_thread_process_latency_avg", "thread_id"),
    KAFKA_COMMIT_LATENCY("kafka_stream_thread_commit_latency_avg", "thread_id"),

    JVM_MEMORY_USED("jvm_memory_used_bytes", "area", "id"),
    JVM_MEMORY_MAX("jvm_memory_max_bytes", "area", "id"),
    JVM_BUFFER_MEMORY("jvm_buffer_memory_used_bytes", "id"),
    JVM_GC_PAUSE_SUM("jvm_gc_pause_seconds_sum", "action", "cause", "gc"),
    JVM_GC_PAUSE_MAX("jvm_gc_pause_seconds_max", "action", "cause", "gc"),
    JVM_ALLOCATED("jvm_gc_memory_allocated_bytes_total"),
    JVM_THREADS("jvm_threads_live_threads"),
    JVM_THREAD_STATES("jvm_threads_states_threads", "state"),
    PROCESS_CPU("process_cpu_usage"),
    SYSTEM_CPU("system_cpu_usage"),
    SYSTEM_CPUS("system_cpu_count"),
    UPTIME("process_uptime_seconds");

    private final String prometheusName;

    @SuppressWarnings("ImmutableEnumChecker") // of List.of
    private final List<String> labels;

    ForeignMeter(String prometheusName, String... labels) {
        this.prometheusName = prometheusName;
        this.labels = List.of(labels);
    }

    @Override
    public String prometheusName() {
        return prometheusName;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    @Override
    public boolean isHistogram() {
        return false;
    }
}
